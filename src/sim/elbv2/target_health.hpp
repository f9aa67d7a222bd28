#pragma once

#include "sim/world.hpp"

#include <string>
#include <string_view>

namespace albatross::sim {

/// What DescribeTargetHealth says of one target.
struct HealthReport {
  std::string_view state;  // initial, healthy, unhealthy, unused, draining, unavailable
  std::string reason;      // empty when healthy
  std::string description;
};

HealthReport health_of(const World& world, const TargetGroup& group, const Target& target,
                       TimePoint now);

/// Counts one health check against the thresholds of the group.
void count_check(const TargetGroup& group, Target& target, const Probe& probe);
/// Runs every check of this target that is due up to `now`.
void run_checks(World& world, TargetGroup& group, Target& target, TimePoint now);
/// What a check of this target finds at that time, by the model: load balancer's and instance's
/// security groups, whether the instance has booted and listens, and the fault plan.
Probe probe(World& world, const TargetGroup& group, const Target& target, TimePoint at);

/// What stands in the way of a check whatever the instance would answer: closed security groups and
/// planned faults. Passed when nothing does.
Probe standing_obstacle(World& world, const TargetGroup& group, const Target& target);
/// Whether a matcher ("200", "200,202", "200-299") takes that status.
bool matcher_takes(std::string_view matcher, int status);

/// Removes a target whose deregistration delay is over. `target` is "<id>:<port>".
void forget_drained_target(World& world, const std::string& group, std::string_view target);
std::string target_key(const Target& target);

}  // namespace albatross::sim
