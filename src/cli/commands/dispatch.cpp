#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/json_output.hpp"

#include <exception>
#include <ostream>

namespace albatross::cli {
namespace {

struct Name {
  const char* operator()(const ValidateOptions&) const { return "validate"; }
  const char* operator()(const DeployOptions&) const { return "deploy"; }
  const char* operator()(const StatusOptions&) const { return "status"; }
  const char* operator()(const ListOptions&) const { return "list"; }
  const char* operator()(const DestroyOptions&) const { return "destroy"; }
  const char* operator()(const SimOptions&) const { return "sim"; }
};

struct Run {
  App& app;
  ExitCode operator()(const ValidateOptions& options) const { return validate(app, options); }
  ExitCode operator()(const DeployOptions& options) const { return deploy(app, options); }
  ExitCode operator()(const StatusOptions& options) const { return status(app, options); }
  ExitCode operator()(const ListOptions& options) const { return list(app, options); }
  ExitCode operator()(const DestroyOptions& options) const { return destroy(app, options); }
  ExitCode operator()(const SimOptions& options) const { return sim(app, options); }
};

ExitCode report(App& app, const std::exception_ptr& error) {
  const ErrorReport report = describe_error(error);
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
  try {
    return std::visit(Run{app}, app.invocation().command);
  } catch (...) {
    return report(app, std::current_exception());
  }
}

}  // namespace albatross::cli
