#pragma once

#include "cli/progress_model.hpp"
#include "cli/text.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// What a step has and waits for, in at most `width` columns: "app.0 i-0f3a… pending, app.1 …".
/// The longest form that fits: full ids, abbreviated ids, names only, as many as there is room for.
/// Pure.
std::string summarise(const StepProgress& step, const std::vector<TargetState>& targets,
                      std::size_t width, const TextStyle& style);

}  // namespace albatross::cli
