#include "albatross/orchestrator/policy.hpp"

#include "albatross/orchestrator/stack_file.hpp"

#include "cli/commands/commands.hpp"

#include <ostream>

namespace albatross::cli {

ExitCode policy(App& app, const PolicyOptions& options) {
  Stack stack = load_stack(options.file);
  if (!app.global().region.empty()) stack.region = app.global().region;
  const auto purpose =
      options.purpose == "destroy" ? PolicyPurpose::destroy : PolicyPurpose::deploy;
  app.out() << least_privilege_policy(stack, purpose) << std::flush;
  return ExitCode::done;
}

}  // namespace albatross::cli
