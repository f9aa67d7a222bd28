#include "orchestrator/spec/checks.hpp"
#include "orchestrator/spec/suggest.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::spec {
namespace {

/// Quotas of Elastic Load Balancing and of VPC security groups, as every account has them.
constexpr std::size_t most_listeners = 50;
constexpr std::size_t most_target_groups = 100;
constexpr std::size_t most_rules = 100;
constexpr std::size_t most_targets = 1000;
constexpr std::size_t most_group_rules = 60;

constexpr auto listeners = "load_balancer.listeners";

std::string listener_path(std::size_t index, const std::string& member) {
  return join_path(item_path(listeners, index), member);
}

void check_https(const Stack& stack, std::size_t index, Reading& reading) {
  const auto& listener = stack.load_balancer.listeners[index];
  const std::string certificate = listener_path(index, "certificate");
  if (!reading.sound(listener_path(index, "protocol"))) return;
  const bool https = listener.protocol == "HTTPS";
  if (https && !reading.given(certificate))
    reading.complain_about(listener_path(index, "protocol"),
                           certificate + " is missing; HTTPS expects a certificate's ARN");
  for (const auto* member : {"certificate", "ssl_policy"}) {
    const std::string path = listener_path(index, member);
    if (!https && reading.given(path))
      reading.complain_about(path, path +
                                       " is for HTTPS, but this listener's protocol is HTTP; "
                                       "expected protocol: HTTPS with it");
  }
}

/// A certificate of ACM serves its own region only.
void check_certificate_region(const Stack& stack, std::size_t index, Reading& reading) {
  const std::string path = listener_path(index, "certificate");
  std::string_view arn = stack.load_balancer.listeners[index].certificate_arn;
  const auto service = arn.find(":acm:");
  if (stack.region.empty() || service == std::string_view::npos || !reading.sound(path) ||
      !reading.sound("region"))
    return;
  arn.remove_prefix(service + 5);
  const auto region = arn.substr(0, arn.find(':'));
  if (region != stack.region)
    reading.complain_about(path, path + " is of " + std::string(region) +
                                     "; expected one of the stack's region, " + stack.region);
}

void check_default_service(const Stack& stack, std::size_t index, Reading& reading) {
  const auto& name = stack.load_balancer.listeners[index].default_service;
  const std::string path = listener_path(index, "default_service");
  if (!reading.given(path) || !reading.sound(path) || !reading.sound("services")) return;
  if (stack.service(name) != nullptr) return;
  std::vector<std::string> names;
  for (const auto& service : stack.services)
    names.push_back(service.name);
  const std::string expected = names.empty() ? "a service of this file, which has none"
                                             : "one of the services: " + one_of(names);
  reading.complain_about(
      path, path + " is '" + name + "'; expected " + expected + did_you_mean(name, names));
}

void check_listener_ports(const Stack& stack, Reading& reading) {
  std::vector<int> ports;
  for (const auto& listener : stack.load_balancer.listeners)
    ports.push_back(listener.port);
  each_repeated(ports, [&](std::size_t second, std::size_t first) {
    const std::string path = listener_path(second, "port");
    if (!reading.sound(path) || !reading.sound(listener_path(first, "port"))) return;
    reading.complain_about(path, path + " is " + std::to_string(ports[second]) +
                                     ", which another listener has; expected a port of its own");
  });
}

/// With a misspelt default_service one cannot tell which services no request reaches.
bool defaults_known(const Stack& stack, const Reading& reading) {
  for (std::size_t i = 0; i < stack.load_balancer.listeners.size(); ++i)
    if (!reading.sound(listener_path(i, "default_service"))) return false;
  return reading.sound(listeners);
}

void check_reachable(const Stack& stack, Reading& reading) {
  const auto& all = stack.load_balancer.listeners;
  if (!defaults_known(stack, reading)) return;
  for (const auto& service : stack.services) {
    const bool is_default = std::any_of(all.begin(), all.end(), [&](const ListenerSpec& listener) {
      return listener.default_service == service.name;
    });
    const std::string path = "services." + service.name;
    if (is_default || !service.route.empty() || !reading.sound(path) ||
        reading.given(path + ".route"))
      continue;
    reading.complain_about(path, path +
                                     " gets no request from the load balancer; expected "
                                     "route.paths or route.hosts, or a listener whose "
                                     "default_service it is");
  }
}

void check_quota(std::size_t found, std::size_t most, const std::string& path,
                 const std::string& what, Reading& reading) {
  if (found <= most) return;
  reading.complain_about(path, std::to_string(found) + " " + what + "; expected at most " +
                                   std::to_string(most) + " for one load balancer");
}

void check_quotas(const Stack& stack, Reading& reading) {
  const auto& balancer = stack.load_balancer;
  const auto services = stack.services.size();
  const auto routed = static_cast<std::size_t>(
      std::count_if(stack.services.begin(), stack.services.end(),
                    [](const ServiceSpec& s) { return !s.route.empty(); }));
  check_quota(balancer.listeners.size(), most_listeners, listeners, "listeners", reading);
  check_quota(services, most_target_groups, "services", "services", reading);
  check_quota(routed * balancer.listeners.size(), most_rules, "services",
              "rules (routes times listeners)", reading);
  if (reading.sound("instances.count"))
    check_quota(services * static_cast<std::size_t>(stack.instances.count), most_targets,
                "instances.count", "targets (instances times services)", reading);
  check_quota(balancer.allow_from.size() * balancer.listeners.size(), most_group_rules,
              "load_balancer.allow_from", "rules of its security group (blocks times listeners)",
              reading);
}

}  // namespace

void check_load_balancer(const Stack& stack, Reading& reading) {
  if (!reading.sound("load_balancer")) return;
  for (std::size_t i = 0; i < stack.load_balancer.listeners.size(); ++i) {
    check_https(stack, i, reading);
    check_certificate_region(stack, i, reading);
    check_default_service(stack, i, reading);
  }
  check_listener_ports(stack, reading);
  if (!stack.load_balancer.enabled) return;
  if (stack.services.empty() && reading.sound("services"))
    reading.complain_about(reading.given("services") ? "services" : "load_balancer",
                           "the load balancer has no service to send requests to; expected at "
                           "least one under services");
  check_reachable(stack, reading);
  check_quotas(stack, reading);
}

}  // namespace albatross::spec
