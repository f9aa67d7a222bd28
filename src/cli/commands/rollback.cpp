#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/finish_run.hpp"
#include "cli/commands/known_stack.hpp"
#include "cli/commands/removal.hpp"
#include "cli/commands/removal_words.hpp"
#include "cli/commands/several.hpp"
#include "cli/run_display.hpp"

#include <utility>

namespace albatross::cli {
namespace {

std::string question(const KnownStack& known, bool all) {
  const std::string what = all ? "everything of " : "the load balancer's part of ";
  return "Remove " + what + known.stack.name + " from " + known.stack.region + " (account " +
         known.stack.account + "): " + counted(going_by_rollback(known, all), "resource") + "?";
}

Task<ExitCode> roll_back_stack(App& app, AwsSession& aws, RollbackOptions options,
                               albatross::RunOptions how) {
  const std::string name = options.stacks.front();
  RunDisplay display(app, {"rollback", name, aws.region()}, options.run);
  const auto scope = options.all ? RollbackScope::everything : RollbackScope::load_balancer;
  auto run = aws.deployer().rollback(name, scope, display.sink(), how);
  const RunResult result = co_await std::move(run);
  ReportContext context = display.context();
  context.rollback_command = app.command_line(rollback_words(options.stacks, options.all));
  context.destroy_command = app.command_line({"destroy", name});
  display.finish();
  co_return finish_run(app, display, "rollback", result, context, rollback_report);
}

}  // namespace

ExitCode rollback(App& app, const RollbackOptions& options) {
  if (options.stacks.size() > 1) return rollback_several(app, options);
  const KnownStack known = known_stack(app, options.stacks.front());
  if (!may_remove(app, "rollback", options.yes, question(known, options.all))) {
    return ExitCode::interrupted;
  }
  albatross::RunOptions how;
  apply_timeouts(how.timeouts, options.timeouts);
  AwsSession aws(app, known.stack.region, "rollback");
  app.set_resume_command(app.command_line(rollback_words(options.stacks, options.all)));
  return app.run(aws.while_connecting(roll_back_stack(app, aws, options, how)));
}

}  // namespace albatross::cli
