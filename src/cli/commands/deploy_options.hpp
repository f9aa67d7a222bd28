#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "cli/app.hpp"
#include "cli/options.hpp"

#include <string>

/// What a deploy's options make of a stack.
namespace albatross::cli {

/// A region on the command line is stronger than the file's, and that than the environment's.
std::string chosen_region(const App& app, const Stack& stack);

/// The options are stronger than the file. @throws UsageError
void apply_options(Stack& stack, const DeployOptions& options);

/// Of several runs no single trace can be written. @throws UsageError
void refuse_trace(const RunOptions& options);

}  // namespace albatross::cli
