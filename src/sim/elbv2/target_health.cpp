#include "sim/elbv2/target_health.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <charconv>

namespace albatross::sim {
namespace {

const Instance* instance_behind(const World& world, const Target& target) {
  const auto it = world.instances.find(target.id);
  return it == world.instances.end() ? nullptr : &it->second;
}

const LoadBalancer* forwarder_of(const World& world, const TargetGroup& group) {
  const auto it = world.load_balancers.find(group.load_balancer);
  return it == world.load_balancers.end() || it->second.deleted_at ? nullptr : &it->second;
}

bool zone_enabled(const World& world, const LoadBalancer& lb, std::size_t zone) {
  return std::any_of(lb.subnets.begin(), lb.subnets.end(), [&](const std::string& id) {
    const auto subnet = world.subnets.find(id);
    return subnet != world.subnets.end() && subnet->second.zone == zone;
  });
}

int health_port(const TargetGroup& group, const Target& target) {
  int port = target.port;
  if (group.health_port != "traffic-port") {
    std::from_chars(group.health_port.data(), group.health_port.data() + group.health_port.size(),
                    port);
  }
  return port;
}

/// Whether a rule lets TCP through to (or from) that port and one of those peers.
template <class PeerMatches>
bool allows(const World& world, const std::vector<std::string>& groups, bool egress, int port,
            PeerMatches&& peer) {
  for (const auto& id : groups) {
    const auto group = world.groups.find(id);
    if (group == world.groups.end()) continue;
    for (const SecurityRule& rule : group->second.rules) {
      if (rule.egress != egress) continue;
      const bool any = rule.protocol == "-1";
      const bool tcp = rule.protocol == "tcp" && rule.from <= port && port <= rule.to;
      if ((any || tcp) && peer(rule)) return true;
    }
  }
  return false;
}

bool covers(const SecurityRule& rule, std::uint32_t address) {
  if (rule.ipv4.empty()) return false;
  const auto cidr = parse_cidr(rule.ipv4);
  return cidr && cidr->contains(address);
}

bool has_group(const std::vector<std::string>& groups, const std::string& id) {
  return !id.empty() && std::find(groups.begin(), groups.end(), id) != groups.end();
}

/// Whether the load balancer's packets get to the instance's port.
bool reachable(const World& world, const LoadBalancer& lb, const NetworkInterface& interface,
               int port) {
  const bool out =
      lb.type == "network" || allows(world, lb.groups, true, port, [&](const SecurityRule& rule) {
        return covers(rule, interface.address) || has_group(interface.groups, rule.group);
      });
  const bool in = allows(world, interface.groups, false, port, [&](const SecurityRule& rule) {
    if (has_group(lb.groups, rule.group)) return true;
    return std::any_of(lb.interfaces.begin(), lb.interfaces.end(), [&](const std::string& id) {
      const auto it = world.interfaces.find(id);
      return it != world.interfaces.end() && covers(rule, it->second.address);
    });
  });
  return out && in;
}

/// From when on the load balancer checks this target, under the present configuration.
TimePoint checks_from(const World& world, const TargetGroup& group, const Target& target,
                      const LoadBalancer& lb) {
  TimePoint from = std::max({target.registered_at + world.options.times.target_registration,
                             lb.active_at, group.attached_at});
  if (const Instance* instance = instance_behind(world, target)) {
    from = std::max(from, instance->running_at);
  }
  return from;
}

const NetworkInterface* interface_of(const World& world, const Target& target) {
  const Instance* instance = instance_behind(world, target);
  if (instance != nullptr && !instance->interfaces.empty()) {
    const auto it = world.interfaces.find(instance->interfaces.front());
    return it == world.interfaces.end() ? nullptr : &it->second;
  }
  const auto address = parse_ipv4(target.id);
  if (!address) return nullptr;
  for (const auto& [id, interface] : world.interfaces) {
    if (interface.address == *address) return &interface;
  }
  return nullptr;
}

}  // namespace

bool matcher_takes(std::string_view matcher, int status) {
  while (!matcher.empty()) {
    const auto comma = std::min(matcher.find(','), matcher.size());
    const auto part = matcher.substr(0, comma);
    int low = 0;
    std::from_chars(part.data(), part.data() + part.size(), low);
    int high = low;
    const auto dash = part.find('-');
    if (dash != std::string_view::npos) {
      std::from_chars(part.data() + dash + 1, part.data() + part.size(), high);
    }
    if (low <= status && status <= high) return true;
    matcher.remove_prefix(std::min(comma + 1, matcher.size()));
  }
  return false;
}

Probe standing_obstacle(World& world, const TargetGroup& group, const Target& target) {
  if (const FaultRule* fault = world.faults.standing(FaultKind::never_healthy, group.name)) {
    const std::string reason = fault->code.empty() ? "Target.FailedHealthChecks" : fault->code;
    return {false, reason, fault->message.empty() ? "Health checks failed" : fault->message};
  }
  const LoadBalancer* lb = forwarder_of(world, group);
  const NetworkInterface* interface = interface_of(world, target);
  if (lb == nullptr || interface == nullptr ||
      !reachable(world, *lb, *interface, health_port(group, target))) {
    return {false, "Target.Timeout", "Request timed out"};
  }
  return {true, "", ""};
}

namespace {

Probe answer_of(const World& world, const TargetGroup& group, const Target& target, TimePoint at) {
  const Instance* instance = instance_behind(world, target);
  const auto port = static_cast<std::uint16_t>(health_port(group, target));
  const ServiceState service = instance == nullptr ? ServiceState{} : instance->service(port);
  const bool booting =
      instance != nullptr && at < instance->running_at + world.options.times.instance_boot;
  if (!service.listening || booting) {
    return {false, "Target.FailedHealthChecks", "Health checks failed"};
  }
  if (service.hangs) return {false, "Target.Timeout", "Request timed out"};
  const bool http = group.health_protocol == "HTTP" || group.health_protocol == "HTTPS";
  if (http && group.protocol_version != "GRPC" && !matcher_takes(group.matcher, service.status)) {
    return {false, "Target.ResponseCodeMismatch",
            cat("Health checks failed with these codes: [", std::to_string(service.status), "]")};
  }
  return {true, "", ""};
}

}  // namespace

std::string target_key(const Target& target) {
  return target.id + ":" + std::to_string(target.port);
}

Probe probe(World& world, const TargetGroup& group, const Target& target, TimePoint at) {
  Probe obstacle = standing_obstacle(world, group, target);
  return obstacle.passed ? answer_of(world, group, target, at) : obstacle;
}

void count_check(const TargetGroup& group, Target& target, const Probe& probe) {
  target.checked = true;
  target.last = probe;
  target.passed = probe.passed ? target.passed + 1 : 0;
  target.failed = probe.passed ? 0 : target.failed + 1;
  // A new target needs one pass only; one that has failed has to earn its way back.
  const int needed = target.health == Health::initial ? 1 : group.healthy_threshold;
  if (probe.passed && target.passed >= needed) target.health = Health::healthy;
  if (!probe.passed && target.failed >= group.unhealthy_threshold) {
    target.health = Health::unhealthy;
  }
}

void run_checks(World& world, TargetGroup& group, Target& target, TimePoint now) {
  const LoadBalancer* lb = forwarder_of(world, group);
  const Instance* instance = instance_behind(world, target);
  const bool off = instance != nullptr && instance->state(now) != InstanceState::running;
  if (lb == nullptr || off || !group.health_enabled || !lb->failure.empty() ||
      target.deregistered_at) {
    if (lb == nullptr || off) target.checking_since.reset();
    return;
  }
  const TimePoint from = checks_from(world, group, target, *lb);
  const Duration interval = world.caller_seconds(group.interval);
  if (!target.checking_since || *target.checking_since != from) {
    target.checking_since = from;
    target.next_check = from + interval / 2;
    target.health = Health::initial;
    target.passed = target.failed = 0;
    target.checked = false;
  }
  if (world.options.external_health || target.next_check > now) return;
  const Probe obstacle = standing_obstacle(world, group, target);
  for (; target.next_check <= now; target.next_check += interval) {
    count_check(group, target,
                obstacle.passed ? answer_of(world, group, target, target.next_check) : obstacle);
  }
}

HealthReport health_of(const World& world, const TargetGroup& group, const Target& target,
                       TimePoint now) {
  if (target.deregistered_at) {
    return {"draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"};
  }
  const Instance* instance = instance_behind(world, target);
  if (group.target_type == "instance") {
    const InstanceState state =
        instance == nullptr ? InstanceState::terminated : instance->state(now);
    if (state != InstanceState::running) {
      return {"unused", "Target.InvalidState",
              cat("Target is in the ", to_string(state), " state")};
    }
  }
  const LoadBalancer* lb = forwarder_of(world, group);
  if (lb == nullptr) {
    return {"unused", "Target.NotInUse",
            "Target group is not configured to receive traffic from the load balancer"};
  }
  if (instance != nullptr && !zone_enabled(world, *lb, instance->zone)) {
    return {"unused", "Target.NotInUse",
            "Target is in an Availability Zone that is not enabled for the load balancer"};
  }
  if (!group.health_enabled) {
    return {"unavailable", "Target.HealthCheckDisabled", "Health checks are disabled"};
  }
  if (now < checks_from(world, group, target, *lb) || !lb->failure.empty()) {
    return {"initial", "Elb.RegistrationInProgress", "Target registration is in progress"};
  }
  if (target.health == Health::healthy) return {"healthy", "", ""};
  if (target.health == Health::unhealthy) {
    return {"unhealthy", target.last.reason, target.last.description};
  }
  return {"initial", "Elb.InitialHealthChecking", "Initial health checks in progress"};
}

void forget_drained_target(World& world, const std::string& group, std::string_view target) {
  const auto it = world.target_groups.find(group);
  if (it == world.target_groups.end()) return;
  std::erase_if(it->second.targets, [&](const auto& entry) {
    return entry.second.deregistered_at && target_key(entry.second) == target;
  });
}

void World::advance_health(TimePoint now) {
  for (auto& [arn, group] : target_groups) {
    for (auto& [key, target] : group.targets)
      run_checks(*this, group, target, now);
  }
}

void World::refresh_forwarding(TimePoint now) {
  Table<std::string> used;
  const auto note = [&](const std::vector<ListenerAction>& actions, const std::string& listener) {
    for (const ListenerAction& action : actions) {
      for (const WeightedGroup& group : action.groups) {
        used[group.arn] = listeners.at(listener).load_balancer;
      }
    }
  };
  for (const auto& [arn, listener] : listeners)
    note(listener.actions, arn);
  for (const auto& [arn, rule] : rules)
    note(rule.actions, rule.listener);
  for (auto& [arn, group] : target_groups) {
    const auto it = used.find(arn);
    const std::string by = it == used.end() ? std::string() : it->second;
    if (by == group.load_balancer) continue;
    if (by.empty()) group.in_use_until = now + options.times.target_group_release;
    if (!by.empty()) group.attached_at = now;
    group.load_balancer = by;
  }
}

}  // namespace albatross::sim
