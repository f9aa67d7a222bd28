#pragma once

#include "albatross/clients/ec2/instances.hpp"
#include "albatross/clients/ec2/security_groups.hpp"
#include "albatross/clients/elbv2/load_balancers.hpp"
#include "albatross/clients/elbv2/target_groups.hpp"
#include "albatross/orchestrator/event.hpp"

#include "orchestrator/doctor/boot_log.hpp"

#include <map>
#include <optional>
#include <string>

namespace albatross {

/// What stands behind the targets of one group; what could not be found out is absent.
struct GroupFacts {
  std::optional<elbv2::TargetGroup> group;
  std::optional<elbv2::LoadBalancer> balancer;
  std::map<std::string, ec2::Instance> instances;
  std::map<std::string, BootStage> boots;
  /// Those of the load balancer and of the instances, by id.
  std::map<std::string, ec2::SecurityGroup> security_groups;
};

/// The most likely cause of the target's trouble and what to do about it, in one or two sentences;
/// empty when the facts say no more than AWS's own reason does. Pure.
std::string likely_cause(const TargetState& target, const GroupFacts& facts);

}  // namespace albatross
