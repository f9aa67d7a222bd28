#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "simulation/harness/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace albatross::simulation {

/// A stack and what its file says later.
struct StackChange {
  /// Letters and digits.
  std::string name;
  Stack before;
  Stack after;
};

/// Replacements, scaling, changes in place, services that come and go.
std::vector<StackChange> sample_changes();

/// Whole lives of stacks whose file changes again and again under faults, kills and cancellations
/// drawn from the seed. After each change, once it has settled: store and cloud agree, and
/// another deploy changes nothing.
Verdict run_changing_scenario(std::uint64_t seed);

}  // namespace albatross::simulation
