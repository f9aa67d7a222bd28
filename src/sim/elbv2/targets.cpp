#include "sim/elbv2/common.hpp"
#include "sim/elbv2/target_health.hpp"

#include <algorithm>

namespace albatross::sim::elbv2 {
namespace {

using Key = std::pair<std::string, int>;

Key key_of(const TargetGroup& group, Param target) {
  return {target["Id"].str(), static_cast<int>(target["Port"].number_or(group.port))};
}

std::string quoted(const std::vector<std::string>& ids) {
  std::string out;
  for (const auto& id : ids)
    out += cat(out.empty() ? "'" : "', '", id);
  return out + "'";
}

void check_instances(Call& call, const TargetGroup& group, const std::vector<Param>& targets) {
  std::vector<std::string> strangers, unready, elsewhere;
  for (const Param target : targets) {
    const std::string id = target["Id"].str();
    const Instance* instance = call.world.find(call.world.instances, id);
    if (instance == nullptr) {
      strangers.push_back(id);
    } else if (instance->state(call.now) != InstanceState::running) {
      unready.push_back(id);
    } else if (instance->vpc != group.vpc) {
      elsewhere.push_back(id);
    }
  }
  if (!strangers.empty()) {
    refuse("InvalidTarget",
           cat("The following targets are not valid instances: ", quoted(strangers)));
  }
  if (!unready.empty()) {
    refuse("InvalidTarget",
           cat("The following targets are not in a running state and cannot be registered: ",
               quoted(unready)));
  }
  if (!elsewhere.empty()) {
    refuse("InvalidTarget", cat("The following targets are not in the target group VPC '",
                                group.vpc, "': ", quoted(elsewhere)));
  }
}

void check_addresses(Call& call, const TargetGroup& group, const std::vector<Param>& targets) {
  for (const Param target : targets) {
    const auto address = parse_ipv4(target["Id"].text());
    if (!address) {
      refuse("ValidationError",
             cat("The IP address '", target["Id"].text(), "' is not a valid IPv4 address"));
    }
    const bool inside = call.world.vpcs.at(group.vpc).cidr.contains(*address);
    if (!inside && target["AvailabilityZone"].text() != "all") {
      refuse("InvalidTarget",
             cat("The IP address '", target["Id"].text(), "' is not within the VPC"));
    }
  }
}

void check_targets(Call& call, const TargetGroup& group, const std::vector<Param>& targets) {
  for (const Param target : targets) {
    const auto port = target["Port"].number_or(group.port);
    if (port < 1 || port > 65535) {
      refuse("ValidationError", cat("Port '", std::to_string(port), "' is not valid"));
    }
  }
  if (group.target_type == "instance") return check_instances(call, group, targets);
  check_addresses(call, group, targets);
}

void register_targets(Call& call) {
  TargetGroup& group = target_group_of(call, call.params["TargetGroupArn"].text());
  const auto targets = call.params["Targets"].items();
  check_targets(call, group, targets);
  if (group.targets.size() + targets.size() > 1000) {
    refuse("TooManyTargets", "You've reached the limit on the number of targets");
  }
  for (const Param given : targets) {
    const Key key = key_of(group, given);
    const auto it = group.targets.find(key);
    if (it != group.targets.end() && !it->second.deregistered_at) continue;
    Target target;
    target.id = key.first;
    target.port = key.second;
    target.zone = given["AvailabilityZone"].str();
    target.registered_at = call.now;
    group.targets[key] = std::move(target);
  }
}

void deregister_targets(Call& call) {
  TargetGroup& group = target_group_of(call, call.params["TargetGroupArn"].text());
  for (const Param given : call.params["Targets"].items()) {
    std::vector<Key> keys;
    if (given["Port"]) {
      keys.push_back(key_of(group, given));
    } else {
      for (const auto& [key, target] : group.targets) {
        if (key.first == given["Id"].text()) keys.push_back(key);
      }
    }
    for (const Key& key : keys) {
      const auto it = group.targets.find(key);
      if (it == group.targets.end() || it->second.deregistered_at) continue;
      const auto state = health_of(call.world, group, it->second, call.now).state;
      // Nothing has to drain from a target that never had traffic.
      const bool drains = state == "healthy" || state == "unhealthy" || state == "initial";
      const int seconds =
          static_cast<int>(std::stoi(group.attributes.at("deregistration_delay.timeout_seconds")));
      if (!drains || seconds == 0) {
        group.targets.erase(it);
        continue;
      }
      it->second.deregistered_at = call.now;
      call.world.schedule(call.now + call.world.caller_seconds(seconds), Due::forget_target,
                          group.arn, target_key(it->second));
    }
  }
}

void write_target(Call& call, const TargetGroup& group, const Target& target,
                  const HealthReport& health) {
  Xml& out = call.out;
  out.in("member", [&] {
    out.in("Target", [&] {
      out.leaf("Id", target.id);
      out.leaf("Port", target.port);
      out.leaf_if("AvailabilityZone", target.zone);
    });
    out.leaf("HealthCheckPort",
             group.health_port == "traffic-port" ? std::to_string(target.port) : group.health_port);
    out.in("TargetHealth", [&] {
      out.leaf("State", health.state);
      out.leaf_if("Reason", health.reason);
      out.leaf_if("Description", health.description);
    });
  });
}

void describe_health(Call& call) {
  TargetGroup& group = target_group_of(call, call.params["TargetGroupArn"].text());
  const auto wanted = call.params["Targets"].items();
  std::vector<Key> keys;
  for (const Param target : wanted)
    keys.push_back(key_of(group, target));
  call.out.open("TargetHealthDescriptions");
  for (auto& [key, target] : group.targets) {
    if (!keys.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) continue;
    run_checks(call.world, group, target, call.now);
    write_target(call, group, target, health_of(call.world, group, target, call.now));
  }
  for (const Key& key : keys) {
    if (group.targets.contains(key)) continue;
    Target stranger;
    stranger.id = key.first;
    stranger.port = key.second;
    write_target(
        call, group, stranger,
        {"unused", "Target.NotRegistered", "Target is not registered to the target group"});
  }
  call.out.close("TargetHealthDescriptions");
}

constexpr Action actions[] = {
    {"RegisterTargets", register_targets, true},
    {"DeregisterTargets", deregister_targets, true},
    {"DescribeTargetHealth", describe_health},
};

}  // namespace

std::span<const Action> target_actions() {
  return actions;
}

}  // namespace albatross::sim::elbv2
