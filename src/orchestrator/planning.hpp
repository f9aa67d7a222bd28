#pragma once

#include "albatross/orchestrator/graph.hpp"
#include "albatross/orchestrator/plan.hpp"
#include "albatross/orchestrator/session.hpp"

#include <vector>

namespace albatross {

/// What apply() and the removal of what is left over would do, by the same decisions. Reads only,
/// as much at once as the graph allows.
/// @throws ApiError, CredentialsError
Task<std::vector<PlanNode>> plan_nodes(AwsClients& aws, const StackIdentity& identity,
                                       const Graph& graph, std::vector<ResourceRecord> known);

}  // namespace albatross
