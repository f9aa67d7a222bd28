#include "orchestrator/spec/checks.hpp"
#include "orchestrator/spec/formats.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace albatross::spec {
namespace {

void check_ports(const Stack& stack, Reading& reading) {
  for (std::size_t i = 0; i < stack.services.size(); ++i) {
    const auto& service = stack.services[i];
    const std::string path = service_path(service, "port");
    if (!reading.given(path) || !reading.sound(path)) continue;
    for (std::size_t before = 0; before < i; ++before) {
      const auto& other = stack.services[before];
      if (other.port != service.port || !reading.given(service_path(other, "port")) ||
          !reading.sound(service_path(other, "port")))
        continue;
      reading.complain_about(path, path + " is " + std::to_string(service.port) +
                                       ", which service '" + other.name +
                                       "' has; expected a port of its own");
      break;
    }
  }
}

void check_health(const ServiceSpec& service, Reading& reading) {
  const auto& check = service.health_check;
  const std::string timeout = service_path(service, "health.timeout");
  const std::string interval = service_path(service, "health.interval");
  if (!reading.sound(timeout) || !reading.sound(interval) || check.timeout < check.interval) return;
  const bool own = reading.given(timeout);
  reading.complain_about(
      own ? timeout : interval,
      timeout + " is " + format_duration(check.timeout) + (own ? "" : " by default") +
          "; expected less than the interval, which is " + format_duration(check.interval));
}

bool leads_here(const Stack& stack, const ListenerSpec& listener, const ServiceSpec& service) {
  const auto& rules = stack.load_balancer.rules;
  if (listener.default_action.leads_to(service.name)) return true;
  if (!listener.takes_rules()) return false;
  return !service.route.empty() ||
         std::any_of(rules.begin(), rules.end(),
                     [&](const RuleSpec& rule) { return rule.action.leads_to(service.name); });
}

void check_grpc(const Stack& stack, const ServiceSpec& service, Reading& reading) {
  const bool grpc = service.protocol_version == "GRPC";
  const std::string codes = service_path(service, grpc ? "health.codes" : "health.grpc_codes");
  if (reading.given(codes))
    reading.complain_about(codes, codes + (grpc ? " are HTTP's, but the service speaks gRPC; "
                                                  "expected grpc_codes"
                                                : " are for protocol_version: GRPC; expected "
                                                  "codes"));
  if (service.protocol_version == "HTTP1") return;
  const std::string path = service_path(service, "protocol_version");
  for (const auto& listener : stack.load_balancer.listeners) {
    if (listener.protocol != "HTTP" || !leads_here(stack, listener, service)) continue;
    return reading.complain_about(path, path + " is '" + service.protocol_version +
                                            "', which needs HTTPS, but the listener on port " +
                                            std::to_string(listener.port) +
                                            " speaks HTTP; expected HTTPS listeners only");
  }
}

void check_stickiness(const ServiceSpec& service, Reading& reading) {
  const auto& stickiness = service.attributes.stickiness;
  const std::string path = service_path(service, "stickiness");
  if (!reading.sound(path)) return;
  const std::string cookie = path + ".cookie_name";
  if (stickiness.type == "app_cookie" && stickiness.cookie_name.empty())
    reading.complain_about(cookie, cookie + " is missing; app_cookie expects the name of a cookie");
  if (stickiness.type == "lb_cookie" && reading.given(cookie))
    reading.complain_about(cookie, cookie + " is for app_cookie; the load balancer names its own");
}

void check_algorithm(const ServiceSpec& service, Reading& reading) {
  const auto& attributes = service.attributes;
  const std::string algorithm = attributes.algorithm.value_or("round_robin");
  const std::string slow = service_path(service, "slow_start");
  const auto start = attributes.slow_start.value_or(std::chrono::seconds{0});
  if (start.count() > 0 && start.count() < 30)
    reading.complain_about(slow,
                           slow + " is " + format_duration(start) + "; expected 0s or 30s to 15m");
  if (start.count() > 0 && algorithm != "round_robin" && reading.sound(slow))
    reading.complain_about(slow, slow + " does not go with " + algorithm +
                                     "; expected algorithm: round_robin with it");
  const std::string anomaly = service_path(service, "anomaly_mitigation");
  if (attributes.anomaly_mitigation.value_or(false) && algorithm != "weighted_random")
    reading.complain_about(anomaly, anomaly + " does not go with " + algorithm +
                                        "; expected algorithm: weighted_random with it");
}

bool same_but_for_paths(const RouteSpec& a, const RouteSpec& b) {
  return a.hosts == b.hosts && a.methods == b.methods && a.headers == b.headers &&
         a.query == b.query && a.source_ips == b.source_ips;
}

/// A path that leads to an earlier service under the same conditions never leads here.
void check_shadowed(const Stack& stack, std::size_t index, Reading& reading) {
  const auto& route = stack.services[index].route;
  for (std::size_t p = 0; p < route.paths.size(); ++p)
    for (std::size_t before = 0; before < index; ++before) {
      const auto& other = stack.services[before];
      const auto& paths = other.route.paths;
      const bool same = same_but_for_paths(other.route, route) &&
                        std::find(paths.begin(), paths.end(), route.paths[p]) != paths.end();
      const std::string path = item_path(service_path(stack.services[index], "route.paths"), p);
      if (!same || !reading.sound(path)) continue;
      reading.complain_about(path, path + " is '" + route.paths[p] + "', which leads to service '" +
                                       other.name + "' already; expected a path of its own");
    }
}

}  // namespace

std::string service_path(const ServiceSpec& service, const std::string& member) {
  return "services." + service.name + "." + member;
}

void check_services(const Stack& stack, Reading& reading) {
  check_ports(stack, reading);
  for (const auto& service : stack.services) {
    check_health(service, reading);
    check_grpc(stack, service, reading);
    check_stickiness(service, reading);
    check_algorithm(service, reading);
  }
  for (std::size_t i = 0; i < stack.services.size(); ++i)
    check_shadowed(stack, i, reading);
}

}  // namespace albatross::spec
