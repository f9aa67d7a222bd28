#include "cli/commands/known_stack.hpp"

#include "albatross/orchestrator/deployer.hpp"

#include "cli/error_report.hpp"

namespace albatross::cli {
namespace {

Task<ExitCode> read(Store& store, std::string name, KnownStack& known) {
  const std::optional<StackRecord> stack = co_await store.stack(name);
  if (!stack) throw UnknownStack(name);
  const std::vector<ResourceRecord> resources = co_await store.resources(name);
  known = KnownStack{*stack, resources};
  co_return ExitCode::done;
}

}  // namespace

KnownStack known_stack(App& app, const std::string& name) {
  KnownStack known;
  app.run(read(app.store(), name, known));
  const std::string& region = app.global().region;
  if (!region.empty() && region != known.stack.region) {
    throw UsageError(name + " is in " + known.stack.region + ", not in " + region);
  }
  return known;
}

}  // namespace albatross::cli
