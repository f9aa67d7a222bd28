#include "cli/command_line.hpp"

#include "cli/environment.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <vector>

namespace albatross::cli {
namespace {

ParsedCommandLine parse(std::vector<const char*> words) {
  words.insert(words.begin(), "albatross");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

template <class Options>
Options chosen(const ParsedCommandLine& parsed) {
  if (!parsed.invocation) {
    ADD_FAILURE() << parsed.text;
    return {};
  }
  return std::get<Options>(parsed.invocation->command);
}

/// Sets a variable for one test.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~ScopedVariable() { unsetenv(name_); }

 private:
  const char* name_;
};

TEST(CommandLine, GlobalOptionsMayStandBeforeAndAfterTheCommand) {
  const auto parsed =
      parse({"--region", "eu-west-1", "deploy", "web.yaml", "--output", "json", "-q"});
  EXPECT_EQ(chosen<DeployOptions>(parsed).files, std::vector<std::string>{"web.yaml"});
  EXPECT_EQ(parsed.invocation->global.region, "eu-west-1");
  EXPECT_EQ(parsed.invocation->global.output, OutputFormat::json);
  EXPECT_TRUE(parsed.invocation->global.quiet);
}

TEST(CommandLine, WhatCannotBeReadIsToldInWordsForPeople) {
  const std::vector<std::pair<std::vector<const char*>, std::string>> cases{
      {{"list", "--output", "xml"},
       "albatross: --output: one of json, text is expected, not xml; `albatross list --help` says "
       "what there is\n"},
      {{"deploy", "a.yaml", "--on-interrupt", "1"},
       "albatross: --on-interrupt: one of keep, rollback-alb, rollback-all is expected, not 1; "
       "`albatross deploy --help` says what there is\n"},
      {{"sim", "--port", "99999"},
       "albatross: --port = 99999 is out of its range; `albatross sim --help` says what there "
       "is\n"},
      {{"status"}, "albatross: STACK is required; `albatross status --help` says what there is\n"},
      {{"bogus"},
       "albatross: there is no command named bogus; `albatross --help` lists the commands\n"},
  };
  for (const auto& [words, said] : cases) {
    const auto parsed = parse(words);
    EXPECT_FALSE(parsed.invocation.has_value()) << said;
    EXPECT_EQ(parsed.exit_code, 2);
    EXPECT_EQ(parsed.text, said);
  }
}

TEST(CommandLine, SeveralStacksMayBeNamed) {
  const auto deploy =
      chosen<DeployOptions>(parse({"deploy", "a.yaml", "b.yaml", "--parallel", "2", "c.yaml"}));
  EXPECT_EQ(deploy.files, (std::vector<std::string>{"a.yaml", "b.yaml", "c.yaml"}));
  EXPECT_EQ(deploy.parallel, 2U);
  EXPECT_EQ(chosen<DeployOptions>(parse({"deploy", "a.yaml"})).parallel, 0U);
  const std::vector<std::string> both{"a", "b"};
  EXPECT_EQ(chosen<DestroyOptions>(parse({"destroy", "a", "b", "-y"})).stacks, both);
  EXPECT_EQ(chosen<RollbackOptions>(parse({"rollback", "a", "b", "--all"})).stacks, both);
  EXPECT_EQ(chosen<StatusOptions>(parse({"status", "a", "b"})).stacks, both);
}

TEST(CommandLine, RunsMayBeFollowedTracedAndLookedAtLater) {
  const auto deploy =
      chosen<DeployOptions>(parse({"deploy", "web.yaml", "--events", "-", "--trace", "t.json"}));
  EXPECT_EQ(deploy.run.events, "-");
  EXPECT_EQ(deploy.run.trace, "t.json");
  EXPECT_EQ(chosen<DestroyOptions>(parse({"destroy", "web", "--events", "e"})).run.events, "e");
  EXPECT_EQ(chosen<EventsOptions>(parse({"events", "web", "--run", "3"})).run, 3);
  EXPECT_EQ(chosen<HistoryOptions>(parse({"history"})).stack, "");
  const auto report = chosen<ReportOptions>(parse({"report", "web", "-o", "-"}));
  EXPECT_EQ(report.file, "-");
  EXPECT_EQ(report.run, 0);
  EXPECT_TRUE(chosen<StatusOptions>(parse({"status", "web", "--watch"})).watch);
}

TEST(CommandLine, WrongUsageIsExitCode2WithAMessage) {
  const std::vector<std::vector<const char*>> wrong{{},
                                                    {"fly"},
                                                    {"deploy"},
                                                    {"deploy", "a", "--parallel", "0"},
                                                    {"list", "--output", "xml"},
                                                    {"list", "--retry-mode", "legacy"},
                                                    {"list", "--max-attempts", "0"},
                                                    {"sim", "--port", "70000"},
                                                    {"sim", "--times", "slow"},
                                                    {"events", "web", "--run", "0"},
                                                    {"status", "web", "--interval", "0"},
                                                    {"sim", "ctl"},
                                                    {"sim", "ctl", "service", "i-1"},
                                                    {"sim", "ctl", "service", "--stop"},
                                                    {"sim", "ctl", "faults", "--add"},
                                                    {"sim", "ctl", "time", "--advance", "soon"},
                                                    {"list", "--regionn", "x"}};
  for (const auto& words : wrong) {
    const auto parsed = parse(words);
    EXPECT_FALSE(parsed.invocation);
    EXPECT_EQ(parsed.exit_code, 2);
    EXPECT_FALSE(parsed.text.empty());
  }
}

TEST(CommandLine, HelpAndVersionArePrintedWithExitCode0) {
  EXPECT_EQ(parse({"--version"}).text.substr(0, 10), "albatross ");
  EXPECT_EQ(parse({"--version"}).exit_code, 0);
  // Asked for alone it is answered without the grammar, by the same line.
  EXPECT_EQ(parse({"--version"}).text, parse({"-q", "--version"}).text);
  EXPECT_FALSE(parse({"--version"}).invocation);
  const auto help = parse({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* word : {"validate", "deploy", "status", "list", "destroy", "sim", "--state-dir",
                           "Exit codes", "albatross deploy stack.yaml"}) {
    EXPECT_NE(help.text.find(word), std::string::npos) << word;
  }
  EXPECT_NE(parse({"destroy", "--help"}).text.find("--yes"), std::string::npos);
}

TEST(CommandLine, HelpFitsATerminalOf80Columns) {
  std::vector<std::vector<const char*>> pages{{"--help"}, {"sim", "ctl", "--help"}};
  const CommandHelp program = command_help();
  for (const CommandHelp& command : program.commands)
    pages.push_back({command.name.c_str(), "--help"});
  for (const char* command : {"state", "faults", "time", "service", "reset"})
    pages.push_back({"sim", "ctl", command, "--help"});
  for (const auto& words : pages) {
    const auto help = parse(words);
    EXPECT_EQ(help.exit_code, 0);
    std::istringstream lines(help.text);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(line.size(), 80u) << line;
  }
}

TEST(CommandLine, ACommandThatDoesNotExistIsNamed) {
  EXPECT_EQ(parse({"depoly"}).text,
            "albatross: there is no command named depoly; `albatross --help` lists the commands\n");
  EXPECT_NE(parse({"--regoin", "x"}).text.find("no option --regoin"), std::string::npos);
  EXPECT_NE(parse({}).text.find("a command is missing"), std::string::npos);
}

TEST(CommandLine, EveryOptionCanBeAVariableAndTheFlagIsStronger) {
  const ScopedVariable region("ALBATROSS_REGION", "eu-central-1");
  const ScopedVariable output("ALBATROSS_OUTPUT", "json");
  const ScopedVariable yes("ALBATROSS_YES", "1");
  const auto parsed = parse({"destroy", "web"});
  EXPECT_TRUE(chosen<DestroyOptions>(parsed).yes);
  EXPECT_EQ(parsed.invocation->global.region, "eu-central-1");
  EXPECT_EQ(parsed.invocation->global.output, OutputFormat::json);
  EXPECT_EQ(parse({"list", "--region", "us-west-2"}).invocation->global.region, "us-west-2");
}

TEST(CommandLine, HowToReachAwsCanBeSaid) {
  const auto parsed =
      parse({"list", "--ca-bundle", "roots.pem", "--use-fips-endpoint", "--use-dualstack-endpoint",
             "--retry-mode", "adaptive", "--max-attempts", "7"});
  ASSERT_TRUE(parsed.invocation) << parsed.text;
  const GlobalOptions& options = parsed.invocation->global;
  EXPECT_EQ(options.ca_bundle, "roots.pem");
  EXPECT_TRUE(options.use_fips);
  EXPECT_TRUE(options.use_dual_stack);
  EXPECT_EQ(options.retry_mode, "adaptive");
  EXPECT_EQ(options.max_attempts, 7);
  EXPECT_EQ(parse({"list"}).invocation->global.max_attempts, 0);
}

TEST(CommandLine, TheSimulatorTakesItsOwnOptions) {
  const auto parsed = parse({"sim", "--port", "4566", "--times", "fast", "--speed", "2.5", "--seed",
                             "7", "--ready-file", "url", "--log", "calls", "--faults", "f.json"});
  const auto options = chosen<SimOptions>(parsed);
  EXPECT_EQ(options.port, 4566);
  EXPECT_EQ(options.times, "fast");
  EXPECT_EQ(options.speed, 2.5);
  EXPECT_EQ(options.seed, 7U);
  EXPECT_EQ(options.ready_file, "url");
  EXPECT_EQ(options.log_file, "calls");
  EXPECT_EQ(options.faults_file, "f.json");
  EXPECT_EQ(chosen<SimOptions>(parse({"sim", "--profile", "fast"})).times, "fast");
  EXPECT_EQ(chosen<SimOptions>(parse({"sim"})).host, "127.0.0.1");
}

Environment variables(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(Environment, StateIsKeptWhereTheUserOrTheSystemSays) {
  const auto all = variables({{"XDG_STATE_HOME", "/xdg"}, {"HOME", "/home/me"}});
  EXPECT_EQ(state_directory("/given", all), "/given");
  EXPECT_EQ(state_directory("", all), "/xdg/albatross");
  EXPECT_EQ(state_directory("", variables({{"HOME", "/home/me"}})),
            "/home/me/.local/state/albatross");
  EXPECT_THROW(state_directory("", variables({})), std::runtime_error);
}

TEST(Environment, TheLocaleDecidesAboutUnicode) {
  EXPECT_TRUE(is_utf8_locale(variables({{"LANG", "de_DE.UTF-8"}})));
  EXPECT_TRUE(is_utf8_locale(variables({{"LC_ALL", "C.utf8"}, {"LANG", "C"}})));
  EXPECT_FALSE(is_utf8_locale(variables({{"LC_ALL", "C"}, {"LANG", "de_DE.UTF-8"}})));
  EXPECT_FALSE(is_utf8_locale(variables({})));
}

TEST(CommandLine, SimServesOnThisMachineUnlessToldNotTo) {
  EXPECT_TRUE(chosen<SimOptions>(parse({"sim"})).data_plane);
  EXPECT_FALSE(chosen<SimOptions>(parse({"sim", "--no-data-plane"})).data_plane);
  const ScopedVariable variable("ALBATROSS_SIM_NO_DATA_PLANE", "true");
  EXPECT_FALSE(chosen<SimOptions>(parse({"sim"})).data_plane);
}

TEST(CommandLine, SimControlKnowsWhatItIsAskedFor) {
  const auto state = parse({"sim", "ctl", "state", "--endpoint-url", "http://127.0.0.1:1"});
  EXPECT_EQ(chosen<SimControlOptions>(state).what, SimControl::state);
  EXPECT_EQ(state.invocation->global.endpoint_url, "http://127.0.0.1:1");
  const auto service = chosen<SimControlOptions>(
      parse({"sim", "ctl", "service", "web.0", "--port", "80", "--hang"}));
  EXPECT_EQ(service.what, SimControl::service);
  EXPECT_EQ(service.instance, "web.0");
  EXPECT_EQ(service.port, 80);
  EXPECT_EQ(service.service, ServiceChange::hang);
  EXPECT_EQ(
      chosen<SimControlOptions>(parse({"sim", "ctl", "service", "i-1", "--status", "503"})).status,
      503);
  const auto time =
      chosen<SimControlOptions>(parse({"sim", "ctl", "time", "--advance", "10m", "--speed", "0"}));
  EXPECT_EQ(time.advance_seconds, 600);
  EXPECT_EQ(time.speed, 0);
  EXPECT_EQ(
      chosen<SimControlOptions>(parse({"sim", "ctl", "time", "--advance", "90"})).advance_seconds,
      90);
  EXPECT_EQ(chosen<SimControlOptions>(parse({"sim", "ctl", "faults", "f.json"})).faults_file,
            "f.json");
}

}  // namespace
}  // namespace albatross::cli
