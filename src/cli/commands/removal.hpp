#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "cli/app.hpp"
#include "cli/options.hpp"

#include <string>

/// What the commands that change a stack have in common.
namespace albatross::cli {

/// Asks before something is removed, unless --yes was given; says so when nothing is to be removed.
/// @throws UsageError when there is nobody to ask
bool may_remove(App& app, const std::string& command, bool yes, const std::string& question);

/// "rollback-all" and its like.
FailurePolicy failure_policy(const std::string& word);

/// Sets what was given on the command line. @throws UsageError
void apply_timeouts(TimeoutsSpec& timeouts, const TimeoutOptions& options);

}  // namespace albatross::cli
