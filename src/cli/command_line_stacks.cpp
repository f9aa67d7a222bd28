// The commands that work on stacks, and their options.
#include "cli/command_line_parser.hpp"
#include "cli/one_of.hpp"

#include <map>

namespace albatross::cli {
namespace {

void add_no_drain(CLI::App& command, bool& no_drain) {
  command
      .add_flag("--no-drain", no_drain,
                "Do not wait for connections of instances that leave the load balancer")
      ->option_text(" ")
      ->envname("ALBATROSS_NO_DRAIN");
}

}  // namespace

void Parser::add_parallel(CLI::App& command, std::size_t& parallel) {
  command.add_option("--parallel", parallel, "Of several stacks, how many at a time (all)")
      ->check(CLI::Range(1, 10000).description(""))
      ->option_text("NUMBER")
      ->envname("ALBATROSS_PARALLEL");
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

void Parser::add_deploy() {
  auto* command = add_command("deploy", "Bring a stack to what its file says, or several at once",
                              "Examples:\n  albatross deploy examples/web.yaml\n"
                              "  albatross deploy a.yaml b.yaml c.yaml\n"
                              "  albatross deploy examples/web.yaml --output json\n"
                              "  albatross deploy examples/web.yaml --events - | jq .type");
  command->add_option("FILE", deploy_.files, "Stack file (YAML or JSON); may be repeated")
      ->required()
      ->option_text(" ");
  command
      ->add_option("--on-failure", deploy_.on_failure,
                   "What goes when it fails (default: as the file says)")
      ->check(one_of({"rollback-alb", "rollback-all", "keep"}))
      ->option_text("rollback-alb|rollback-all|keep")
      ->envname("ALBATROSS_ON_FAILURE");
  const std::map<std::string, InterruptPolicy> policies{
      {"keep", InterruptPolicy::keep},
      {"rollback-alb", InterruptPolicy::rollback_load_balancer},
      {"rollback-all", InterruptPolicy::rollback_all}};
  command
      ->add_option("--on-interrupt", deploy_.on_interrupt,
                   "What goes after Ctrl-C (default: a terminal is asked, else keep)")
      ->transform(one_of(policies))
      ->option_text("keep|rollback-alb|rollback-all")
      ->envname("ALBATROSS_ON_INTERRUPT");
  add_timeouts(*command, deploy_.timeouts);
  add_no_drain(*command, deploy_.no_drain);
  command
      ->add_flag("--no-probe", deploy_.no_probe,
                 "Be done when targets are healthy, without asking the load balancer")
      ->option_text(" ")
      ->envname("ALBATROSS_NO_PROBE");
  add_parallel(*command, deploy_.parallel);
  add_run_options(command, deploy_.run);
}

void Parser::add_status() {
  auto* command = add_command("status", "Show a stack's resources and targets as AWS has them now",
                              "Examples:\n  albatross status ai-stack\n"
                              "  albatross status ai-stack --watch");
  command->add_option("STACK", status_.stacks, "Name of the stack; may be repeated")
      ->required()
      ->option_text(" ");
  command->add_flag("--watch,-w", status_.watch, "Look again every few seconds, until Ctrl-C")
      ->option_text(" ")
      ->envname("ALBATROSS_WATCH");
  command->add_option("--interval", status_.interval, "Seconds from one look to the next (5)")
      ->check(CLI::Range(0.1, 3600.0).description(""))
      ->option_text("SECONDS")
      ->envname("ALBATROSS_INTERVAL");
}

void Parser::add_list() {
  auto* command =
      add_command("list", "List the stacks that are known here", "Example:\n  albatross list");
  command->add_flag("--names", list_.names, "Only the names, a line each")
      ->option_text(" ")
      ->envname("ALBATROSS_NAMES");
}

void Parser::add_doctor() {
  auto* command =
      add_command("doctor", "Check credentials, clock, endpoints, permissions, quotas, and a stack",
                  "With a stack file: whether it could be deployed now. With the name of a stack:\n"
                  "how it is, and why its targets are not healthy. Exit codes: 0 no problems,\n"
                  "1 problems, 5 credentials or permissions are among them.\n\n"
                  "Examples:\n  albatross doctor\n  albatross doctor examples/web.yaml\n"
                  "  albatross doctor web --output json");
  command->add_option("FILE|STACK", doctor_.what, "Stack file, or the name of a stack")
      ->option_text(" ");
}

void Parser::add_timeouts(CLI::App& command, TimeoutOptions& timeouts) {
  command.add_option("--timeout", timeouts.run, "How long all of it may take: 30m")
      ->option_text("DURATION")
      ->envname("ALBATROSS_TIMEOUT");
  command
      .add_option("--step-timeout", timeouts.steps,
                  "How long a step may take: health=10m; may be repeated")
      ->option_text("STEP=DURATION")
      ->envname("ALBATROSS_STEP_TIMEOUT")
      ->allow_extra_args(false);
}

void Parser::add_rollback() {
  auto* command = add_command(
      "rollback", "Remove a stack's load balancer and what belongs to it, or all of it",
      "The instances, the network and the storage stay, unless --all is given; the\n"
      "next deploy builds again what is missing.\n\n"
      "Examples:\n  albatross rollback ai-stack\n  albatross rollback ai-stack --all --yes");
  command->add_option("STACK", rollback_.stacks, "Name of the stack; may be repeated")
      ->required()
      ->option_text(" ");
  command->add_flag("--all", rollback_.all, "Everything that the stack created")
      ->option_text(" ")
      ->envname("ALBATROSS_ALL");
  command->add_flag("--yes,-y", rollback_.yes, "Do not ask")
      ->option_text(" ")
      ->envname("ALBATROSS_YES");
  add_timeouts(*command, rollback_.timeouts);
  add_parallel(*command, rollback_.parallel);
  add_run_options(command, rollback_.run);
}

void Parser::add_destroy() {
  auto* command = add_command("destroy", "Remove all that a stack's deployment created",
                              "Examples:\n  albatross destroy ai-stack\n"
                              "  albatross destroy web-1 web-2 --yes");
  command->add_option("STACK", destroy_.stacks, "Name of the stack; may be repeated")
      ->required()
      ->option_text(" ");
  command->add_flag("--yes,-y", destroy_.yes, "Do not ask")
      ->option_text(" ")
      ->envname("ALBATROSS_YES");
  add_timeouts(*command, destroy_.timeouts);
  add_no_drain(*command, destroy_.no_drain);
  add_parallel(*command, destroy_.parallel);
  add_run_options(command, destroy_.run);
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
      ->option_text("NUMBER")
      ->envname("ALBATROSS_RUN");
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
      ->option_text("FILE|-")
      ->envname("ALBATROSS_FILE");
}

}  // namespace albatross::cli
