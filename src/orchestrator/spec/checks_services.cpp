#include "orchestrator/spec/checks.hpp"
#include "orchestrator/spec/formats.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace albatross::spec {
namespace {

/// Elastic Load Balancing, quotas and limits of a rule.
constexpr std::size_t most_condition_values = 5;
constexpr std::size_t most_wildcards = 6;

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

std::size_t wildcards(const std::vector<std::string>& patterns) {
  std::size_t count = 0;
  for (const auto& pattern : patterns)
    for (const char c : pattern)
      count += c == '*' || c == '?' ? 1 : 0;
  return count;
}

void check_route_limits(const ServiceSpec& service, Reading& reading) {
  const auto& route = service.route;
  const std::string path = service_path(service, "route");
  if (!reading.sound(path)) return;
  if (reading.given(path) && !reading.given(path + ".paths") && !reading.given(path + ".hosts"))
    reading.complain_about(path, path + " names no request; expected paths or hosts");
  const auto values = route.paths.size() + route.hosts.size();
  if (values > most_condition_values)
    reading.complain_about(path, path + " has " + std::to_string(values) +
                                     " paths and hosts; expected at most 5 in all, * and ? can "
                                     "stand for several");
  const auto wild = wildcards(route.paths) + wildcards(route.hosts);
  if (wild > most_wildcards)
    reading.complain_about(
        path, path + " has " + std::to_string(wild) + " wildcards; expected at most 6 in all");
}

void check_priorities(const Stack& stack, Reading& reading) {
  for (std::size_t i = 0; i < stack.services.size(); ++i) {
    const std::string path = service_path(stack.services[i], "route.priority");
    if (!reading.given(path) || !reading.sound(path)) continue;
    for (std::size_t before = 0; before < i; ++before) {
      const auto& other = stack.services[before];
      if (other.route.priority != stack.services[i].route.priority ||
          !reading.given(service_path(other, "route.priority")))
        continue;
      reading.complain_about(path, path + " is " + std::to_string(other.route.priority) +
                                       ", which service '" + other.name +
                                       "' has; expected a priority of its own");
      break;
    }
  }
}

/// A path that leads to an earlier service under the same hosts never leads here.
void check_shadowed(const Stack& stack, std::size_t index, Reading& reading) {
  const auto& route = stack.services[index].route;
  for (std::size_t p = 0; p < route.paths.size(); ++p)
    for (std::size_t before = 0; before < index; ++before) {
      const auto& other = stack.services[before];
      const auto& paths = other.route.paths;
      const bool same = other.route.hosts == route.hosts &&
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
  for (const auto& service : stack.services)
    check_health(service, reading);
}

void check_routes(const Stack& stack, Reading& reading) {
  for (const auto& service : stack.services)
    check_route_limits(service, reading);
  check_priorities(stack, reading);
  for (std::size_t i = 0; i < stack.services.size(); ++i)
    check_shadowed(stack, i, reading);
}

}  // namespace albatross::spec
