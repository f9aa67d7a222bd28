#include "cli/command_line_sim.hpp"

#include "cli/one_of.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <string>

namespace albatross::cli {
namespace {

void add_options(CLI::App& command, SimCommandLine& into) {
  command.add_option("--host", into.run.host, "Address to listen on")
      ->option_text("ADDRESS")
      ->envname("ALBATROSS_SIM_HOST");
  command.add_option("--port", into.run.port, "Port to listen on; 0 (default): any free one")
      ->option_text("PORT")
      ->envname("ALBATROSS_SIM_PORT");
  command
      .add_option("--ready-file", into.run.ready_file,
                  "Write the URL there once calls are answered")
      ->option_text("FILE")
      ->envname("ALBATROSS_SIM_READY_FILE");
  command
      .add_option("--times,--profile", into.run.times,
                  "How long AWS takes: realistic (default), or fast (about 1/50 of it)")
      ->check(one_of({"fast", "realistic"}))
      ->option_text("fast|realistic")
      ->envname("ALBATROSS_SIM_TIMES");
  command.add_option("--speed", into.run.speed, "Let its time pass so many times faster")
      ->check(CLI::Range(0.001, 100000.0).description(""))
      ->option_text("FACTOR")
      ->envname("ALBATROSS_SIM_SPEED");
  command.add_option("--seed", into.run.seed, "Same seed, same ids")
      ->option_text("NUMBER")
      ->envname("ALBATROSS_SIM_SEED");
  command.add_option("--faults", into.run.faults_file, "Let go wrong what this JSON file says")
      ->option_text("FILE")
      ->envname("ALBATROSS_SIM_FAULTS");
  command.add_option("--log", into.run.log_file, "Log calls there instead of to standard error")
      ->option_text("FILE")
      ->envname("ALBATROSS_SIM_LOG");
  command
      .add_option("--policy", into.run.policy_file,
                  "Let the access key do only what this IAM policy document allows")
      ->option_text("FILE")
      ->envname("ALBATROSS_SIM_POLICY");
  command
      .add_option("--quota", into.run.quotas,
                  "A quota that differs from AWS's default, by its code; can be repeated")
      ->option_text("CODE=NUMBER")
      ->delimiter(',')
      ->envname("ALBATROSS_SIM_QUOTA");
  command
      .add_flag("--no-data-plane", into.no_data_plane,
                "Instances and load balancers do not answer on this machine")
      ->option_text(" ")
      ->envname("ALBATROSS_SIM_NO_DATA_PLANE");
}

void add_faults_control(CLI::App& control, SimControlOptions& into) {
  auto* file = control.add_option("FILE", into.faults_file,
                                  "Fault file that replaces what was planned; -: standard input");
  file->option_text(" ");
  control.add_flag("--add", into.add, "Add to what was planned instead")
      ->needs(file)
      ->option_text(" ");
  control.add_flag("--clear", into.clear, "Nothing goes wrong any more")
      ->excludes(file)
      ->option_text(" ");
}

void add_time_control(CLI::App& control, SimControlOptions& into) {
  const std::map<std::string, double> units{{"s", 1}, {"m", 60}, {"h", 3600}};
  control.add_option("--advance", into.advance_seconds, "Move it on: 90s, 10m, 2h")
      ->transform(CLI::AsNumberWithUnit(units).description(""))
      ->option_text("DURATION");
  control.add_option("--speed", into.speed, "From now on so many times faster; 0: it stands")
      ->check(CLI::Range(0.0, 100000.0).description(""))
      ->option_text("FACTOR");
}

void add_service_control(CLI::App& control, SimControlOptions& into) {
  control.add_option("INSTANCE", into.instance, "Its id or Name")->required()->option_text(" ");
  control.add_option("--port", into.port, "One port; left out: all")->option_text("PORT");
  auto* how = control.add_option_group("how");
  how->require_option(1);
  how->add_flag_callback(
      "--stop", [&into] { into.service = ServiceChange::stop; }, "Connections are refused");
  how->add_flag_callback(
      "--start", [&into] { into.service = ServiceChange::start; }, "It answers 200");
  how->add_flag_callback(
      "--hang", [&into] { into.service = ServiceChange::hang; },
      "It takes connections and does not answer");
  how->add_option("--status", into.status, "It answers with that status")
      ->check(CLI::Range(200, 599).description(""))
      ->option_text("CODE");
}

void add_control(CLI::App& sim, SimCommandLine& into) {
  auto* control = sim.add_subcommand("ctl", "Look at a running simulator, and change it");
  control->footer(
      "It is the one at --endpoint-url or AWS_ENDPOINT_URL. Examples:\n"
      "  albatross sim ctl state\n"
      "  albatross sim ctl service web.0 --port 8080 --stop\n"
      "  albatross sim ctl faults throttled.json\n"
      "  albatross sim ctl time --advance 10m --speed 20");
  control->require_subcommand(1);
  control->callback([&into] { into.controls = true; });
  const auto add = [&](const char* name, const char* about_it, SimControl what) {
    auto* added = control->add_subcommand(name, about_it);
    added->callback([&into, what] { into.control.what = what; });
    return added;
  };
  add("state", "What exists, how targets are, and where things answer", SimControl::state);
  add_faults_control(*add("faults", "What goes wrong, and how often it did", SimControl::faults),
                     into.control);
  add_time_control(*add("time", "Let time pass, or faster", SimControl::time), into.control);
  add_service_control(*add("service", "Stop or start what an instance runs", SimControl::service),
                      into.control);
  add("reset", "A fresh account", SimControl::reset);
}

}  // namespace

void add_sim_command(CLI::App& command, SimCommandLine& into) {
  command.footer(
      "Runs until Ctrl-C. Example:\n  albatross sim --port 4566 --times fast\n"
      "then, in another shell, the exports that it prints, and any AWS client.\n\n"
      "albatross sim ctl --help: look at a running one, and let things go wrong.");
  add_options(command, into);
  add_control(command, into);
}

Command SimCommandLine::chosen() const {
  if (controls) return control;
  SimOptions options = run;
  options.data_plane = !no_data_plane;
  return options;
}

}  // namespace albatross::cli
