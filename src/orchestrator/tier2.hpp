#pragma once

#include "orchestrator/tier1.hpp"

#include <string>

namespace albatross {

/// A rule as one listener has it.
struct WantedRule {
  std::string node;
  const RouteSpec* route = nullptr;
  ActionSpec action;
};

/// Tier 1 behind an application load balancer: one target group a service, every instance in each,
/// listeners and rules, and the health of every target. Everything else is Tier 1's.
class Tier2 final : public Tier1 {
 public:
  using Tier1::Tier1;

 protected:
  /// Only the load balancer.
  std::vector<Term> service_clients() const override;
  void add_load_balancing() override;
  /// The load balancer and the health of every service.
  std::vector<Dependency> proofs_of_service() const override;

 private:
  void add_load_balancer();
  void add_made_load_balancer();
  void add_load_balancer_attributes();
  void add_service(const ServiceSpec& service);
  void add_target_group(const ServiceSpec& service);
  void add_registration(const ServiceSpec& service);
  void add_health(const ServiceSpec& service);
  void add_answer(const ServiceSpec& service);
  void add_listener(const ListenerSpec& listener);
  void add_certificates(const ListenerSpec& listener);
  void add_rules(const ListenerSpec& listener);
  /// The rules and routes that the listener has, in the order in which they are asked.
  std::vector<WantedRule> wanted_rules(const ListenerSpec& listener) const;
  std::vector<int> priorities_of(const ListenerSpec& listener,
                                 const std::vector<WantedRule>& rules) const;
  /// Whether the node is a rule that the stack wants on any listener.
  bool is_wanted_rule(const std::string& node) const;
  /// Adds to the load-balancing tier.
  Node& add2(std::string name, std::string kind, Step step, Inputs inputs);
  static Dependency health_of(const std::string& service);
  /// The health of every service that the action leads to.
  static std::vector<Dependency> health_of(const ActionSpec& action);
  /// Listeners and rules that lead to the service.
  std::vector<std::string> ways_to(const ServiceSpec& service) const;
};

/// The name of a service's target group, the same every time.
std::string target_group_name(const Stack& stack, const std::string& service);

/// The graph of a stack: Tier 2's when it has a load balancer, else Tier 1's.
Graph build_graph(const Stack& stack, const Survey& survey, const StackIdentity& identity);

}  // namespace albatross
