#include "albatross/orchestrator/stack_file.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/simulate_plan.hpp"
#include "cli/error_report.hpp"
#include "cli/findings_text.hpp"
#include "cli/json_output.hpp"
#include "cli/plan_text.hpp"

#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

ExitCode report_failure(const App& app, const Failure& failure, const std::string& file) {
  ErrorReport report;
  report.failure = failure;
  report.exit_code = failure.access_denied ? ExitCode::access : ExitCode::failed;
  if (failure.findings.empty()) {
    app.err() << error_text(report) << std::flush;
  } else {
    app.err() << "albatross: a deploy would fail:\n"
              << findings_text(failure.findings, file, app.console().err.style) << std::flush;
  }
  if (app.wants_json()) app.out() << error_json("plan", failure, report.exit_code) << std::flush;
  return report.exit_code;
}

Task<ExitCode> plan_stack(App& app, AwsSession& aws, Stack stack, std::string file) {
  const Plan plan = co_await aws.deployer().plan(std::move(stack));
  if (plan.failure) co_return report_failure(app, *plan.failure, file);
  if (app.wants_json()) {
    app.out() << plan_json(plan) << std::flush;
    co_return ExitCode::done;
  }
  app.out() << plan_text(plan, app.console().out.style);
  if (plan.changes()) {
    app.out() << "To do it: " << app.command_line({"deploy", std::move(file)}) << "\n";
  }
  app.out() << std::flush;
  co_return ExitCode::done;
}

}  // namespace

ExitCode plan(App& app, const PlanOptions& options) {
  Stack stack = load_stack(options.file);
  if (options.simulate) return simulate_plan(app, options, std::move(stack));
  AwsSession aws(app, app.global().region.empty() ? stack.region : app.global().region, "plan");
  stack.region = aws.region();
  return app.run(plan_stack(app, aws, std::move(stack), options.file));
}

}  // namespace albatross::cli
