#pragma once

#include "albatross/orchestrator/stack.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace albatross::simulation {

/// What happened under one seed.
struct Verdict {
  std::uint64_t seed = 0;
  /// What is wrong; empty when the seed passed.
  std::vector<std::string> complaints;
  /// Lives of processes, and how many of them were killed or cancelled.
  std::size_t runs = 0;
  std::size_t kills = 0;
  std::size_t cancellations = 0;
  std::size_t calls = 0;
  std::map<std::string, std::size_t> faults;
  /// A digest of every event of every run: the same seed must give the same.
  std::uint64_t trace = 0;
  /// The events, for a failing seed.
  std::vector<std::string> log;
};

/// A whole life of a stack under faults, kills and cancellations drawn from the seed: deployed
/// until it stands, destroyed until it is gone, checked by the oracle after every run.
Verdict run_scenario(std::uint64_t seed);

/// The stacks that scenarios draw from: with and without load balancer, storage, own network.
std::vector<Stack> sample_stacks();

}  // namespace albatross::simulation
