#include "cli/recording/rerun.hpp"

#include <map>
#include <optional>
#include <utility>

namespace albatross::cli {
namespace {

Environment environment_of(const RecordedSession& session, const std::string& scratch) {
  std::map<std::string, std::string> variables = session.environment;
  // As if it were the user's own: then no command that is suggested names it.
  variables["ALBATROSS_STATE_DIR"] = scratch;
  variables["AWS_CONFIG_FILE"] = "/dev/null";
  variables["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
  variables["AWS_EC2_METADATA_DISABLED"] = "true";
  return [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
}

GlobalOptions options_of(const RecordedSession& session, const GlobalOptions& given,
                         const std::string& scratch) {
  GlobalOptions options;
  options.output = given.output;
  options.quiet = given.quiet;
  options.state_dir = scratch;
  const auto region = session.environment.find("AWS_REGION");
  if (region != session.environment.end()) options.region = region->second;
  return options;
}

RecordedWorld world_of(const RecordedSession& session) {
  RecordedWorld world;
  world.start = WallTime{std::chrono::milliseconds{session.started_ms}};
  world.seed = session.seed;
  world.store = std::make_unique<MemoryStore>();
  return world;
}

Task<ExitCode> fill(Store& store, Snapshot snapshot) {
  co_await restore_snapshot(store, std::move(snapshot));
  co_return ExitCode::done;
}

}  // namespace

std::unique_ptr<App> make_rerun(const RecordedSession& session, GlobalOptions options,
                                Console console, const std::string& scratch) {
  // Time flies: a view that is redrawn in place would only flicker.
  console.out.live = false;
  console.err.live = false;
  // Whoever was asked then is asked again, and answers the same.
  console.input_is_terminal = !session.answers.empty();
  Invocation invocation;
  invocation.global = options_of(session, options, scratch);
  invocation.command = session.command;
  auto app = std::make_unique<App>(std::move(invocation), std::move(console),
                                   environment_of(session, scratch), world_of(session));
  app->run(fill(app->store(), session.state));
  return app;
}

}  // namespace albatross::cli
