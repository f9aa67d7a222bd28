#include "cli/completion.hpp"

#include "cli/command_line.hpp"
#include "cli/man_page.hpp"
#include "cli/text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <unistd.h>

namespace albatross::cli {
namespace {

/// What a shell command prints.
std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 512> buffer{};
  while (fgets(buffer.data(), buffer.size(), pipe) != nullptr)
    out += buffer.data();
  pclose(pipe);
  return out;
}

bool there_is(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

/// The script of one shell in a file, and the answers of bash to a line typed so far.
class Script {
 public:
  explicit Script(Shell shell) {
    char name[] = "/tmp/albatross-completion-XXXXXX";
    close(mkstemp(name));
    path_ = name;
    std::ofstream(path_) << completion_script(shell, command_help());
  }
  ~Script() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

  /// @param words all but the last are complete
  std::string bash_offers(const std::string& words) const {
    return output_of("bash -c 'source " + path_ + "; COMP_WORDS=(" + words +
                     "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _albatross; printf \"%s \" "
                     "\"${COMPREPLY[@]}\"'");
  }

 private:
  std::string path_;
};

TEST(CommandHelp, TellsOfEveryCommandAndOfEveryOptionsVariable) {
  const CommandHelp program = command_help();
  EXPECT_GE(program.commands.size(), 11u);
  std::vector<CommandHelp> all = program.commands;
  all.push_back(program);
  for (const CommandHelp& command : all) {
    EXPECT_FALSE(command.description.empty()) << command.name;
    for (const OptionHelp& option : command.options) {
      EXPECT_FALSE(option.description.empty()) << command.name << " " << option.names.front();
      if (option.names.front() == "--help" || option.names.front() == "--version") continue;
      EXPECT_EQ(option.variable.rfind("ALBATROSS_", 0), 0u)
          << command.name << " " << option.names.front() << " has no variable";
    }
  }
}

TEST(Completion, BashOffersCommandsOptionsAndValues) {
  const Script script(Shell::bash);
  EXPECT_EQ(script.bash_offers("albatross dep"), "deploy ");
  EXPECT_EQ(script.bash_offers("albatross deploy x --outp"), "--output ");
  EXPECT_EQ(script.bash_offers("albatross list --output j"), "json ");
  EXPECT_EQ(script.bash_offers("albatross --output json lis"), "list ");
  EXPECT_EQ(script.bash_offers("albatross sim --times \"\""), "fast realistic ");
  EXPECT_EQ(script.bash_offers("albatross destroy --y"), "--yes ");
  // A file, although something else may stand in its place.
  EXPECT_EQ(script.bash_offers("albatross deploy x --events /etc/hostna"), "/etc/hostname ");
  EXPECT_EQ(script.bash_offers("albatross doctor /etc/hostna"), "/etc/hostname ");
}

TEST(CommandHelp, TellsOfCommandsBelowCommandsAndOfOptionsInGroups) {
  const CommandHelp program = command_help();
  std::map<std::string, const CommandHelp*> found;
  for (const CommandPath& place : commands_below(program)) {
    EXPECT_FALSE(place.command->description.empty()) << place.words.back();
    found[join(place.words, " ")] = place.command;
  }
  ASSERT_TRUE(found.contains("sim ctl service"));
  std::string options;
  for (const OptionHelp& option : found["sim ctl service"]->options)
    options += option.names.front() + " ";
  EXPECT_EQ(options, "--help --port --stop --start --hang --status ");
}

TEST(Completion, BashOffersWhatStandsBelowACommand) {
  const Script script(Shell::bash);
  EXPECT_EQ(script.bash_offers("albatross sim \"\""), "ctl ");
  EXPECT_EQ(script.bash_offers("albatross sim ctl \"\""), "state faults time service reset ");
  EXPECT_EQ(script.bash_offers("albatross sim ctl service web --sto"), "--stop ");
  EXPECT_EQ(script.bash_offers("albatross sim ctl time --output j"), "json ");
  EXPECT_EQ(script.bash_offers("albatross deploy ctl --no-dr"), "--no-drain ");
}

TEST(Completion, BashOffersTheStacksThatAreKnown) {
  const Script script(Shell::bash);
  // The program completes by itself: here a function takes its place.
  const std::string offers = output_of(
      "bash -c 'source " + script.path() +
      "; albatross() { [[ $* == \"list --names\" ]] && printf \"shop\\nsite\\n\"; }; "
      "COMP_WORDS=(albatross status s); COMP_CWORD=2; _albatross; echo \"${COMPREPLY[*]}\"'");
  EXPECT_EQ(offers, "shop site\n");
}

TEST(Completion, ZshAndFishAcceptTheirScripts) {
  for (const auto& [shell, program] :
       {std::pair{Shell::zsh, "zsh"}, std::pair{Shell::fish, "fish"}}) {
    if (!there_is(program)) {
      std::printf("no %s here: its script is not checked\n", program);
      continue;
    }
    const Script script(shell);
    EXPECT_EQ(output_of(std::string(program) + " -n " + script.path() + " 2>&1"), "");
  }
}

TEST(Completion, FishOffersOptionsOfTheCommand) {
  if (!there_is("fish")) GTEST_SKIP() << "no fish here";
  const Script script(Shell::fish);
  const std::string offers =
      output_of("fish -c 'source " + script.path() + "; complete -C \"albatross sim --tim\"'");
  EXPECT_EQ(offers.rfind("--times", 0), 0u) << offers;
}

TEST(Completion, FishOffersWhatStandsBelowACommand) {
  if (!there_is("fish")) GTEST_SKIP() << "no fish here";
  const Script script(Shell::fish);
  const auto offers = [&](const std::string& line) {
    return output_of("fish -c 'source " + script.path() + "; complete -C \"" + line + "\"'");
  };
  EXPECT_EQ(offers("albatross sim ct").rfind("ctl", 0), 0u);
  EXPECT_EQ(offers("albatross sim ctl serv").rfind("service", 0), 0u);
  EXPECT_EQ(offers("albatross sim ctl service web --ha").rfind("--hang", 0), 0u);
  EXPECT_EQ(offers("albatross sim ctl state --tim"), "") << "an option of sim alone";
}

TEST(ManPages, NameEveryOptionAndPassTheFormatter) {
  const CommandHelp program = command_help();
  const std::string page = program_man_page(program);
  std::string pages = page;
  for (const CommandHelp& command : program.commands) {
    EXPECT_NE(page.find("\\fB" + command.name), std::string::npos) << command.name;
    const std::string own = command_man_page(program, command);
    for (const OptionHelp& option : command.options) {
      std::string name = option.names.front();
      for (std::size_t at = 0; (at = name.find('-', at)) != std::string::npos; at += 2)
        name.insert(at, "\\");
      EXPECT_NE(own.find(name), std::string::npos) << command.name << " " << name;
    }
    for (const CommandPath& below : commands_below(command)) {
      EXPECT_NE(own.find(" " + join(below.words, " ")), std::string::npos) << below.words.back();
    }
    pages += own;
  }
  if (!there_is("groff")) GTEST_SKIP() << "no groff here: the page is not formatted";
  const std::string path = testing::TempDir() + "albatross.1";
  std::ofstream(path) << pages;
  EXPECT_EQ(output_of("groff -man -Tutf8 -ww -z " + path + " 2>&1"), "");
}

}  // namespace
}  // namespace albatross::cli
