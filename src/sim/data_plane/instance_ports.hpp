#pragma once

#include "sim/data_plane/next_change.hpp"
#include "sim/world.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <utility>

/// What of an instance can be reached. Pure functions of the account.
namespace albatross::sim {

/// An instance's id and one of its ports.
using InstancePort = std::pair<std::string, std::uint16_t>;

/// The instance behind a target, by its id or its private address; null when there is none.
const Instance* instance_behind(const World& world, const Target& target);
/// The port that a target's health checks go to.
std::uint16_t health_check_port(const TargetGroup& group, const Target& target);

/// What listens now: on every instance that has booted, the ports that target groups send to and
/// the TCP ports that its security groups name one by one, but for those that were stopped and for
/// SSH, which is no HTTP.
std::set<InstancePort> listening_ports(const World& world, NextChange& next);

/// What an instance answers: who it is, and what it was asked.
std::string instance_body(const World& world, const InstancePort& self, const std::string& address,
                          const http::Request& request);

}  // namespace albatross::sim
