#include "orchestrator/results.hpp"

#include <algorithm>

namespace albatross {
namespace {

std::string origin(const ListenerSpec& listener, const std::string& host) {
  const bool tls = listener.protocol == "HTTPS";
  const bool usual = listener.port == (tls ? 443 : 80);
  return (tls ? "https://" : "http://") + host + (usual ? "" : ":" + std::to_string(listener.port));
}

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

std::string balanced_url(const Stack& stack, const ServiceSpec& service, const std::string& dns) {
  const auto& listeners = stack.load_balancer.listeners;
  for (const ListenerSpec& listener : listeners) {
    if (listener.default_action.leads_to(service.name)) return origin(listener, dns) + "/";
  }
  const auto asked = std::find_if(listeners.begin(), listeners.end(),
                                  [](const ListenerSpec& one) { return one.takes_rules(); });
  const ListenerSpec& listener = asked == listeners.end() ? listeners.front() : *asked;
  const RouteSpec& route = *conditions_of(stack, service);
  const auto& hosts = route.hosts;
  const bool named = !hosts.empty() && hosts.front().find_first_of("*?") == std::string::npos;
  const std::string path = route.paths.empty() ? "/" : literal_front(route.paths.front());
  return origin(listener, named ? hosts.front() : dns) + path;
}

std::vector<std::string> direct_urls(const ServiceSpec& service,
                                     const std::vector<ResourceRecord>& resources) {
  std::vector<std::string> out;
  for (const ResourceRecord& record : resources) {
    if (record.kind != "instance") continue;
    const std::string& visible = record.output("public_ip");
    const std::string& address = visible.empty() ? record.output("private_ip") : visible;
    out.push_back("http://" + address + ":" + std::to_string(service.port) + "/");
  }
  return out;
}

}  // namespace

Properties stack_outputs(const Stack& stack, const std::vector<ResourceRecord>& resources) {
  Properties out;
  const auto balancer =
      std::find_if(resources.begin(), resources.end(),
                   [](const ResourceRecord& record) { return record.node == "load_balancer"; });
  const bool balanced = stack.load_balancer.enabled && balancer != resources.end();
  if (balanced) out["dns_name"] = balancer->output("dns_name");
  for (const ServiceSpec& service : stack.services) {
    if (balanced) {
      out["url." + service.name] = balanced_url(stack, service, balancer->output("dns_name"));
    } else {
      out["url." + service.name] = direct_urls(service, resources);
    }
  }
  return out;
}

}  // namespace albatross
