#include "orchestrator/spec/checks.hpp"
#include "orchestrator/spec/suggest.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace albatross::spec {
namespace {

/// Elastic Load Balancing, quotas and limits of a rule.
constexpr std::size_t most_condition_values = 5;
constexpr std::size_t most_wildcards = 6;
constexpr std::size_t most_groups = 5;

std::string rule_path(const RuleSpec& rule) {
  return "load_balancer.rules." + rule.name;
}

/// Everything of a route that may hold wildcards; methods and addresses may not.
std::vector<std::string> patterns_of(const RouteSpec& route) {
  std::vector<std::string> out = route.paths;
  out.insert(out.end(), route.hosts.begin(), route.hosts.end());
  for (const auto* map : {&route.headers, &route.query})
    for (const auto& [name, values] : *map)
      out.insert(out.end(), values.begin(), values.end());
  return out;
}

std::size_t wildcards(const std::vector<std::string>& patterns) {
  std::size_t count = 0;
  for (const auto& pattern : patterns)
    for (const char c : pattern)
      count += c == '*' || c == '?' ? 1 : 0;
  return count;
}

constexpr std::array conditions = {"paths", "hosts", "methods", "headers", "query", "source_ips"};

bool has_conditions(const std::string& path, const Reading& reading) {
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](const char* member) { return reading.given(join_path(path, member)); });
}

bool conditions_sound(const std::string& path, const Reading& reading) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const char* member) { return reading.sound(join_path(path, member)); });
}

void check_limits(const RouteSpec& route, const std::string& path, Reading& reading) {
  if (!conditions_sound(path, reading)) return;
  if (reading.given(path) && !has_conditions(path, reading))
    reading.complain_about(path, path +
                                     " names no request; expected paths, hosts, methods, "
                                     "headers, query or source_ips");
  const auto patterns = patterns_of(route);
  const auto values = patterns.size() + route.methods.size() + route.source_ips.size();
  if (values > most_condition_values)
    reading.complain_about(path, path + " has " + std::to_string(values) +
                                     " values in its conditions; expected at most 5 in all, * and "
                                     "? can stand for several");
  const auto wild = wildcards(patterns);
  if (wild > most_wildcards)
    reading.complain_about(
        path, path + " has " + std::to_string(wild) + " wildcards; expected at most 6 in all");
}

/// Where a priority is, and whose it is.
struct Placed {
  std::string path;
  std::string owner;
  int priority = 0;
};

void check_priorities(const Stack& stack, Reading& reading) {
  std::vector<Placed> seen;
  const auto check = [&](const std::string& owner, const std::string& path, int priority) {
    if (!reading.given(path) || !reading.sound(path)) return;
    const auto other = std::find_if(seen.begin(), seen.end(), [&](const Placed& earlier) {
      return earlier.priority == priority;
    });
    if (other != seen.end())
      reading.complain_about(path, path + " is " + std::to_string(priority) + ", which " +
                                       other->owner + " has; expected a priority of its own");
    seen.push_back({path, owner, priority});
  };
  for (const auto& service : stack.services)
    check("service '" + service.name + "'", service_path(service, "route.priority"),
          service.route.priority);
  for (const auto& rule : stack.load_balancer.rules)
    check("rule '" + rule.name + "'", rule_path(rule) + ".priority", rule.route.priority);
}

void check_one_action(const std::vector<std::string>& members, const std::string& path,
                      Reading& reading) {
  std::string first;
  for (const auto& member : members) {
    const std::string inner = join_path(path, member);
    if (!reading.given(inner)) continue;
    if (!first.empty())
      return reading.complain_about(inner,
                                    inner + " stands beside " + first + "; expected one of them");
    first = member;
  }
}

void check_forward(const Stack& stack, const ActionSpec& action, const std::string& path,
                   Reading& reading) {
  const std::string member = join_path(path, "forward");
  const bool known = reading.given(member) && reading.sound(member) && reading.sound("services");
  if (!known) return;
  int sum = 0;
  for (const auto& share : action.forward) {
    const bool one = reading.find(member)->is(Value::Kind::scalar);
    check_service_name(stack, share.service, one ? member : join_path(member, share.service),
                       reading);
    sum += share.weight;
  }
  if (action.forward.size() > most_groups)
    reading.complain_about(member, member + " has " + std::to_string(action.forward.size()) +
                                       " services; expected at most 5");
  if (sum == 0 && reading.sound(member))
    reading.complain_about(member, member +
                                       " sends nothing anywhere; expected a service with a "
                                       "weight above 0");
}

void check_sticky(const ActionSpec& action, const std::string& path, Reading& reading) {
  const std::string member = join_path(path, "stickiness");
  if (!reading.given(member) || action.forward.size() > 1) return;
  reading.complain_about(member, member +
                                     " is for forward to several services; expected forward "
                                     "with the weight of each");
}

void check_redirect(const Stack& stack, const ActionSpec& action, const std::string& path,
                    Reading& reading) {
  const std::string member = join_path(path, "redirect");
  if (!reading.given(member) || !reading.sound(member)) return;
  const RedirectSpec same;
  const auto& to = action.redirect;
  if (to.protocol == same.protocol && to.port == same.port && to.host == same.host &&
      to.path == same.path)
    return reading.complain_about(member, member +
                                              " leads back to where the request was; expected "
                                              "another protocol, port, host or path");
  const auto& all = stack.load_balancer.listeners;
  const bool https = std::any_of(all.begin(), all.end(), [](const ListenerSpec& listener) {
    return listener.protocol == "HTTPS";
  });
  if (reading.find(member)->is(Value::Kind::scalar) && !https &&
      stack.load_balancer.existing.empty())
    reading.complain_about(member, member +
                                       " is 'https', but no listener speaks it; expected one "
                                       "with protocol: HTTPS and a certificate");
}

void check_rule_listeners(const Stack& stack, const RuleSpec& rule, Reading& reading) {
  const auto& all = stack.load_balancer.listeners;
  for (std::size_t i = 0; i < rule.listeners.size(); ++i) {
    const std::string path = item_path(rule_path(rule) + ".listeners", i);
    const bool known = std::any_of(all.begin(), all.end(), [&](const ListenerSpec& listener) {
      return listener.port == rule.listeners[i];
    });
    if (known || !reading.sound(path) || !reading.sound("load_balancer.listeners")) continue;
    reading.complain_about(path, path + " is " + std::to_string(rule.listeners[i]) +
                                     ", but no listener has that port");
  }
}

void check_rule(const Stack& stack, const RuleSpec& rule, Reading& reading) {
  const std::string path = rule_path(rule);
  check_limits(rule.route, path, reading);
  check_action(stack, rule.action, path, {}, reading);
  check_rule_listeners(stack, rule, reading);
  if (!reading.sound(path)) return;
  const bool acts = reading.given(path + ".forward") || reading.given(path + ".redirect") ||
                    reading.given(path + ".fixed_response");
  if (!acts)
    reading.complain_about(path, path +
                                     " does nothing; expected forward, redirect or "
                                     "fixed_response");
  if (stack.service(rule.name) != nullptr)
    reading.complain_about(path, path + " has the name of a service; expected a name of its own");
}

}  // namespace

void check_service_name(const Stack& stack, const std::string& name, const std::string& path,
                        Reading& reading) {
  if (stack.service(name) != nullptr) return;
  std::vector<std::string> names;
  for (const auto& service : stack.services)
    names.push_back(service.name);
  const std::string expected = names.empty() ? "a service of this file, which has none"
                                             : "one of the services: " + one_of(names);
  reading.complain_about(
      path, path + " is '" + name + "'; expected " + expected + did_you_mean(name, names));
}

void check_action(const Stack& stack, const ActionSpec& action, const std::string& path,
                  std::vector<std::string> alternatives, Reading& reading) {
  for (const auto* member : {"forward", "redirect", "fixed_response"})
    alternatives.emplace_back(member);
  check_one_action(alternatives, path, reading);
  check_forward(stack, action, path, reading);
  check_sticky(action, path, reading);
  check_redirect(stack, action, path, reading);
}

void check_rules(const Stack& stack, Reading& reading) {
  for (const auto& service : stack.services)
    check_limits(service.route, service_path(service, "route"), reading);
  for (const auto& rule : stack.load_balancer.rules)
    check_rule(stack, rule, reading);
  check_priorities(stack, reading);
}

}  // namespace albatross::spec
