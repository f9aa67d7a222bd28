#include "albatross/version.hpp"

#include "cli/command_line_parser.hpp"
#include "cli/environment.hpp"
#include "cli/exit_code.hpp"
#include "cli/text.hpp"

#include <memory>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

namespace albatross::cli {
namespace {

constexpr const char* about =
    "Deploys a load-balanced EC2 workload from one file, and takes it down again.";

constexpr const char* examples = R"(Examples:
  albatross init                     write a stack file to start from
  albatross validate stack.yaml      find every mistake in a stack file
  albatross plan stack.yaml          what a deploy would do; nothing is touched
  albatross deploy stack.yaml        bring AWS to what the file says
  albatross status my-stack          what AWS says of all of it now
  albatross doctor stack.yaml        check all that a deploy depends on
  albatross rollback my-stack        remove the load balancer, keep instances
  albatross destroy my-stack         remove what the deployments created
  albatross report my-stack          the last run as a page: timeline, errors
  albatross replay DIR               a run that was recorded with --record DIR
  albatross sim                      a simulated AWS, for trying all of it

Every option can be given as a variable too: --state-dir is ALBATROSS_STATE_DIR.
Credentials, region and endpoint are found as the AWS CLI finds them
(AWS_PROFILE, AWS_REGION, ...).

Exit codes: 0 done, 1 failed and nothing unknown is left, 2 wrong usage or stack
file, 3 failed and something is left (it is listed), 4 interrupted (can be
continued), 5 credentials or permissions, 6 another run works on the stack)";

/// Help for a terminal of 80 columns: descriptions are wrapped beside the names.
class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter() {
    column_width(28);
    label("SUBCOMMAND", "COMMAND");
    label("Subcommands", "Commands");
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    return wrapped(option->get_description());
  }
  std::string make_subcommand(const CLI::App* command) const override {
    std::ostringstream out;
    CLI::detail::format_help(out, command->get_display_name(true),
                             wrapped(command->get_description()), get_column_width());
    return out.str();
  }

 private:
  std::string wrapped(const std::string& text) const {
    return join(wrap(text, 80 - get_column_width()), "\n");
  }
};

std::string version_line() {
  return "albatross " + std::string(version);
}

}  // namespace

Parser::Parser() : app_(about, "albatross") {
  app_.footer(examples);
  app_.require_subcommand(1);
  app_.fallthrough();
  app_.set_version_flag("--version", version_line(), "Print the version");
  app_.set_help_flag("-h,--help", "Print this help");
  app_.formatter(std::make_shared<HelpFormatter>());
  add_global_options();
  add_aws_options();
  add_init();
  add_validate();
  add_plan();
  add_deploy();
  add_status();
  add_list();
  add_doctor();
  add_rollback();
  add_destroy();
  add_events();
  add_history();
  add_report();
  add_replay();
  add_sim();
  add_call();
  add_policy();
  add_schema();
  add_completion();
  add_man();
}

Command Parser::chosen() const {
  const std::string name = app_.get_subcommands().front()->get_name();
  if (name == "validate") return validate_;
  if (name == "plan") return plan_;
  if (name == "deploy") return deploy_;
  if (name == "status") return status_;
  if (name == "list") return list_;
  if (name == "doctor") return doctor_;
  if (name == "rollback") return rollback_;
  if (name == "destroy") return destroy_;
  if (name == "events") return events_;
  if (name == "history") return history_;
  if (name == "report") return report_;
  if (name == "replay") return replay_;
  if (name == "init") return init_;
  if (name == "call") return call_;
  if (name == "policy") return policy_;
  if (name == "schema") return SchemaOptions{};
  if (name == "completion") return completion_;
  if (name == "man") return man_;
  return sim_.chosen();
}

namespace {

/// A blank stands where CLI11 would otherwise invent a text.
std::string shown(const std::string& option_text) {
  return option_text == " " ? std::string() : option_text;
}

OptionHelp help_of(const CLI::Option& option) {
  OptionHelp help;
  for (const std::string& name : option.get_lnames())
    help.names.push_back("--" + name);
  for (const std::string& name : option.get_snames())
    help.names.push_back("-" + name);
  if (option.get_positional()) {
    help.names = {option.get_name(true) + (option.get_expected_max() > 1 ? "..." : "")};
  }
  if (option.get_expected_min() > 0) help.value = shown(option.get_option_text());
  help.description = option.get_description();
  help.variable = option.get_envname();
  return help;
}

CommandHelp help_of(const CLI::App& app) {
  CommandHelp help;
  help.name = app.get_name();
  help.description = app.get_description();
  help.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options())
    (option->get_positional() ? help.arguments : help.options).push_back(help_of(*option));
  for (const CLI::App* below : app.get_subcommands([](const CLI::App*) { return true; })) {
    CommandHelp more = help_of(*below);
    if (!more.name.empty()) {
      help.commands.push_back(std::move(more));
      continue;
    }
    // A group of options is an App without a name, and has a --help of its own.
    for (OptionHelp& option : more.options) {
      if (option.names != help.options.front().names) help.options.push_back(std::move(option));
    }
  }
  return help;
}

}  // namespace

namespace {

/// Why a command line without a command of ours cannot be done.
std::string missing_command(const std::vector<std::string>& unread) {
  for (const std::string& word : unread) {
    if (word.starts_with("-")) return "albatross: there is no option " + word;
  }
  if (unread.empty()) return "albatross: a command is missing";
  return "albatross: there is no command named " + unread.front();
}

/// Why a command's options cannot be done, and where to look.
std::string complaint_about(const CLI::ParseError& error, const CLI::App& app) {
  std::string text = error.what();
  constexpr std::string_view unreadable = "Could not convert: ";
  if (text.starts_with(unreadable)) text = text.substr(unreadable.size()) + " is out of its range";
  std::string command = "albatross";
  for (const CLI::App* chosen : app.get_subcommands())
    command += " " + chosen->get_name();
  return "albatross: " + text + "; `" + command + " --help` says what there is\n";
}

}  // namespace

CommandHelp Parser::help() const {
  return help_of(app_);
}

ParsedCommandLine Parser::parse(int argc, const char* const* argv) {
  ParsedCommandLine parsed;
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    std::ostringstream out;
    std::ostringstream errors;
    const bool informs = app_.exit(stop, out, errors) == 0;
    parsed.text = informs ? out.str() + errors.str() : complaint_about(stop, app_);
    if (stop.get_name() == "RequiredError" && app_.get_subcommands().empty()) {
      parsed.text = missing_command(app_.remaining()) + "; `albatross --help` lists the commands\n";
    }
    parsed.exit_code = informs ? 0 : static_cast<int>(ExitCode::usage);
    return parsed;
  }
  const std::vector<std::string> words(argv + 1, argv + argc);
  parsed.invocation = Invocation{argv[0], words, global_, chosen()};
  return parsed;
}

void Parser::ignore_variables() {
  const auto ignore = [](CLI::App& app) {
    for (CLI::Option* option : app.get_options())
      option->envname("");
  };
  ignore(app_);
  for (CLI::App* command : app_.get_subcommands([](CLI::App*) { return true; }))
    ignore(*command);
}

std::vector<std::string> Parser::options_beyond(const Parser& plain) const {
  std::vector<std::string> out;
  const CLI::App& command = *app_.get_subcommands().front();
  const CLI::App& other = *plain.app_.get_subcommands().front();
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_lnames().empty() || option->count() == 0) continue;
    const std::string name = "--" + option->get_lnames().front();
    if (other.get_option(name)->count() > 0) continue;
    const std::optional<std::string> value = system_environment()(option->get_envname());
    if (value) out.push_back(name + "=" + *value);
  }
  return out;
}

namespace {

ParsedCommandLine parse_with(Parser& parser, const std::vector<std::string>& words) {
  std::vector<const char*> argv{"albatross"};
  for (const std::string& word : words)
    argv.push_back(word.c_str());
  return parser.parse(static_cast<int>(argv.size()), argv.data());
}

}  // namespace

ParsedCommandLine parse_words(const std::vector<std::string>& words) {
  Parser parser;
  parser.ignore_variables();
  return parse_with(parser, words);
}

std::vector<std::string> words_with_variables(const std::vector<std::string>& words) {
  Parser parser;
  Parser plain;
  plain.ignore_variables();
  std::vector<std::string> out = words;
  if (!parse_with(parser, words).invocation || !parse_with(plain, words).invocation) return out;
  for (std::string& option : parser.options_beyond(plain))
    out.push_back(std::move(option));
  return out;
}

ParsedCommandLine parse_command_line(int argc, const char* const* argv) {
  // Scripts ask this often, and it needs no grammar.
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    return {std::nullopt, version_line() + "\n", 0};
  }
  Parser parser;
  return parser.parse(argc, argv);
}

CommandHelp command_help() {
  return Parser().help();
}

}  // namespace albatross::cli
