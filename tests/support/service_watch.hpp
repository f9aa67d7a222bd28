#pragma once

#include "albatross/sim/cloud.hpp"

#include "sim/elbv2/target_health.hpp"

#include <string>
#include <vector>

namespace albatross::test {

/// Would a request be answered at this moment, whatever route it takes? By the simulator's own
/// knowledge: of the target groups with a share of the traffic each needs a healthy target behind
/// open security groups.
class ServiceWatch {
 public:
  explicit ServiceWatch(sim::Cloud& cloud) : cloud_(cloud) {}

  /// Looks; once it has been seen serving, every moment without a load balancer that serves all its
  /// routes is an outage.
  void look(TimePoint now) {
    sim::World& world = cloud_.world();
    world.settle(now);
    world.advance_health(now);
    std::string why = "no load balancer";
    bool serves = false;
    for (const auto& [arn, balancer] : world.load_balancers) {
      const std::string dark = dark_route(arn, now);
      if (!balancer.deleted_at && now >= balancer.active_at && dark.empty()) serves = true;
      if (!dark.empty()) why = dark;
    }
    if (serves) {
      was_serving_ = true;
    } else if (was_serving_) {
      outages_.push_back(why);
    }
  }

  bool was_serving() const { return was_serving_; }
  const std::vector<std::string>& outages() const { return outages_; }

 private:
  std::string dark_route(const std::string& balancer, TimePoint now) {
    const sim::World& world = cloud_.world();
    std::string out = "no listener";
    for (const auto& [arn, listener] : world.listeners) {
      if (listener.load_balancer != balancer) continue;
      out = dark_action(listener.actions, now);
      if (!out.empty()) return out;
      for (const auto& [rule_arn, rule] : world.rules) {
        if (rule.listener != arn || rule.priority == 0) continue;
        out = dark_action(rule.actions, now);
        if (!out.empty()) return out;
      }
    }
    return out;
  }

  std::string dark_action(const std::vector<sim::ListenerAction>& actions, TimePoint now) {
    for (const sim::ListenerAction& action : actions) {
      for (const sim::WeightedGroup& group : action.groups) {
        if (group.weight > 0 && !answers(group.arn, now)) return group.arn + " does not answer";
      }
    }
    return "";
  }

  bool answers(const std::string& arn, TimePoint now) {
    sim::World& world = cloud_.world();
    const sim::TargetGroup& group = world.target_groups.at(arn);
    for (const auto& [key, target] : group.targets) {
      const bool healthy = sim::health_of(world, group, target, now).state == "healthy";
      if (healthy && sim::standing_obstacle(world, group, target).passed) return true;
    }
    return false;
  }

  sim::Cloud& cloud_;
  bool was_serving_ = false;
  std::vector<std::string> outages_;
};

}  // namespace albatross::test
