#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace albatross::cli {

enum class OutputFormat : std::uint8_t { text, json };

/// Options that every command takes. Empty: not given.
struct GlobalOptions {
  std::string region;
  std::string profile;
  std::string endpoint_url;
  std::string ca_bundle;
  bool use_fips = false;
  bool use_dual_stack = false;
  /// "standard" or "adaptive".
  std::string retry_mode;
  /// 0: not given.
  int max_attempts = 0;
  std::string state_dir;
  OutputFormat output = OutputFormat::text;
  bool no_color = false;
  bool quiet = false;
  /// A folder that the command's session is recorded into.
  std::string record;
};

/// Of every command that is a run. Empty: not wanted.
struct RunOptions {
  /// Where the event stream goes as it happens; "-": standard output.
  std::string events;
  /// Gets the run as a Chrome trace at its end.
  std::string trace;
};

struct ValidateOptions {
  std::string file;
};

/// How long things may take. Empty: as the stack file or the default says.
struct TimeoutOptions {
  /// Of the whole run.
  std::string run;
  /// "health=10m".
  std::vector<std::string> steps;
};

/// What becomes of a deployment that was interrupted.
enum class InterruptPolicy : std::uint8_t {
  ask,  ///< on a terminal; elsewhere: keep
  keep,
  rollback_load_balancer,
  rollback_all,
};

struct DeployOptions {
  /// At least one; several are deployed together.
  std::vector<std::string> files;
  /// "rollback-alb", "rollback-all", "keep"; empty: as the file says.
  std::string on_failure;
  InterruptPolicy on_interrupt = InterruptPolicy::ask;
  TimeoutOptions timeouts;
  bool no_drain = false;
  /// Nobody asks the load balancer.
  bool no_probe = false;
  /// How many of several stacks are worked on at a time; 0: all.
  std::size_t parallel = 0;
  RunOptions run;
};

struct PlanOptions {
  std::string file;
  /// Deploy it to a simulated account as well, and show how that goes.
  bool simulate = false;
  /// What goes wrong there (JSON); empty: nothing.
  std::string faults_file;
};

struct DoctorOptions {
  /// A stack file or the name of a stack; empty: only the way to AWS.
  std::string what;
};

struct RollbackOptions {
  /// At least one.
  std::vector<std::string> stacks;
  bool all = false;
  bool yes = false;
  TimeoutOptions timeouts;
  /// As of a deploy.
  std::size_t parallel = 0;
  RunOptions run;
};

struct StatusOptions {
  /// At least one.
  std::vector<std::string> stacks;
  /// Look again and again.
  bool watch = false;
  /// Seconds from one look to the next.
  double interval = 5;
};

struct ListOptions {
  /// Only the names, a line each.
  bool names = false;
};

struct InitOptions {
  std::string file = "stack.yaml";
  /// See template_names(); empty: asked, else "web".
  std::string template_name;
  std::string name;
  std::string vpc;
  /// "web=80", "api=8080/healthz".
  std::vector<std::string> services;
  /// No schema file beside the stack file.
  bool no_schema = false;
  /// Write over what is there.
  bool force = false;
};

struct PolicyOptions {
  std::string file;
  /// "deploy" or "destroy".
  std::string purpose = "deploy";
};

struct SchemaOptions {};

struct CompletionOptions {
  /// "bash", "zsh" or "fish".
  std::string shell;
};

struct ManOptions {
  /// Empty: the program's own page.
  std::string command;
};

/// Any call of any service.
struct CallCommandOptions {
  std::string service;
  std::string action;
  /// "Name=value".
  std::vector<std::string> parameters;
};

struct DestroyOptions {
  /// At least one.
  std::vector<std::string> stacks;
  bool yes = false;
  TimeoutOptions timeouts;
  bool no_drain = false;
  /// As of a deploy.
  std::size_t parallel = 0;
  RunOptions run;
};

/// What happened in a past run.
struct EventsOptions {
  std::string stack;
  /// 0: the last.
  int run = 0;
};

struct HistoryOptions {
  /// Empty: of all stacks.
  std::string stack;
};

struct ReportOptions {
  std::string stack;
  /// 0: the last.
  int run = 0;
  /// "-": standard output; empty: named after stack and run.
  std::string file;
};

struct ReplayOptions {
  std::string directory;
  /// Order does not count, and of a call only what tells it from another.
  bool by_operation = false;
};

struct SimOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  /// Gets the URL once the simulator answers.
  std::string ready_file;
  /// "fast" or "realistic".
  std::string times = "realistic";
  double speed = 1;
  std::uint64_t seed = 1;
  /// What goes wrong and when (JSON); empty: nothing.
  std::string faults_file;
  /// Where calls are logged; empty: standard error.
  std::string log_file;
  /// An IAM policy document that says what the access key may do; empty: everything.
  std::string policy_file;
  /// "L-1216C47A=32".
  std::vector<std::string> quotas;
  /// Instances and load balancers answer on this machine.
  bool data_plane = true;
};

enum class SimControl : std::uint8_t { state, faults, time, service, reset };
enum class ServiceChange : std::uint8_t { start, stop, hang };

/// What to ask a running simulator for.
struct SimControlOptions {
  SimControl what = SimControl::state;
  // faults: a file replaces what is planned, or adds to it.
  std::string faults_file;
  bool add = false;
  bool clear = false;
  // time
  double advance_seconds = 0;
  std::optional<double> speed;
  // service
  std::string instance;
  std::uint16_t port = 0;  // 0: all
  ServiceChange service = ServiceChange::start;
  int status = 0;  // 0: 200
};

using Command =
    std::variant<ValidateOptions, PlanOptions, DeployOptions, StatusOptions, ListOptions,
                 RollbackOptions, DestroyOptions, EventsOptions, HistoryOptions, ReportOptions,
                 ReplayOptions, SimOptions, SimControlOptions, InitOptions, SchemaOptions,
                 CompletionOptions, ManOptions, CallCommandOptions, PolicyOptions, DoctorOptions>;

/// A command line, understood.
struct Invocation {
  /// argv[0], for commands that are suggested to the user.
  std::string program = "albatross";
  /// argv[1] and on, as they were given.
  std::vector<std::string> words;
  GlobalOptions global;
  Command command;
};

}  // namespace albatross::cli
