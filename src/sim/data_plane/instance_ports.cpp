#include "sim/data_plane/instance_ports.hpp"

#include "sim/core/cidr.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace albatross::sim {
namespace {

constexpr int ssh = 22;

bool has_booted(const World& world, const Instance& instance, NextChange& next) {
  const TimePoint booted = instance.running_at + world.options.times.instance_boot;
  next.note(instance.running_at);
  next.note(booted);
  return instance.state(next.now) == InstanceState::running && next.now >= booted;
}

/// TCP ports that rules let in, each named by a rule of its own.
void add_open_ports(const World& world, const Instance& instance, std::set<int>& ports) {
  for (const std::string& id : instance.interfaces) {
    const auto interface = world.interfaces.find(id);
    if (interface == world.interfaces.end()) continue;
    for (const std::string& group_id : interface->second.groups) {
      const auto group = world.groups.find(group_id);
      if (group == world.groups.end()) continue;
      for (const SecurityRule& rule : group->second.rules) {
        const bool one = rule.protocol == "tcp" && rule.from == rule.to;
        if (!rule.egress && one && rule.from > 0 && rule.from != ssh) ports.insert(rule.from);
      }
    }
  }
}

std::map<std::string, std::set<int>> target_ports(const World& world) {
  std::map<std::string, std::set<int>> ports;
  for (const auto& [arn, group] : world.target_groups) {
    for (const auto& [key, target] : group.targets) {
      const Instance* instance = instance_behind(world, target);
      if (instance == nullptr) continue;
      ports[instance->id].insert(target.port);
      ports[instance->id].insert(health_check_port(group, target));
    }
  }
  return ports;
}

std::vector<std::string> groups_with(const World& world, const InstancePort& self) {
  std::vector<std::string> names;
  for (const auto& [arn, group] : world.target_groups) {
    const bool in_it = std::any_of(group.targets.begin(), group.targets.end(), [&](const auto& e) {
      const Instance* instance = instance_behind(world, e.second);
      return e.second.port == self.second && instance != nullptr && instance->id == self.first;
    });
    if (in_it) names.push_back(group.name);
  }
  return names;
}

}  // namespace

const Instance* instance_behind(const World& world, const Target& target) {
  const auto by_id = world.instances.find(target.id);
  if (by_id != world.instances.end()) return &by_id->second;
  const auto address = parse_ipv4(target.id);
  if (!address) return nullptr;
  const auto it = std::find_if(world.instances.begin(), world.instances.end(), [&](const auto& e) {
    return e.second.address == *address && !e.second.released;
  });
  return it == world.instances.end() ? nullptr : &it->second;
}

std::uint16_t health_check_port(const TargetGroup& group, const Target& target) {
  int port = target.port;
  if (group.health_port != "traffic-port") {
    std::from_chars(group.health_port.data(), group.health_port.data() + group.health_port.size(),
                    port);
  }
  return static_cast<std::uint16_t>(port);
}

std::set<InstancePort> listening_ports(const World& world, NextChange& next) {
  auto wanted = target_ports(world);
  std::set<InstancePort> listening;
  for (const auto& [id, instance] : world.instances) {
    if (!has_booted(world, instance, next)) continue;
    std::set<int>& ports = wanted[id];
    add_open_ports(world, instance, ports);
    for (const int port : ports) {
      const auto number = static_cast<std::uint16_t>(port);
      if (instance.service(number).listening) listening.emplace(id, number);
    }
  }
  return listening;
}

std::string instance_body(const World& world, const InstancePort& self, const std::string& address,
                          const http::Request& request) {
  nlohmann::ordered_json body = {{"instance", self.first}};
  const Tags& tags = world.tags_of(self.first);
  if (const auto name = tags.find("Name"); name != tags.end()) body["name"] = name->second;
  if (const auto it = world.instances.find(self.first); it != world.instances.end()) {
    body["zone"] = world.zone_name(it->second.zone);
    body["private_address"] = ipv4_text(it->second.address);
  }
  body["address"] = address;
  body["port"] = self.second;
  body["target_groups"] = groups_with(world, self);
  body["method"] = request.method;
  body["target"] = request.target;
  for (const auto& header : request.headers)
    body["headers"][header.name] = header.value;
  body["body_bytes"] = request.body.size();
  return body.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace albatross::sim
