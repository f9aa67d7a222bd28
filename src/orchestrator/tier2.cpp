#include "orchestrator/tier2.hpp"

#include "albatross/orchestrator/names.hpp"

#include "orchestrator/attributes.hpp"
#include "orchestrator/run.hpp"
#include "orchestrator/ways_in.hpp"

namespace albatross {

std::string target_group_name(const Stack& stack, const std::string& service) {
  return fit_name(stack.name + "-" + service, target_group_name_limit);
}

Graph build_graph(const Stack& stack, const Survey& survey, const StackIdentity& identity) {
  if (stack.load_balancer.enabled) return Tier2(stack, survey, identity).build();
  return Tier1(stack, survey, identity).build();
}

std::vector<Term> Tier2::service_clients() const {
  const std::vector<std::string>& reused = survey_.load_balancer.security_groups;
  if (!stack_.load_balancer.existing.empty()) return {reused.begin(), reused.end()};
  return group_refs("alb", stack_.load_balancer.security_groups);
}

Dependency Tier2::health_of(const std::string& service) {
  return {"health." + service, Milestone::ready};
}

std::vector<Dependency> Tier2::health_of(const ActionSpec& action) {
  std::vector<Dependency> out;
  for (const WeightedService& share : action.forward)
    out.push_back(health_of(share.service));
  return out;
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
  for (const ListenerSpec& listener : stack_.load_balancer.listeners)
    add_rules(listener);
  for (const ServiceSpec& service : stack_.services)
    add_service(service);
}

Node& Tier2::add2(std::string name, std::string kind, Step step, Inputs inputs) {
  Node& node = add(std::move(name), std::move(kind), step, std::move(inputs));
  node.tier = 2;
  return node;
}

void Tier2::add_load_balancer() {
  if (stack_.load_balancer.existing.empty()) {
    add_made_load_balancer();
    add_load_balancer_attributes();
    return;
  }
  Node& balancer =
      add_reused("load_balancer", "load_balancer", Step::load_balancer, survey_.load_balancer.arn);
  balancer.tier = 2;
}

void Tier2::add_made_load_balancer() {
  const LoadBalancerSpec& spec = stack_.load_balancer;
  // The group and its rules are security groups like any other: they stay when the load balancer
  // is rolled back, so that a retry finds them.
  if (spec.security_groups.empty()) {
    add_security_group("alb", "Load balancer");
    std::vector<Term> ports;
    for (const ListenerSpec& listener : spec.listeners)
      ports.emplace_back(std::to_string(listener.port));
    const auto& from = spec.allow_from;
    add_ingress("alb", std::move(ports), {from.begin(), from.end()}, "listeners");
  } else {
    add_reused_groups(spec.security_groups);
  }
  Node& balancer = add2("load_balancer", "load_balancer", Step::load_balancer,
                        {{"name", spec.name},
                         {"scheme", spec.scheme},
                         {"ip_address_type", spec.ip_address_type},
                         {"vpc_id", Ref{"vpc"}},
                         {"subnets", subnet_refs()},
                         {"security_groups", group_refs("alb", spec.security_groups)}});
  if (spec.security_groups.empty())
    balancer.handover = {{"security_groups"}, {Dependency{"ingress.alb"}}};
  // After the instances have ids, so that a failure always leaves instances to retry on.
  for (const std::string& instance : instance_nodes()) {
    balancer.after.push_back({instance, Milestone::created});
  }
  if (makes_network())
    balancer.after.push_back({"internet_gateway.attachment", Milestone::created});
}

void Tier2::add_load_balancer_attributes() {
  const Attributes attributes = attributes_of(stack_.load_balancer.attributes);
  if (attributes.empty()) return;
  Inputs inputs{{"load_balancer_arn", Ref{"load_balancer"}}};
  for (const auto& [key, value] : attributes)
    inputs[key] = value;
  add2("load_balancer.attributes", "load_balancer_attributes", Step::load_balancer,
       std::move(inputs));
}

void Tier2::add_target_group(const ServiceSpec& service) {
  const HealthCheckSpec& check = service.health_check;
  Node& group =
      add2("target_group." + service.name, "target_group", Step::target_groups,
           {{"name", target_group_name(stack_, service.name)},
            {"port", std::to_string(service.port)},
            {"protocol", service.protocol},
            {"protocol_version", service.protocol_version},
            {"vpc_id", Ref{"vpc"}},
            {"health_check.protocol", check.protocol},
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
  const Attributes attributes = attributes_of(service.attributes);
  if (attributes.empty()) return;
  Inputs inputs{{"target_group_arn", Ref{"target_group." + service.name}}};
  for (const auto& [key, value] : attributes)
    inputs[key] = value;
  add2("target_group." + service.name + ".attributes", "target_group_attributes",
       Step::target_groups, std::move(inputs));
}

void Tier2::add_service(const ServiceSpec& service) {
  add_registration(service);
  add_health(service);
  if (survey_.visited && stack_.load_balancer.is_asked()) add_answer(service);
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
  if (service.attributes.deregistration_delay) {
    registration.inputs["drain_seconds"] =
        std::to_string(service.attributes.deregistration_delay->count());
  }
  const std::string attributes = "target_group." + service.name + ".attributes";
  // How long targets drain is one of them.
  if (graph_.find(attributes) != nullptr) registration.outlived_by.push_back(attributes);
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
  if (graph_.find("ingress.app") != nullptr)
    health.after.push_back({"ingress.app", Milestone::created});
  for (const std::string& way : ways_to(service))
    health.after.push_back({way, Milestone::created});
}

void Tier2::add_answer(const ServiceSpec& service) {
  const WayIn way = way_in(stack_, service);
  const bool tls = way.listener->protocol == "HTTPS";
  Node& answer = add2("answer." + service.name, std::string(answer_kind), Step::health,
                      {{"service", service.name},
                       {"dns_name", Ref{"load_balancer", "dns_name", Milestone::ready}},
                       {"tls", tls ? "true" : "false"},
                       {"port", std::to_string(way.listener->port)},
                       {"host", way.host},
                       {"path", way.path}});
  answer.after.push_back(health_of(service.name));
}

}  // namespace albatross
