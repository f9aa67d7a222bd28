#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/finish_run.hpp"
#include "cli/commands/known_stack.hpp"
#include "cli/commands/removal.hpp"
#include "cli/commands/removal_words.hpp"
#include "cli/commands/several.hpp"
#include "cli/run_display.hpp"

#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

std::string question(const KnownStack& known) {
  return "Remove " + known.stack.name + " from " + known.stack.region + " (account " +
         known.stack.account + "): " + counted(going_by_destroy(known), "resource") + "?";
}

Task<ExitCode> destroy_stack(App& app, AwsSession& aws, DestroyOptions options,
                             albatross::RunOptions how) {
  const std::string name = options.stacks.front();
  RunDisplay display(app, {"destroy", name, aws.region()}, options.run);
  auto run = aws.deployer().destroy(name, display.sink(), how);
  const RunResult result = co_await std::move(run);
  ReportContext context = display.context();
  context.destroy_command = app.command_line(destroy_words(options.stacks));
  display.finish();
  co_return finish_run(app, display, "destroy", result, context, destroy_report);
}

}  // namespace

ExitCode destroy(App& app, const DestroyOptions& options) {
  if (options.stacks.size() > 1) return destroy_several(app, options);
  const KnownStack known = known_stack(app, options.stacks.front());
  if (!may_remove(app, "destroy", options.yes, question(known))) return ExitCode::interrupted;
  albatross::RunOptions how;
  how.drain = !options.no_drain;
  apply_timeouts(how.timeouts, options.timeouts);
  AwsSession aws(app, known.stack.region, "destroy");
  app.set_resume_command(app.command_line(destroy_words(options.stacks)));
  return app.run(aws.while_connecting(destroy_stack(app, aws, options, how)));
}

}  // namespace albatross::cli
