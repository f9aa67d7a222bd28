#include "cli/commands/deploy_options.hpp"

#include "cli/commands/removal.hpp"
#include "cli/error_report.hpp"

namespace albatross::cli {

std::string chosen_region(const App& app, const Stack& stack) {
  return app.global().region.empty() ? stack.region : app.global().region;
}

void apply_options(Stack& stack, const DeployOptions& options) {
  if (!options.on_failure.empty()) stack.on_failure = failure_policy(options.on_failure);
  apply_timeouts(stack.timeouts, options.timeouts);
}

void refuse_trace(const RunOptions& options) {
  if (!options.trace.empty()) throw UsageError("--trace: a trace is of one stack; name one");
}

}  // namespace albatross::cli
