#include "albatross/orchestrator/stack_file.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/finish_run.hpp"
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
  RunDisplay display(app, {"deploy", name, aws.region()}, options.run);
  albatross::RunOptions how;
  how.drain = !options.no_drain;
  auto run = aws.deployer().deploy(std::move(stack), display.sink(), how);
  const RunResult result = co_await std::move(run);
  ReportContext context = display.context();
  context.deploy_command = app.command_line({"deploy", options.file});
  context.destroy_command = app.command_line({"destroy", name});
  display.finish();
  co_return finish_run(app, display, "deploy", result, context, deploy_report);
}

}  // namespace

ExitCode deploy(App& app, const DeployOptions& options) {
  Stack stack = load_stack(options.file);
  AwsSession aws(app, chosen_region(app, stack), "deploy");
  stack.region = aws.region();
  return app.run(aws.while_connecting(deploy_stack(app, aws, std::move(stack), options)));
}

}  // namespace albatross::cli
