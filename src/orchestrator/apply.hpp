#pragma once

#include "albatross/orchestrator/graph.hpp"

#include "orchestrator/run.hpp"

#include <string>
#include <vector>

namespace albatross {

/// Brings every node of the graph to ready, each as soon as what it needs has come far enough, all
/// at once. Intent is stored before each mutation, the answer right after it.
/// @param known the stack's records from earlier runs
/// @throws NodeFailed for the first failure; by then everything else has been stopped: waits and
/// work not begun are cancelled, mutations in flight are finished and recorded
Task<> apply(const Run& run, const Graph& graph, std::vector<ResourceRecord> known);

/// The properties in which `wanted` differs from what is there: from what AWS shows where it shows
/// it, else from what was last asked for. Pure.
std::vector<std::string> changed_properties(const Properties& wanted, const Properties& asked,
                                            const Properties& actual);

/// "deployment-nonce-node", at most 64 characters. Pure.
std::string idempotency_token(const std::string& deployment_id, const std::string& node,
                              const std::string& nonce);

}  // namespace albatross
