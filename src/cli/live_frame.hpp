#pragma once

#include "cli/expectations.hpp"
#include "cli/progress_model.hpp"
#include "cli/text.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// The live view at one instant: header, one line a step, what is not as it should be beneath it.
/// Every line fits style.width; at most `height` lines (0: no limit), the least important left out.
/// @param title what is done: "Deploying web to us-east-1"
/// @param now since the start of the run; drives the times and the moving glyph
/// @param expectations what is shown beside what is under way. Pure.
std::vector<std::string> live_frame(const ProgressModel& model, const std::string& title,
                                    Duration now, const TextStyle& style, std::size_t height,
                                    const Expectations& expectations = {});

}  // namespace albatross::cli
