#pragma once

#include "albatross/orchestrator/graph.hpp"

#include "orchestrator/run.hpp"

#include <vector>

namespace albatross {

/// Brings every node of the graph to ready, each as soon as what it needs has come far enough, all
/// at once. Intent is stored before each mutation, the answer right after it.
/// @param known the stack's records from earlier runs
/// @throws NodeFailed for the first failure; by then everything else has been stopped: waits and
/// work not begun are cancelled, mutations in flight are finished and recorded
Task<> apply(const Run& run, const Graph& graph, std::vector<ResourceRecord> known);

}  // namespace albatross
