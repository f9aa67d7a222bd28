#pragma once

#include "albatross/orchestrator/event.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/runtime/task.hpp"

#include <string>
#include <vector>

namespace albatross {

/// Looks into why targets of a group are not healthy: the group's check, the load balancer, the
/// instances with their security groups and how far their boot is. Puts the most likely cause into
/// the hint of each target that is not healthy; one about which nothing can be found out keeps what
/// it has. Reads only, some at once; an error costs only what it would have told.
/// @throws only what a cancellation throws
Task<> diagnose_targets(Session& session, std::string target_group_arn,
                        std::vector<TargetState>& targets);

}  // namespace albatross
