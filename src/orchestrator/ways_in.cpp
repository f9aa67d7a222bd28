#include "orchestrator/ways_in.hpp"

#include <algorithm>

namespace albatross {
namespace {

/// The part of a path pattern before its first wildcard.
std::string literal_front(const std::string& pattern) {
  return pattern.substr(0, pattern.find_first_of("*?"));
}

/// The conditions under which requests come to the service: its route, or those of a rule.
const RouteSpec* conditions_of(const Stack& stack, const ServiceSpec& service) {
  if (!service.route.empty()) return &service.route;
  for (const RuleSpec& rule : stack.load_balancer.rules) {
    if (rule.action.leads_to(service.name)) return &rule.route;
  }
  return &service.route;
}

}  // namespace

WayIn way_in(const Stack& stack, const ServiceSpec& service) {
  const auto& listeners = stack.load_balancer.listeners;
  WayIn out;
  for (const ListenerSpec& listener : listeners) {
    if (!listener.default_action.leads_to(service.name)) continue;
    out.listener = &listener;
    return out;
  }
  const auto asked = std::find_if(listeners.begin(), listeners.end(),
                                  [](const ListenerSpec& one) { return one.takes_rules(); });
  out.listener = asked == listeners.end() ? &listeners.front() : &*asked;
  const RouteSpec& route = *conditions_of(stack, service);
  const auto& hosts = route.hosts;
  const bool named = !hosts.empty() && hosts.front().find_first_of("*?") == std::string::npos;
  if (named) out.host = hosts.front();
  if (!route.paths.empty()) out.path = literal_front(route.paths.front());
  return out;
}

std::string origin_of(const ListenerSpec& listener, const std::string& host) {
  const bool tls = listener.protocol == "HTTPS";
  const bool usual = listener.port == (tls ? 443 : 80);
  return (tls ? "https://" : "http://") + host + (usual ? "" : ":" + std::to_string(listener.port));
}

}  // namespace albatross
