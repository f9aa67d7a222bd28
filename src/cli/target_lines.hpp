#pragma once

#include "albatross/orchestrator/event.hpp"

#include "cli/text.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// A table of the targets that are not healthy: service, instance, state, reason, and beneath it
/// what to do. No line is wider than `width`; where the reasons do not fit they stand beneath, once
/// for those that are alike. Pure.
std::vector<std::string> target_lines(const std::vector<TargetState>& targets, std::size_t width,
                                      const TextStyle& style);

}  // namespace albatross::cli
