#pragma once

#include "cli/app.hpp"
#include "cli/runs/run_record.hpp"

#include <string>

namespace albatross::cli {

/// A past run of a stack, as far as it came.
/// @param run 0: the last
/// @throws UsageError when there is none
RunRecord past_run(const App& app, const std::string& stack, int run);

/// Its event stream, as it was written.
std::string past_run_text(const App& app, const std::string& stack, int run);

}  // namespace albatross::cli
