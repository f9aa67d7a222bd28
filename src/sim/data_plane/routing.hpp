#pragma once

#include "sim/data_plane/http_server.hpp"
#include "sim/world.hpp"

#include <cstdint>
#include <functional>
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

Inbound read_inbound(const http::Request& request, const Peer& peer, int port);

/// Whether this load balancer takes requests now.
bool is_serving(const LoadBalancer& balancer, TimePoint now);
/// The listener that a request to that port, host name and protocol is for. A name that is no load
/// balancer's (a domain of one's own) gets the port's first; a load balancer's name that does not
/// exist here gets none.
const Listener* find_listener(const World& world, int port, const std::string& host, bool tls,
                              TimePoint now);
/// Whether its security groups let anybody in at that port.
bool admits(const World& world, const LoadBalancer& balancer, int port);

/// Whether every condition holds.
bool matches(const std::vector<RuleCondition>& conditions, const Inbound& request);
/// The action of the first rule, by priority, that matches; the default rule's if none does.
const ListenerAction& choose_action(const World& world, const Listener& listener,
                                    const Inbound& request);
/// Where a redirect leads: its placeholders filled in.
/// `served_at` maps a port of the account to the port of this machine (0: not served), for
/// redirects to the load balancer itself.
std::string redirect_location(const ListenerAction& action, const Inbound& request,
                              const std::function<int(int)>& served_at = {});
/// The target group for this turn: `turn` counts requests, weights share them out evenly.
const TargetGroup* choose_group(const World& world, const ListenerAction& action,
                                std::uint64_t turn);
/// Healthy targets, or all that are in use when none is healthy (a load balancer fails open).
std::vector<const Target*> eligible_targets(const World& world, const TargetGroup& group,
                                            TimePoint now);

}  // namespace albatross::sim
