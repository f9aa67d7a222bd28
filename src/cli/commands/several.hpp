#pragma once

#include "cli/app.hpp"
#include "cli/commands/known_stack.hpp"
#include "cli/exit_code.hpp"

#include <string>
#include <vector>

/// The commands on several stacks at once.
namespace albatross::cli {

/// All files are read before anything is touched.
/// @throws StackFilesError with the mistakes of all of them; UsageError for one name in two files
ExitCode deploy_several(App& app, const DeployOptions& options);

/// @throws UnknownStack, UsageError before anything is touched
ExitCode destroy_several(App& app, const DestroyOptions& options);
ExitCode rollback_several(App& app, const RollbackOptions& options);
ExitCode status_of_several(App& app, const StatusOptions& options);

/// What the store says of each. @throws UnknownStack; UsageError also for a name that comes twice
std::vector<KnownStack> known_stacks(App& app, const std::vector<std::string>& names);

}  // namespace albatross::cli
