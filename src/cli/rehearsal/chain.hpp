#pragma once

#include "albatross/orchestrator/event.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// A stretch of the run in which everything waited for one node.
struct ChainLink {
  /// Empty for the reads before the first change.
  std::string node;
  Duration from{};
  Duration until{};
  /// What it reached at the end: "created", "ready", "gone", "failed".
  std::string reached;

  Duration took() const { return until - from; }
};

/// The chain of nodes that decided how long a run in virtual time took, first to last: there a node
/// begins at the very moment at which the last thing that it waited for is reached. Pure.
std::vector<ChainLink> critical_chain(const std::vector<Event>& events);

}  // namespace albatross::cli
