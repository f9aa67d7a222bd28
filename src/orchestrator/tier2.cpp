#include "orchestrator/tier2.hpp"

#include "albatross/orchestrator/names.hpp"

namespace albatross {

std::string target_group_name(const Stack& stack, const std::string& service) {
  return fit_name(stack.name + "-" + service, target_group_name_limit);
}

Graph build_graph(const Stack& stack, const Survey& survey, const StackIdentity& identity) {
  if (stack.load_balancer.enabled) return Tier2(stack, survey, identity).build();
  return Tier1(stack, survey, identity).build();
}

std::vector<Term> Tier2::service_clients() const {
  return {Ref{"security_group.alb"}};
}

Dependency Tier2::health_of(const std::string& service) {
  return {"health." + service, Milestone::ready};
}

std::vector<Dependency> Tier2::proofs_of_service() const {
  std::vector<Dependency> out{{"load_balancer", Milestone::ready}};
  for (const ServiceSpec& service : stack_.services)
    out.push_back(health_of(service.name));
  return out;
}

void Tier2::add_load_balancing() {
  add_load_balancer();
  for (const ServiceSpec& service : stack_.services)
    add_target_group(service);
  for (const ListenerSpec& listener : stack_.load_balancer.listeners)
    add_listener(listener);
  for (const ServiceSpec& service : stack_.services)
    add_service(service);
}

Node& Tier2::add2(std::string name, std::string kind, Step step, Inputs inputs) {
  Node& node = add(std::move(name), std::move(kind), step, std::move(inputs));
  node.tier = 2;
  return node;
}

void Tier2::add_load_balancer() {
  // The group and its rules are security groups like any other: they stay when the load balancer
  // is rolled back, so that a retry finds them.
  add_security_group("alb", "Load balancer");
  std::vector<Term> ports;
  for (const ListenerSpec& listener : stack_.load_balancer.listeners) {
    ports.emplace_back(std::to_string(listener.port));
  }
  const auto& from = stack_.load_balancer.allow_from;
  add_ingress("alb", std::move(ports), {from.begin(), from.end()}, "listeners");
  Node& balancer = add2("load_balancer", "load_balancer", Step::load_balancer,
                        {{"name", stack_.load_balancer.name},
                         {"scheme", stack_.load_balancer.scheme},
                         {"vpc_id", Ref{"vpc"}},
                         {"subnets", subnet_refs()},
                         {"security_groups", std::vector<Term>{Ref{"security_group.alb"}}}});
  balancer.handover = {{"security_groups"}, {Dependency{"ingress.alb"}}};
  // After the instances have ids, so that a failure always leaves instances to retry on.
  for (const std::string& instance : instance_nodes()) {
    balancer.after.push_back({instance, Milestone::created});
  }
  if (makes_network())
    balancer.after.push_back({"internet_gateway.attachment", Milestone::created});
}

void Tier2::add_target_group(const ServiceSpec& service) {
  const HealthCheckSpec& check = service.health_check;
  Node& group =
      add2("target_group." + service.name, "target_group", Step::target_groups,
           {{"name", target_group_name(stack_, service.name)},
            {"port", std::to_string(service.port)},
            {"vpc_id", Ref{"vpc"}},
            {"health_check.path", check.path},
            {"health_check.port", check.port == 0 ? "traffic-port" : std::to_string(check.port)},
            {"health_check.interval", std::to_string(check.interval.count())},
            {"health_check.timeout", std::to_string(check.timeout.count())},
            {"health_check.healthy_threshold", std::to_string(check.healthy_threshold)},
            {"health_check.unhealthy_threshold", std::to_string(check.unhealthy_threshold)},
            {"health_check.codes", check.codes}});
  // Removal goes target groups first, load balancer last.
  group.outlived_by.push_back("load_balancer");
  // AWS lets a target group serve one load balancer in its life.
  group.bound_to.push_back("load_balancer");
}

std::string Tier2::listener_node(const ListenerSpec& listener) const {
  const bool tls = listener.protocol == "HTTPS";
  const std::string name = tls ? "listener.https" : "listener.http";
  const bool usual = listener.port == (tls ? 443 : 80);
  return usual ? name : name + "." + std::to_string(listener.port);
}

std::string Tier2::rule_node(const ServiceSpec& service, std::size_t listener_index) const {
  const std::string name = "rule." + service.name;
  if (listener_index == 0) return name;
  return name + "." + std::to_string(stack_.load_balancer.listeners[listener_index].port);
}

void Tier2::add_listener(const ListenerSpec& listener) {
  Inputs inputs{{"load_balancer_arn", Ref{"load_balancer"}},
                {"port", std::to_string(listener.port)},
                {"protocol", listener.protocol},
                {"default_target_group", Ref{"target_group." + listener.default_service}}};
  if (listener.protocol == "HTTPS") {
    inputs["certificate"] = listener.certificate_arn;
    inputs["ssl_policy"] = listener.ssl_policy;
  }
  Node& node = add2(listener_node(listener), "listener", Step::load_balancer, std::move(inputs));
  node.handover = {{"default_target_group"}, {health_of(listener.default_service)}};
}

void Tier2::add_service(const ServiceSpec& service) {
  if (!service.route.empty()) {
    for (std::size_t i = 0; i < stack_.load_balancer.listeners.size(); ++i)
      add_rule(service, i);
  }
  add_registration(service);
  add_health(service);
}

void Tier2::add_rule(const ServiceSpec& service, std::size_t listener_index) {
  const RouteSpec& route = service.route;
  const ListenerSpec& listener = stack_.load_balancer.listeners[listener_index];
  Node& rule = add2(rule_node(service, listener_index), "rule", Step::load_balancer,
                    {{"listener_arn", Ref{listener_node(listener)}},
                     {"priority", std::to_string(route.priority)},
                     {"paths", std::vector<Term>(route.paths.begin(), route.paths.end())},
                     {"hosts", std::vector<Term>(route.hosts.begin(), route.hosts.end())},
                     {"target_group", Ref{"target_group." + service.name}}});
  rule.handover = {{"target_group"}, {health_of(service.name)}};
}

std::vector<std::string> Tier2::ways_to(const ServiceSpec& service) const {
  std::vector<std::string> out;
  const auto& listeners = stack_.load_balancer.listeners;
  for (std::size_t i = 0; i < listeners.size(); ++i) {
    if (listeners[i].default_service == service.name) out.push_back(listener_node(listeners[i]));
    if (!service.route.empty()) out.push_back(rule_node(service, i));
  }
  return out;
}

void Tier2::add_registration(const ServiceSpec& service) {
  const auto nodes = instance_nodes();
  Node& registration = add2("registration." + service.name, "registration", Step::registration,
                            {{"target_group_arn", Ref{"target_group." + service.name}},
                             {"service", service.name},
                             {"port", std::to_string(service.port)},
                             {"instances", instance_refs(Milestone::ready)},
                             {"instance_nodes", std::vector<Term>(nodes.begin(), nodes.end())}});
  // Removal deregisters before it touches rules and listeners.
  registration.outlived_by = ways_to(service);
  registration.handover = {{"instances"}, {health_of(service.name)}};
}

void Tier2::add_health(const ServiceSpec& service) {
  const auto nodes = instance_nodes();
  Node& health = add2("health." + service.name, "target_health", Step::health,
                      {{"service", service.name},
                       {"target_group_arn", Ref{"target_group." + service.name}},
                       {"port", std::to_string(service.port)},
                       {"instances", instance_refs(Milestone::ready)},
                       {"instance_nodes", std::vector<Term>(nodes.begin(), nodes.end())}});
  health.after.push_back({"registration." + service.name, Milestone::created});
  health.after.push_back({"load_balancer", Milestone::ready});
  health.after.push_back({"ingress.app", Milestone::created});
  for (const std::string& way : ways_to(service))
    health.after.push_back({way, Milestone::created});
}

}  // namespace albatross
