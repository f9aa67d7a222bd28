#pragma once

#include "albatross/orchestrator/stack.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace albatross::simulation {

/// What happened under one seed, or under many.
struct Verdict {
  std::uint64_t seed = 0;
  /// What is wrong; empty when the seed passed.
  std::vector<std::string> complaints;
  /// Lives of processes, and how many of them were killed or interrupted.
  std::size_t runs = 0;
  std::size_t kills = 0;
  std::size_t cancellations = 0;
  std::size_t calls = 0;
  /// Faults injected, by kind.
  std::map<std::string, std::size_t> faults;
  /// How often the rare paths were taken: "adopted", "moved to another zone", …
  std::map<std::string, std::size_t> paths;
  /// A digest of every event of every run: the same seed must give the same.
  std::uint64_t trace = 0;
  /// The events, when they were asked for.
  std::vector<std::string> log;

  /// Adds the numbers of another one.
  void add(const Verdict& other);
};

/// A whole life of a stack under faults, kills and interruptions drawn from the seed: deployed,
/// changed, rolled back, deployed until it stands, destroyed until it is gone; the oracle checks
/// after every run.
/// @param keep_log for a seed that failed
Verdict run_scenario(std::uint64_t seed, bool keep_log = false);

/// The stacks that scenarios draw from: with and without load balancer, storage, own network.
std::vector<Stack> sample_stacks();

/// Every path that `paths` may count: what a sweep has to have reached to mean anything.
std::vector<std::string> rare_paths();

}  // namespace albatross::simulation
