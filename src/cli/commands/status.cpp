#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/known_stack.hpp"
#include "cli/commands/several.hpp"
#include "cli/commands/watch_status.hpp"
#include "cli/json_output.hpp"
#include "cli/status_text.hpp"

#include <ostream>

namespace albatross::cli {
namespace {

Task<ExitCode> show_status(App& app, AwsSession& aws, std::string name) {
  auto looking = aws.deployer().status(std::move(name));
  const StackStatus status = co_await std::move(looking);
  if (app.wants_json()) {
    app.out() << status_json(status) << std::flush;
  } else {
    app.out() << status_text(status, app.clock().wall(), app.console().out.style) << std::flush;
  }
  co_return ExitCode::done;
}

}  // namespace

ExitCode status(App& app, const StatusOptions& options) {
  if (options.stacks.size() > 1) return status_of_several(app, options);
  const std::string& name = options.stacks.front();
  const KnownStack known = known_stack(app, name);
  AwsSession aws(app, known.stack.region, "status");
  if (options.watch) return watch_status(app, aws, options);
  return app.run(aws.while_connecting(show_status(app, aws, name)));
}

}  // namespace albatross::cli
