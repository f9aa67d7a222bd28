#pragma once

#include "orchestrator/resources/support.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::resources {

/// The tags of one load-balancing resource; empty when it is gone.
Task<std::vector<Tag>> tags_of_arn(Session& session, std::string arn);

/// Adds the tags to what was found otherwise than by a recorded id, or is to be compared. What was
/// found otherwise may be a stranger's: then `found` is reset.
Task<> check_tags(Session& session, const ResourceRecord& record, std::optional<Observed>& found);

/// What `now` does, with the target groups of `wanted` beside its own: known to the load balancer,
/// which so checks their targets, but without any traffic yet. Absent when one of them forwards
/// nothing, or when that would be more target groups than an action may have. Pure.
std::optional<std::vector<elbv2::Action>> joined(const std::vector<elbv2::Action>& now,
                                                 const std::vector<elbv2::Action>& wanted);

/// Instances on one port, as RegisterTargets and DescribeTargetHealth take them.
std::vector<elbv2::TargetDescription> targets(const std::vector<std::string>& instance_ids,
                                              const std::string& port);

}  // namespace albatross::resources
