#include "orchestrator/spec/checks.hpp"

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
constexpr std::size_t most_certificates = 26;

constexpr auto listeners = "load_balancer.listeners";

std::string listener_path(std::size_t index, const std::string& member) {
  return join_path(item_path(listeners, index), member);
}

void check_https(const Stack& stack, std::size_t index, Reading& reading) {
  const auto& listener = stack.load_balancer.listeners[index];
  const std::string certificate = listener_path(index, "certificate");
  if (!reading.sound(listener_path(index, "protocol")) || listener.existing) return;
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

/// A certificate of ACM serves its own region only; empty: it is not ACM's.
std::string region_of(std::string_view arn) {
  const auto service = arn.find(":acm:");
  if (service == std::string_view::npos) return {};
  arn.remove_prefix(service + 5);
  return std::string(arn.substr(0, arn.find(':')));
}

void check_certificates(const Stack& stack, std::size_t index, Reading& reading) {
  const std::string path = listener_path(index, "certificate");
  const auto& arns = stack.load_balancer.listeners[index].certificates;
  if (!reading.sound(path)) return;
  for (const auto& arn : arns) {
    const std::string region = region_of(arn);
    const bool foreign = !stack.region.empty() && !region.empty() && region != stack.region;
    if (foreign && reading.sound("region"))
      return reading.complain_about(
          path,
          path + " is of " + region + "; expected one of the stack's region, " + stack.region);
  }
  each_repeated(arns, [&](std::size_t second, std::size_t) {
    reading.complain_about(path, path + " has " + arns[second] + " twice");
  });
  if (arns.size() > most_certificates)
    reading.complain_about(path, path + " has " + std::to_string(arns.size()) +
                                     " certificates; expected at most 26: the default one and 25 "
                                     "more");
}

void check_default(const Stack& stack, std::size_t index, Reading& reading) {
  const auto& listener = stack.load_balancer.listeners[index];
  const std::string path = listener_path(index, "default_service");
  if (reading.given(path) && reading.sound(path) && reading.sound("services"))
    check_service_name(stack, listener.default_service, path, reading);
  check_action(stack, listener.default_action, item_path(listeners, index), {"default_service"},
               reading);
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

/// With a misspelt name one cannot tell which services no request reaches.
bool ways_known(const Stack& stack, const Reading& reading) {
  for (std::size_t i = 0; i < stack.load_balancer.listeners.size(); ++i)
    for (const auto* member : {"default_service", "forward", "redirect", "fixed_response"})
      if (!reading.sound(listener_path(i, member))) return false;
  for (const auto& rule : stack.load_balancer.rules)
    for (const auto& share : rule.action.forward)
      if (stack.service(share.service) == nullptr) return false;
  return reading.sound(listeners) && reading.sound("load_balancer.rules");
}

/// Routes and rules that no listener would ask.
void check_rules_asked(const Stack& stack, Reading& reading) {
  const auto& all = stack.load_balancer.listeners;
  const bool asked = std::any_of(
      all.begin(), all.end(), [](const ListenerSpec& listener) { return listener.takes_rules(); });
  if (asked || !reading.sound(listeners)) return;
  for (const auto& service : stack.services)
    if (!service.route.empty())
      return reading.complain_about(
          listeners, "every listener redirects everything, so no request gets to " +
                         service_path(service, "route") + "; expected another listener");
}

void check_reachable(const Stack& stack, Reading& reading) {
  const auto& all = stack.load_balancer.listeners;
  if (!ways_known(stack, reading)) return;
  for (const auto& service : stack.services) {
    const bool is_default = std::any_of(all.begin(), all.end(), [&](const ListenerSpec& listener) {
      return listener.default_action.leads_to(service.name);
    });
    const auto& rules = stack.load_balancer.rules;
    const bool has_rule = std::any_of(rules.begin(), rules.end(), [&](const RuleSpec& rule) {
      return rule.action.leads_to(service.name);
    });
    const std::string path = "services." + service.name;
    if (is_default || has_rule || !service.route.empty() || !reading.sound(path) ||
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

std::size_t rules_of(const Stack& stack) {
  std::size_t count = 0;
  for (const auto& listener : stack.load_balancer.listeners) {
    for (const auto& service : stack.services)
      count += listener.takes_rules() && !service.route.empty() ? 1 : 0;
    for (const auto& rule : stack.load_balancer.rules)
      count += rule.is_for(listener) ? 1 : 0;
  }
  return count;
}

void check_quotas(const Stack& stack, Reading& reading) {
  const auto& balancer = stack.load_balancer;
  const auto services = stack.services.size();
  check_quota(balancer.listeners.size(), most_listeners, listeners, "listeners", reading);
  check_quota(services, most_target_groups, "services", "services", reading);
  check_quota(rules_of(stack), most_rules, "services", "rules (routes times listeners)", reading);
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
    check_certificates(stack, i, reading);
    check_default(stack, i, reading);
  }
  check_listener_ports(stack, reading);
  if (!stack.load_balancer.enabled) return;
  if (stack.services.empty() && reading.sound("services"))
    reading.complain_about(reading.given("services") ? "services" : "load_balancer",
                           "the load balancer has no service to send requests to; expected at "
                           "least one under services");
  check_rules_asked(stack, reading);
  check_reachable(stack, reading);
  check_quotas(stack, reading);
}

}  // namespace albatross::spec
