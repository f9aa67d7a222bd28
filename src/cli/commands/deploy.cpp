#include "albatross/orchestrator/stack_file.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/deploy_options.hpp"
#include "cli/commands/finish_run.hpp"
#include "cli/commands/interruption.hpp"
#include "cli/commands/several.hpp"
#include "cli/run_display.hpp"

#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

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
  context.stack_file = options.files.front();
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

}  // namespace

ExitCode deploy(App& app, const DeployOptions& options) {
  if (options.files.size() > 1) return deploy_several(app, options);
  Stack stack = load_stack(options.files.front());
  apply_options(stack, options);
  AwsSession aws(app, chosen_region(app, stack), "deploy");
  stack.region = aws.region();
  app.set_resume_command(app.command_line(deploy_words(options)));
  return app.run(aws.while_connecting(deploy_stack(app, aws, std::move(stack), options)));
}

}  // namespace albatross::cli
