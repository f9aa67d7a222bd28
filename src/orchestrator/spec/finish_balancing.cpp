#include "albatross/orchestrator/names.hpp"

#include "orchestrator/spec/finish.hpp"

#include <algorithm>

namespace albatross::spec {
namespace {

using Type = ActionSpec::Type;

void settle_load_balancer(Stack& stack, const Reading& reading) {
  auto& balancer = stack.load_balancer;
  if (!balancer.enabled) return;
  if (!reading.given("load_balancer.name")) {
    // AWS keeps names that start with internal- for itself.
    const std::string prefix = stack.name.starts_with("internal-") ? "lb-" : "";
    balancer.name = fit_name(prefix + stack.name + "-alb", load_balancer_name_limit);
  }
  if (!reading.given("load_balancer.listeners")) balancer.listeners = {ListenerSpec{}};
  if (balancer.ip_address_type == "dualstack" && !reading.given("load_balancer.allow_from"))
    balancer.allow_from.emplace_back("::/0");
}

void settle_health(ServiceSpec& service, const Reading& reading) {
  const std::string path = "services." + service.name + ".health.";
  auto& check = service.health_check;
  if (!reading.given(path + "protocol")) check.protocol = service.protocol;
  if (service.protocol_version != "GRPC") return;
  if (!reading.given(path + "path")) check.path = "/AWS.ALB/healthcheck";
  if (!reading.given(path + "grpc_codes")) check.codes = "12";
}

void settle_stickiness(ServiceSpec& service, const Reading& reading) {
  auto& stickiness = service.attributes.stickiness;
  const bool given = reading.given("services." + service.name + ".stickiness");
  if (given && stickiness.type.empty())
    stickiness.type = stickiness.cookie_name.empty() ? "lb_cookie" : "app_cookie";
}

void settle_port(ListenerSpec& listener, const std::string& path, const Reading& reading) {
  const bool port = reading.given(join_path(path, "port"));
  if (listener.protocol == "HTTPS" && !port) listener.port = 443;
  // What an existing listener speaks is known by its port, as a rule.
  const bool protocol = reading.given(join_path(path, "protocol"));
  if (listener.existing && !protocol && listener.port == 443) listener.protocol = "HTTPS";
}

void settle_default(Stack& stack, ListenerSpec& listener, const std::string& path,
                    const Reading& reading) {
  auto& action = listener.default_action;
  const auto& services = stack.services;
  const auto given = [&](const char* member) { return reading.given(join_path(path, member)); };
  const bool decided = given("default_service") || given("forward") || given("redirect") ||
                       given("fixed_response") || listener.existing;
  const auto unrouted = std::find_if(services.begin(), services.end(),
                                     [](const ServiceSpec& s) { return s.route.empty(); });
  const auto chosen = unrouted != services.end() ? unrouted : services.begin();
  if (!decided && chosen != services.end()) listener.default_service = chosen->name;
  const bool one = action.type == Type::forward && action.forward.size() == 1;
  if (!listener.default_service.empty()) {
    action.forward = {{listener.default_service, 1}};
  } else if (one) {
    listener.default_service = action.forward.front().service;
  }
}

/// Where HTTPS is: the port of the first listener that speaks it.
std::string https_port(const Stack& stack) {
  for (const auto& listener : stack.load_balancer.listeners)
    if (listener.protocol == "HTTPS") return std::to_string(listener.port);
  return "443";
}

void settle_redirect(ActionSpec& action, const std::string& path, const Stack& stack,
                     const Reading& reading) {
  auto& redirect = action.redirect;
  const std::string member = join_path(path, "redirect");
  const bool port = reading.given(join_path(member, "port"));
  if (action.type != Type::redirect || port || !redirect.port.starts_with('#')) return;
  if (redirect.protocol == "HTTPS") redirect.port = https_port(stack);
  if (redirect.protocol == "HTTP") redirect.port = "80";
}

}  // namespace

void settle_balancing(Stack& stack, const Reading& reading) {
  settle_load_balancer(stack, reading);
  for (auto& service : stack.services) {
    settle_health(service, reading);
    settle_stickiness(service, reading);
  }
  auto& listeners = stack.load_balancer.listeners;
  const auto path = [](std::size_t i) { return item_path("load_balancer.listeners", i); };
  for (std::size_t i = 0; i < listeners.size(); ++i)
    settle_port(listeners[i], path(i), reading);
  for (std::size_t i = 0; i < listeners.size(); ++i) {
    settle_default(stack, listeners[i], path(i), reading);
    settle_redirect(listeners[i].default_action, path(i), stack, reading);
  }
  for (auto& rule : stack.load_balancer.rules)
    settle_redirect(rule.action, "load_balancer.rules." + rule.name, stack, reading);
}

}  // namespace albatross::spec
