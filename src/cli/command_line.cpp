#include "cli/command_line.hpp"

#include "albatross/version.hpp"

#include "cli/exit_code.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <sstream>

namespace albatross::cli {
namespace {

constexpr const char* about =
    "Deploys a load-balanced EC2 workload from one file, and takes it down again.";

constexpr const char* examples = R"(Examples:
  albatross validate stack.yaml      find every mistake in a stack file; nothing is touched
  albatross plan stack.yaml          what a deploy would do; nothing is touched
  albatross deploy stack.yaml        bring AWS to what the file says
  albatross status my-stack          what AWS says of each resource and target now
  albatross rollback my-stack        remove the load balancer's part of it, keep the instances
  albatross destroy my-stack         remove what the deployment created, and nothing else
  albatross report my-stack          the last run as a page: timeline, waits, errors
  albatross sim                      a simulated AWS on this machine, for trying all of it

Every option can be given as a variable too: --state-dir is ALBATROSS_STATE_DIR.
Credentials, region and endpoint are found as the AWS CLI finds them (AWS_PROFILE, AWS_REGION, ...).

Exit codes: 0 done, 1 failed and nothing unknown is left, 2 wrong usage or stack file,
3 failed and something is left (it is listed), 4 interrupted (can be continued),
5 credentials or permissions, 6 another run works on the stack)";

/// One command line's parser and what it fills in.
class Parser {
 public:
  Parser();
  ParsedCommandLine parse(int argc, const char* const* argv);

 private:
  void add_global_options();
  void add_aws_options();
  void add_validate();
  void add_plan();
  void add_deploy();
  void add_status();
  void add_list();
  void add_rollback();
  void add_destroy();
  void add_events();
  void add_history();
  void add_report();
  void add_sim();
  static void add_run_options(CLI::App* command, RunOptions& options);
  static void add_run_number(CLI::App* command, int& run);
  CLI::App* add_command(const char* name, const char* description, const char* footer);
  static void add_timeouts(CLI::App& command, TimeoutOptions& timeouts);
  Command chosen() const;

  CLI::App app_{about, "albatross"};
  GlobalOptions global_;
  ValidateOptions validate_;
  PlanOptions plan_;
  DeployOptions deploy_;
  StatusOptions status_;
  RollbackOptions rollback_;
  DestroyOptions destroy_;
  EventsOptions events_;
  HistoryOptions history_;
  ReportOptions report_;
  SimOptions sim_;
};

Parser::Parser() {
  app_.footer(examples);
  app_.require_subcommand(1);
  app_.fallthrough();
  app_.set_version_flag("--version", "albatross " + std::string(version), "Print the version");
  app_.set_help_flag("-h,--help", "Print this help");
  app_.get_formatter()->column_width(28);
  app_.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app_.get_formatter()->label("Subcommands", "Commands");
  add_global_options();
  add_aws_options();
  add_validate();
  add_plan();
  add_deploy();
  add_status();
  add_list();
  add_rollback();
  add_destroy();
  add_events();
  add_history();
  add_report();
  add_sim();
}

void Parser::add_global_options() {
  const std::map<std::string, OutputFormat> formats{{"text", OutputFormat::text},
                                                    {"json", OutputFormat::json}};
  app_.add_option("--state-dir", global_.state_dir, "Where to remember what was deployed")
      ->option_text("DIR")
      ->envname("ALBATROSS_STATE_DIR");
  app_.add_option("--output", global_.output, "json: one document on standard output")
      ->transform(CLI::CheckedTransformer(formats).description(""))
      ->option_text("text|json")
      ->envname("ALBATROSS_OUTPUT");
  app_.add_flag("--no-color", global_.no_color, "No colors (also: NO_COLOR)")
      ->option_text(" ")
      ->envname("ALBATROSS_NO_COLOR");
  app_.add_flag("--quiet,-q", global_.quiet, "No progress, only the result")
      ->option_text(" ")
      ->envname("ALBATROSS_QUIET");
}

/// What is stronger than AWS's own variables and the profile.
void Parser::add_aws_options() {
  app_.add_option("--region", global_.region, "AWS region")
      ->option_text("NAME")
      ->envname("ALBATROSS_REGION");
  app_.add_option("--profile", global_.profile, "Profile of the AWS config and credentials files")
      ->option_text("NAME")
      ->envname("ALBATROSS_PROFILE");
  app_.add_option("--endpoint-url", global_.endpoint_url, "Send all calls there instead of to AWS")
      ->option_text("URL")
      ->envname("ALBATROSS_ENDPOINT_URL");
  app_.add_option("--ca-bundle", global_.ca_bundle, "Trust the authorities in this PEM file")
      ->option_text("FILE")
      ->envname("ALBATROSS_CA_BUNDLE");
  app_.add_flag("--use-fips-endpoint", global_.use_fips, "Call AWS's FIPS endpoints")
      ->option_text(" ")
      ->envname("ALBATROSS_USE_FIPS_ENDPOINT");
  app_.add_flag("--use-dualstack-endpoint", global_.use_dual_stack, "... those that have IPv6 too")
      ->option_text(" ")
      ->envname("ALBATROSS_USE_DUALSTACK_ENDPOINT");
  app_.add_option("--retry-mode", global_.retry_mode, "What to do when AWS throttles")
      ->check(CLI::IsMember({"standard", "adaptive"}).description(""))
      ->option_text("standard|adaptive")
      ->envname("ALBATROSS_RETRY_MODE");
  app_.add_option("--max-attempts", global_.max_attempts, "How often to try a call")
      ->check(CLI::Range(1, 100).description(""))
      ->option_text("NUMBER")
      ->envname("ALBATROSS_MAX_ATTEMPTS");
}

CLI::App* Parser::add_command(const char* name, const char* description, const char* footer) {
  CLI::App* command = app_.add_subcommand(name, description);
  command->footer(std::string(footer) +
                  "\n\nGlobal options (region, output, ...): albatross --help");
  return command;
}

void Parser::add_validate() {
  auto* command = add_command("validate", "Check a stack file and say what it would build",
                              "Example:\n  albatross validate examples/ai-stack.yaml");
  command->add_option("FILE", validate_.file, "Stack file (YAML or JSON)")
      ->required()
      ->option_text(" ");
}

void Parser::add_plan() {
  auto* command = add_command("plan", "Show what a deploy would do; nothing is changed",
                              "Examples:\n  albatross plan examples/web.yaml\n"
                              "  albatross plan examples/web.yaml --simulate\n"
                              "  albatross plan examples/web.yaml --output json");
  command->add_option("FILE", plan_.file, "Stack file (YAML or JSON)")
      ->required()
      ->option_text(" ");
  auto* simulate = command
                       ->add_flag("--simulate", plan_.simulate,
                                  "Deploy it in a simulation too: how long, waiting for what")
                       ->option_text(" ")
                       ->envname("ALBATROSS_SIMULATE");
  command
      ->add_option("--faults", plan_.faults_file,
                   "Let go wrong in the simulation what this JSON file says")
      ->option_text("FILE")
      ->needs(simulate)
      ->envname("ALBATROSS_PLAN_FAULTS");
}

void add_no_drain(CLI::App& command, bool& no_drain) {
  command
      .add_flag("--no-drain", no_drain,
                "Do not wait for connections of instances that leave the load balancer")
      ->option_text(" ")
      ->envname("ALBATROSS_NO_DRAIN");
}

void Parser::add_deploy() {
  auto* command = add_command("deploy", "Bring a stack to what its file says",
                              "Examples:\n  albatross deploy examples/web.yaml\n"
                              "  albatross deploy examples/web.yaml --output json\n"
                              "  albatross deploy examples/web.yaml --events - | jq .type");
  command->add_option("FILE", deploy_.file, "Stack file (YAML or JSON)")
      ->required()
      ->option_text(" ");
  command
      ->add_option("--on-failure", deploy_.on_failure,
                   "What goes when it fails (default: as the file says)")
      ->check(CLI::IsMember({"rollback-alb", "rollback-all", "keep"}).description(""))
      ->option_text("rollback-alb|rollback-all|keep")
      ->envname("ALBATROSS_ON_FAILURE");
  const std::map<std::string, InterruptPolicy> policies{
      {"keep", InterruptPolicy::keep},
      {"rollback-alb", InterruptPolicy::rollback_load_balancer},
      {"rollback-all", InterruptPolicy::rollback_all}};
  command
      ->add_option("--on-interrupt", deploy_.on_interrupt,
                   "What goes after Ctrl-C (default: a terminal is asked, else keep)")
      ->transform(CLI::CheckedTransformer(policies).description(""))
      ->option_text("keep|rollback-alb|rollback-all")
      ->envname("ALBATROSS_ON_INTERRUPT");
  add_timeouts(*command, deploy_.timeouts);
  add_no_drain(*command, deploy_.no_drain);
  add_run_options(command, deploy_.run);
  add_no_drain(*command, deploy_.no_drain);
}

void Parser::add_timeouts(CLI::App& command, TimeoutOptions& timeouts) {
  command.add_option("--timeout", timeouts.run, "How long all of it may take: 30m")
      ->option_text("DURATION")
      ->envname("ALBATROSS_TIMEOUT");
  command
      .add_option("--step-timeout", timeouts.steps,
                  "How long a step may take: health=10m; may be repeated")
      ->option_text("STEP=DURATION")
      ->allow_extra_args(false);
}

void Parser::add_rollback() {
  auto* command = add_command(
      "rollback", "Remove a stack's load balancer and what belongs to it, or all of it",
      "The instances, the network and the storage stay, unless --all is given; the next deploy\n"
      "builds again what is missing.\n\n"
      "Examples:\n  albatross rollback ai-stack\n  albatross rollback ai-stack --all --yes");
  command->add_option("STACK", rollback_.stack, "Name of the stack")->required()->option_text(" ");
  command->add_flag("--all", rollback_.all, "Everything that the stack created")->option_text(" ");
  command->add_flag("--yes,-y", rollback_.yes, "Do not ask")
      ->option_text(" ")
      ->envname("ALBATROSS_YES");
  add_timeouts(*command, rollback_.timeouts);
  add_run_options(command, rollback_.run);
}

void Parser::add_status() {
  auto* command = add_command("status", "Show a stack's resources and targets as AWS has them now",
                              "Examples:\n  albatross status ai-stack\n"
                              "  albatross status ai-stack --watch");
  command->add_option("STACK", status_.stack, "Name of the stack")->required()->option_text(" ");
  command->add_flag("--watch,-w", status_.watch, "Look again every few seconds, until Ctrl-C")
      ->option_text(" ")
      ->envname("ALBATROSS_WATCH");
  command->add_option("--interval", status_.interval, "Seconds from one look to the next (5)")
      ->check(CLI::Range(0.1, 3600.0).description(""))
      ->option_text("SECONDS")
      ->envname("ALBATROSS_INTERVAL");
}

void Parser::add_list() {
  add_command("list", "List the stacks that are known here", "Example:\n  albatross list");
}

void Parser::add_destroy() {
  auto* command = add_command("destroy", "Remove all that a stack's deployment created",
                              "Examples:\n  albatross destroy ai-stack\n"
                              "  albatross destroy ai-stack --yes");
  command->add_option("STACK", destroy_.stack, "Name of the stack")->required()->option_text(" ");
  command->add_flag("--yes,-y", destroy_.yes, "Do not ask")
      ->option_text(" ")
      ->envname("ALBATROSS_YES");
  add_timeouts(*command, destroy_.timeouts);
  add_no_drain(*command, destroy_.no_drain);
  add_run_options(command, destroy_.run);
  add_no_drain(*command, destroy_.no_drain);
}

void Parser::add_run_options(CLI::App* command, RunOptions& options) {
  command->add_option("--events", options.events, "Write the run's events there; -: to stdout")
      ->option_text("FILE|-")
      ->envname("ALBATROSS_EVENTS");
  command->add_option("--trace", options.trace, "Write a trace for Perfetto or Chrome at the end")
      ->option_text("FILE")
      ->envname("ALBATROSS_TRACE");
}

void Parser::add_run_number(CLI::App* command, int& run) {
  command->add_option("--run", run, "Which run (see history); the last when not given")
      ->check(CLI::Range(1, 999999).description(""))
      ->option_text("NUMBER");
}

void Parser::add_events() {
  auto* command = add_command("events", "Show what happened in a past run of a stack",
                              "Examples:\n  albatross events ai-stack\n"
                              "  albatross events ai-stack --run 3 --output json");
  command->add_option("STACK", events_.stack, "Name of the stack")->required()->option_text(" ");
  add_run_number(command, events_.run);
}

void Parser::add_history() {
  auto* command = add_command("history", "List past runs: when, what, how long, outcome, who",
                              "Examples:\n  albatross history\n  albatross history ai-stack");
  command->add_option("STACK", history_.stack, "Name of the stack; all when not given")
      ->option_text(" ");
}

void Parser::add_report() {
  auto* command = add_command("report", "Write a past run as an HTML page",
                              "Examples:\n  albatross report ai-stack\n"
                              "  albatross report ai-stack --run 3 -o run.html");
  command->add_option("STACK", report_.stack, "Name of the stack")->required()->option_text(" ");
  add_run_number(command, report_.run);
  command->add_option("--file,-o", report_.file, "Where to; STACK-run-N.html when not given")
      ->option_text("FILE|-");
}

void Parser::add_sim() {
  auto* command = add_command("sim", "Run a simulated AWS on this machine", "");
  command->footer(
      "Runs until Ctrl-C. Example:\n  albatross sim --port 4566 --times fast\n"
      "then, in another shell, the exports that it prints, and any AWS client.");
  command->add_option("--host", sim_.host, "Address to listen on")
      ->option_text("ADDRESS")
      ->envname("ALBATROSS_SIM_HOST");
  command->add_option("--port", sim_.port, "Port to listen on; 0 (default): any free one")
      ->option_text("PORT")
      ->envname("ALBATROSS_SIM_PORT");
  command
      ->add_option("--ready-file", sim_.ready_file, "Write the URL there once calls are answered")
      ->option_text("FILE")
      ->envname("ALBATROSS_SIM_READY_FILE");
  command
      ->add_option("--times,--profile", sim_.times,
                   "How long AWS takes: realistic (default), or fast (about 1/50 of it)")
      ->check(CLI::IsMember({"fast", "realistic"}).description(""))
      ->option_text("fast|realistic")
      ->envname("ALBATROSS_SIM_TIMES");
  command->add_option("--speed", sim_.speed, "Let its time pass so many times faster")
      ->check(CLI::Range(0.001, 100000.0).description(""))
      ->option_text("FACTOR")
      ->envname("ALBATROSS_SIM_SPEED");
  command->add_option("--seed", sim_.seed, "Same seed, same ids")
      ->option_text("NUMBER")
      ->envname("ALBATROSS_SIM_SEED");
  command->add_option("--faults", sim_.faults_file, "Let go wrong what this JSON file says")
      ->option_text("FILE")
      ->envname("ALBATROSS_SIM_FAULTS");
  command->add_option("--log", sim_.log_file, "Log calls there instead of to standard error")
      ->option_text("FILE")
      ->envname("ALBATROSS_SIM_LOG");
}

Command Parser::chosen() const {
  const std::string name = app_.get_subcommands().front()->get_name();
  if (name == "validate") return validate_;
  if (name == "plan") return plan_;
  if (name == "deploy") return deploy_;
  if (name == "status") return status_;
  if (name == "list") return ListOptions{};
  if (name == "rollback") return rollback_;
  if (name == "destroy") return destroy_;
  if (name == "events") return events_;
  if (name == "history") return history_;
  if (name == "report") return report_;
  return sim_;
}

ParsedCommandLine Parser::parse(int argc, const char* const* argv) {
  ParsedCommandLine parsed;
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    std::ostringstream out;
    std::ostringstream errors;
    const bool informs = app_.exit(stop, out, errors) == 0;
    parsed.text = out.str() + errors.str();
    parsed.exit_code = informs ? 0 : static_cast<int>(ExitCode::usage);
    return parsed;
  }
  parsed.invocation = Invocation{argv[0], global_, chosen()};
  return parsed;
}

}  // namespace

ParsedCommandLine parse_command_line(int argc, const char* const* argv) {
  Parser parser;
  return parser.parse(argc, argv);
}

}  // namespace albatross::cli
