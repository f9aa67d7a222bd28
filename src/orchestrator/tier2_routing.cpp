#include "albatross/orchestrator/names.hpp"

#include "orchestrator/priorities.hpp"
#include "orchestrator/tier2.hpp"

#include <algorithm>

namespace albatross {
namespace {

using Type = ActionSpec::Type;

std::string listener_label(const ListenerSpec& listener) {
  const bool tls = listener.protocol == "HTTPS";
  const std::string name = tls ? "https" : "http";
  const bool usual = listener.port == (tls ? 443 : 80);
  return usual ? name : name + "." + std::to_string(listener.port);
}

std::string listener_node(const ListenerSpec& listener) {
  return "listener." + listener_label(listener);
}

/// By the listener's port, so that a listener more in the file moves no rule.
std::string rule_node(const std::string& name, const ListenerSpec& listener) {
  const std::string node = "rule." + name;
  return listener.port == 80 ? node : node + "." + std::to_string(listener.port);
}

/// Told apart by the end of the ARN; the same name every time.
std::string certificate_node(const ListenerSpec& listener, const std::string& arn) {
  const std::string id = arn.substr(arn.rfind('/') + 1);
  return "certificate." + listener_label(listener) + "." + fit_name(id, 17);
}

ActionSpec forward_to(const ServiceSpec& service) {
  ActionSpec action;
  action.forward = {{service.name, 1}};
  return action;
}

Ref group_of(const std::string& service) {
  return Ref{"target_group." + service};
}

void add_forward(Inputs& inputs, const ActionSpec& action, const std::string& group_property) {
  if (action.forward.size() == 1) {
    inputs[group_property] = group_of(action.forward.front().service);
    return;
  }
  std::vector<Term> groups;
  std::string weights;
  for (const WeightedService& share : action.forward) {
    groups.emplace_back(group_of(share.service));
    weights += (weights.empty() ? "" : ",") + std::to_string(share.weight);
  }
  inputs["target_groups"] = std::move(groups);
  inputs["weights"] = std::move(weights);
  const bool sticky = action.stickiness.count() > 0;
  inputs["stickiness"] = sticky ? std::to_string(action.stickiness.count()) : "";
}

/// The properties that resources/actions.hpp names.
void add_action(Inputs& inputs, const ActionSpec& action, const std::string& group_property) {
  if (action.type == Type::forward) {
    add_forward(inputs, action, group_property);
  } else if (action.type == Type::redirect) {
    const RedirectSpec& to = action.redirect;
    inputs["redirect.protocol"] = to.protocol;
    inputs["redirect.port"] = to.port;
    inputs["redirect.host"] = to.host;
    inputs["redirect.path"] = to.path;
    inputs["redirect.query"] = to.query;
    inputs["redirect.status_code"] = "HTTP_" + std::to_string(to.status);
  } else {
    const FixedResponseSpec& with = action.fixed_response;
    inputs["fixed_response.status_code"] = std::to_string(with.status);
    inputs["fixed_response.content_type"] = with.content_type;
    inputs["fixed_response.message_body"] = with.body;
  }
}

std::vector<Term> terms(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

/// The properties that resources/conditions.hpp names.
void add_conditions(Inputs& inputs, const RouteSpec& route) {
  inputs["paths"] = terms(route.paths);
  inputs["hosts"] = terms(route.hosts);
  if (!route.methods.empty()) inputs["methods"] = terms(route.methods);
  if (!route.source_ips.empty()) inputs["source_ips"] = terms(route.source_ips);
  for (const auto& [name, values] : route.headers)
    inputs["header." + name] = terms(values);
  for (const auto& [key, values] : route.query)
    inputs["query." + key] = terms(values);
}

}  // namespace

void Tier2::add_listener(const ListenerSpec& listener) {
  if (listener.existing) {
    const std::string& arn = survey_.load_balancer.listeners.at(listener.port);
    add_reused(listener_node(listener), "listener", Step::load_balancer, arn).tier = 2;
    return;
  }
  Inputs inputs{{"load_balancer_arn", Ref{"load_balancer"}},
                {"port", std::to_string(listener.port)},
                {"protocol", listener.protocol}};
  add_action(inputs, listener.default_action, "default_target_group");
  if (listener.protocol == "HTTPS") {
    inputs["certificate"] = listener.certificates.front();
    inputs["ssl_policy"] = listener.ssl_policy;
  }
  Node& node = add2(listener_node(listener), "listener", Step::load_balancer, std::move(inputs));
  node.handover = {{"default_target_group", "target_groups"}, health_of(listener.default_action)};
  add_certificates(listener);
}

void Tier2::add_certificates(const ListenerSpec& listener) {
  for (std::size_t i = 1; i < listener.certificates.size(); ++i) {
    const std::string& arn = listener.certificates[i];
    add2(certificate_node(listener, arn), "listener_certificate", Step::load_balancer,
         {{"listener_arn", Ref{listener_node(listener)}}, {"certificate", arn}});
  }
}

std::vector<WantedRule> Tier2::wanted_rules(const ListenerSpec& listener) const {
  std::vector<WantedRule> out;
  for (const RuleSpec& rule : stack_.load_balancer.rules) {
    if (rule.is_for(listener))
      out.push_back({rule_node(rule.name, listener), &rule.route, rule.action});
  }
  if (!listener.takes_rules()) return out;
  for (const ServiceSpec& service : stack_.services) {
    if (!service.route.empty())
      out.push_back({rule_node(service.name, listener), &service.route, forward_to(service)});
  }
  return out;
}

bool Tier2::is_wanted_rule(const std::string& node) const {
  const auto& listeners = stack_.load_balancer.listeners;
  return std::any_of(listeners.begin(), listeners.end(), [&](const ListenerSpec& listener) {
    const auto rules = wanted_rules(listener);
    return std::any_of(rules.begin(), rules.end(),
                       [&](const WantedRule& rule) { return rule.node == node; });
  });
}

std::vector<int> Tier2::priorities_of(const ListenerSpec& listener,
                                      const std::vector<WantedRule>& rules) const {
  std::vector<PriorityWish> wishes;
  for (const WantedRule& rule : rules) {
    const auto remembered = survey_.rule_priorities.find(rule.node);
    const bool known = remembered != survey_.rule_priorities.end();
    wishes.push_back({rule.route->priority, known ? remembered->second : 0});
  }
  std::set<int> taken;
  const auto strangers = survey_.load_balancer.taken.find(listener.port);
  if (strangers != survey_.load_balancer.taken.end()) taken = strangers->second;
  // Rules that the file no longer has go only when everything else is there.
  for (const auto& [node, priority] : survey_.rule_priorities) {
    if (!is_wanted_rule(node)) taken.insert(priority);
  }
  return assign_priorities(wishes, taken);
}

void Tier2::add_rules(const ListenerSpec& listener) {
  const std::vector<WantedRule> rules = wanted_rules(listener);
  const std::vector<int> priorities = priorities_of(listener, rules);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    Inputs inputs{{"listener_arn", Ref{listener_node(listener)}},
                  {"priority", std::to_string(priorities[i])}};
    add_conditions(inputs, *rules[i].route);
    add_action(inputs, rules[i].action, "target_group");
    Node& node = add2(rules[i].node, "rule", Step::load_balancer, std::move(inputs));
    node.handover = {{"target_group", "target_groups"}, health_of(rules[i].action)};
  }
}

std::vector<std::string> Tier2::ways_to(const ServiceSpec& service) const {
  std::vector<std::string> out;
  for (const ListenerSpec& listener : stack_.load_balancer.listeners) {
    if (!listener.existing && listener.default_action.leads_to(service.name))
      out.push_back(listener_node(listener));
    for (const WantedRule& rule : wanted_rules(listener)) {
      if (rule.action.leads_to(service.name)) out.push_back(rule.node);
    }
  }
  return out;
}

}  // namespace albatross
