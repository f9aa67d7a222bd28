#pragma once

#include "cli/progress_model.hpp"
#include "cli/text.hpp"

#include <string>

namespace albatross::cli {

/// One column that says how something stands: pending, done, failed, or under way, which moves with
/// the time unless `still`. Pure.
std::string glyph(StepPhase phase, bool still, Duration now, const TextStyle& style);

}  // namespace albatross::cli
