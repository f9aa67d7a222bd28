#pragma once

#include "sim/world.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a load balancer decides about a request. Pure functions of the account and the request.
namespace albatross::sim {

/// A request as the rules see it.
struct Inbound {
  std::string method;
  std::string host;  // without the port
  int port = 80;
  bool tls = false;
  std::string path;   // as sent
  std::string query;  // as sent, without '?'
  std::vector<std::pair<std::string, std::string>> headers;
  std::uint32_t source = 0;
};

Inbound read_inbound(const http::Request& request, std::uint32_t source, int port, bool tls);

/// Whether every condition holds.
bool matches(const std::vector<RuleCondition>& conditions, const Inbound& request);
/// The action of the first rule, by priority, that matches; the default rule's if none does.
const ListenerAction& choose_action(const World& world, const Listener& listener,
                                    const Inbound& request);
/// Where a redirect leads: its placeholders filled in.
std::string redirect_location(const ListenerAction& action, const Inbound& request);
/// The target group for this turn: `turn` counts requests, weights share them out evenly.
const TargetGroup* choose_group(const World& world, const ListenerAction& action,
                                std::uint64_t turn);
/// Healthy targets, or all that are in use when none is healthy (a load balancer fails open).
std::vector<const Target*> eligible_targets(const World& world, const TargetGroup& group,
                                            TimePoint now);

}  // namespace albatross::sim
