#pragma once

#include "cli/runs/usual_times.hpp"

#include <array>
#include <optional>
#include <string>

namespace albatross::cli {

/// What earlier runs let one expect of this one.
struct Expectations {
  /// By Step; of what is being made, and of what is being removed.
  std::array<std::optional<UsualTime>, step_count> building;
  std::array<std::optional<UsualTime>, step_count> removing;
  /// Of the run as a whole.
  std::optional<Duration> total;
};

/// For a run whose plan is known. Of a deployment that finds something from earlier runs nothing is
/// expected as a whole: it takes as long as what is missing.
Expectations expectations_of(const UsualTimes& usual, const ProgressModel& model,
                             const std::string& region);

/// Is the step slower than all but the slowest twentieth of earlier runs?
bool is_slow(const std::optional<UsualTime>& usual, const StepProgress& step, Duration now);

}  // namespace albatross::cli
