#pragma once

#include "cli/fleet/member.hpp"
#include "cli/progress_model.hpp"
#include "cli/text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::cli {

/// One stack as the live view of several shows it.
struct FleetRow {
  std::string stack;
  ProgressModel model;
  /// What it waits for before it begins; empty: it has begun.
  std::string queued;
  /// Since its run began.
  Duration now{};
  /// What stands there once it has ended.
  StepPhase phase = StepPhase::pending;
  std::string ending;
};

/// The live view of several stacks at one instant: a header, one line a stack, a footer. Every line
/// fits style.width; of at most `height` lines (0: no limit) those of stacks that failed or are
/// under way are kept, and the rest is counted.
/// @param title what is done: "Deploying 12 stacks"
/// @param now since the command began. Pure.
std::vector<std::string> fleet_frame(const std::vector<FleetRow>& rows, const std::string& title,
                                     Duration now, const TextStyle& style, std::size_t height);

}  // namespace albatross::cli
