#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/finish_run.hpp"
#include "cli/commands/known_stack.hpp"
#include "cli/commands/removal.hpp"
#include "cli/run_display.hpp"

#include <algorithm>
#include <utility>

namespace albatross::cli {
namespace {

std::string question(const KnownStack& known, bool all) {
  const auto going =
      std::count_if(known.resources.begin(), known.resources.end(), [&](const auto& resource) {
        return resource.provenance == Provenance::created && (all || resource.tier == 2);
      });
  const std::string what = all ? "everything of " : "the load balancer's part of ";
  return "Remove " + what + known.stack.name + " from " + known.stack.region + " (account " +
         known.stack.account + "): " + counted(static_cast<std::size_t>(going), "resource") + "?";
}

std::vector<std::string> words(const RollbackOptions& options) {
  std::vector<std::string> out{"rollback", options.stack};
  if (options.all) out.emplace_back("--all");
  return out;
}

Task<ExitCode> roll_back_stack(App& app, AwsSession& aws, RollbackOptions options,
                               albatross::RunOptions how) {
  RunDisplay display(app, {"rollback", options.stack, aws.region()}, options.run);
  const auto scope = options.all ? RollbackScope::everything : RollbackScope::load_balancer;
  auto run = aws.deployer().rollback(options.stack, scope, display.sink(), how);
  const RunResult result = co_await std::move(run);
  ReportContext context = display.context();
  context.rollback_command = app.command_line(words(options));
  context.destroy_command = app.command_line({"destroy", options.stack});
  display.finish();
  co_return finish_run(app, display, "rollback", result, context, rollback_report);
}

}  // namespace

ExitCode rollback(App& app, const RollbackOptions& options) {
  const KnownStack known = known_stack(app, options.stack);
  if (!may_remove(app, "rollback", options.yes, question(known, options.all))) {
    return ExitCode::interrupted;
  }
  albatross::RunOptions how;
  apply_timeouts(how.timeouts, options.timeouts);
  AwsSession aws(app, known.stack.region, "rollback");
  app.set_resume_command(app.command_line(words(options)));
  return app.run(aws.while_connecting(roll_back_stack(app, aws, options, how)));
}

}  // namespace albatross::cli
