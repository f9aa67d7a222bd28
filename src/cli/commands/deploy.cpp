#include "albatross/orchestrator/stack_file.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/finish_run.hpp"
#include "cli/commands/interruption.hpp"
#include "cli/commands/removal.hpp"
#include "cli/run_display.hpp"

#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

/// A region on the command line is stronger than the file's, and that than the environment's.
std::string chosen_region(const App& app, const Stack& stack) {
  return app.global().region.empty() ? stack.region : app.global().region;
}

Task<ExitCode> deploy_stack(App& app, AwsSession& aws, Stack stack, DeployOptions options) {
  const std::string name = stack.name;
  const TimeoutsSpec timeouts = stack.timeouts;
  RunDisplay display(app, {"deploy", name, aws.region()}, options.run);
  albatross::RunOptions how;
  how.drain = !options.no_drain;
  if (!options.no_probe) how.visitors = aws.visitors();
  auto run = aws.deployer().deploy(std::move(stack), display.sink(), how);
  RunResult result = co_await std::move(run);
  ReportContext context = display.context();
  context.stack_file = options.file;
  context.deploy_command = app.command_line(deploy_words(options));
  context.rollback_command = app.command_line({"rollback", name});
  context.destroy_command = app.command_line({"destroy", name});
  display.finish();
  if (result.outcome == Outcome::interrupted) {
    auto aftermath = after_interruption(app, aws, options.on_interrupt, timeouts, result);
    co_await std::move(aftermath);
  }
  co_return finish_run(app, display, "deploy", result, context, deploy_report);
}

void apply_options(Stack& stack, const DeployOptions& options) {
  if (!options.on_failure.empty()) stack.on_failure = failure_policy(options.on_failure);
  apply_timeouts(stack.timeouts, options.timeouts);
}

}  // namespace

ExitCode deploy(App& app, const DeployOptions& options) {
  Stack stack = load_stack(options.file);
  apply_options(stack, options);
  AwsSession aws(app, chosen_region(app, stack), "deploy");
  stack.region = aws.region();
  app.set_resume_command(app.command_line(deploy_words(options)));
  return app.run(aws.while_connecting(deploy_stack(app, aws, std::move(stack), options)));
}

}  // namespace albatross::cli
