#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/json_output.hpp"
#include "cli/recording/session_recorder.hpp"
#include "cli/runs/event_lines.hpp"
#include "cli/runs/event_output.hpp"

#include <exception>
#include <optional>
#include <ostream>

namespace albatross::cli {
namespace {

struct Name {
  const char* operator()(const ValidateOptions&) const { return "validate"; }
  const char* operator()(const PlanOptions&) const { return "plan"; }
  const char* operator()(const DeployOptions&) const { return "deploy"; }
  const char* operator()(const StatusOptions&) const { return "status"; }
  const char* operator()(const ListOptions&) const { return "list"; }
  const char* operator()(const DoctorOptions&) const { return "doctor"; }
  const char* operator()(const RollbackOptions&) const { return "rollback"; }
  const char* operator()(const DestroyOptions&) const { return "destroy"; }
  const char* operator()(const EventsOptions&) const { return "events"; }
  const char* operator()(const HistoryOptions&) const { return "history"; }
  const char* operator()(const ReportOptions&) const { return "report"; }
  const char* operator()(const ReplayOptions&) const { return "replay"; }
  const char* operator()(const SimOptions&) const { return "sim"; }
  const char* operator()(const SimControlOptions&) const { return "sim ctl"; }
  const char* operator()(const InitOptions&) const { return "init"; }
  const char* operator()(const PolicyOptions&) const { return "policy"; }
  const char* operator()(const SchemaOptions&) const { return "schema"; }
  const char* operator()(const CompletionOptions&) const { return "completion"; }
  const char* operator()(const ManOptions&) const { return "man"; }
  const char* operator()(const CallCommandOptions&) const { return "call"; }
};

struct Run {
  App& app;
  ExitCode operator()(const ValidateOptions& options) const { return validate(app, options); }
  ExitCode operator()(const PlanOptions& options) const { return plan(app, options); }
  ExitCode operator()(const DeployOptions& options) const { return deploy(app, options); }
  ExitCode operator()(const StatusOptions& options) const { return status(app, options); }
  ExitCode operator()(const ListOptions& options) const { return list(app, options); }
  ExitCode operator()(const DoctorOptions& options) const { return doctor(app, options); }
  ExitCode operator()(const RollbackOptions& options) const { return rollback(app, options); }
  ExitCode operator()(const DestroyOptions& options) const { return destroy(app, options); }
  ExitCode operator()(const EventsOptions& options) const { return events(app, options); }
  ExitCode operator()(const HistoryOptions& options) const { return history(app, options); }
  ExitCode operator()(const ReportOptions& options) const { return cli::report(app, options); }
  ExitCode operator()(const ReplayOptions& options) const { return replay(app, options); }
  ExitCode operator()(const SimOptions& options) const { return sim(app, options); }
  ExitCode operator()(const SimControlOptions& options) const { return sim_control(app, options); }
  ExitCode operator()(const InitOptions& options) const { return init(app, options); }
  ExitCode operator()(const PolicyOptions& options) const { return policy(app, options); }
  ExitCode operator()(const SchemaOptions& options) const { return schema(app, options); }
  ExitCode operator()(const CompletionOptions& options) const { return completion(app, options); }
  ExitCode operator()(const ManOptions& options) const { return man(app, options); }
  ExitCode operator()(const CallCommandOptions& options) const { return call(app, options); }
};

/// Where the command's event stream goes, for those that are runs.
struct EventTarget {
  std::string operator()(const DeployOptions& options) const { return options.run.events; }
  std::string operator()(const RollbackOptions& options) const { return options.run.events; }
  std::string operator()(const DestroyOptions& options) const { return options.run.events; }
  template <typename Other>
  std::string operator()(const Other&) const {
    return {};
  }
};

ExitCode say_error(App& app, const std::exception_ptr& error) {
  const ErrorReport report = describe_error(error);
  if (app.event_output() != nullptr) {
    app.event_output()->write(
        ending_line(ending_of(report.failure, report.exit_code, Duration::zero()), ""));
  }
  app.err() << error_text(report) << std::flush;
  if (app.wants_json()) {
    const std::string command = std::visit(Name{}, app.invocation().command);
    app.out() << (report.problems.empty() ? error_json(command, report.failure, report.exit_code)
                                          : problems_json(command, report.problems))
              << std::flush;
  }
  return report.exit_code;
}

}  // namespace

ExitCode dispatch(App& app) {
  std::optional<EventOutput> events;
  std::optional<SessionRecorder> recorder;
  ExitCode code = ExitCode::failed;
  try {
    if (!app.global().record.empty()) {
      recorder.emplace(app, app.global().record);
      app.record_with(&*recorder);
    }
    events.emplace(std::visit(EventTarget{}, app.invocation().command), app.out());
    if (events->is_standard_output() && app.wants_json()) {
      throw UsageError(
          "--events - and --output json both want standard output: give --events FILE");
    }
    app.set_event_output(&*events);
    code = std::visit(Run{app}, app.invocation().command);
  } catch (...) {
    code = say_error(app, std::current_exception());
  }
  if (recorder) {
    recorder->finish(code);
    app.record_with(nullptr);
  }
  return code;
}

}  // namespace albatross::cli
