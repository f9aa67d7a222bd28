#pragma once

#include "simulation/harness/scenario.hpp"

#include <cstdint>
#include <vector>

namespace albatross::simulation {

/// The scenario of that seed: every sixteenth is about a file that changes again and again.
Verdict run_seed(std::uint64_t seed, bool keep_log);

/// What a sweep of seeds has found.
struct SweepResult {
  Verdict sum;
  std::uint64_t seeds = 0;
  /// Seeds that failed, in order.
  std::vector<std::uint64_t> failed;
  /// Seeds that were run twice to compare their traces, and those whose traces differed.
  std::uint64_t repeated = 0;
  std::vector<std::uint64_t> unstable;
};

/// Runs the seeds first, first+1, … in so many processes; every hundredth one twice.
/// @throws std::runtime_error when a process cannot be started or dies
SweepResult sweep(std::uint64_t first, std::uint64_t seeds, unsigned jobs);

}  // namespace albatross::simulation
