#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "cli/app.hpp"
#include "cli/exit_code.hpp"

namespace albatross::cli {

/// `plan --simulate`: the plan, and the deploy of it in a simulated account that looks like the
/// real one. Where that cannot be asked, one with the usual things stands in, and that is said.
ExitCode simulate_plan(App& app, const PlanOptions& options, Stack stack);

}  // namespace albatross::cli
