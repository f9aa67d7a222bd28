#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

std::vector<elbv2::RuleCondition> conditions_of(const ResourceRecord& record) {
  std::vector<elbv2::RuleCondition> out;
  const auto paths = record.property_list("paths");
  const auto hosts = record.property_list("hosts");
  if (!paths.empty()) {
    elbv2::RuleCondition condition;
    condition.field = "path-pattern";
    condition.path_pattern_config.emplace();
    condition.path_pattern_config->values = paths;
    out.push_back(std::move(condition));
  }
  if (!hosts.empty()) {
    elbv2::RuleCondition condition;
    condition.field = "host-header";
    condition.host_header_config.emplace();
    condition.host_header_config->values = hosts;
    out.push_back(std::move(condition));
  }
  return out;
}

Observed observe(const elbv2::Rule& rule, const ResourceRecord& record) {
  std::vector<std::string> paths;
  std::vector<std::string> hosts;
  for (const elbv2::RuleCondition& condition : rule.conditions) {
    if (condition.path_pattern_config) paths = condition.path_pattern_config->values;
    if (condition.host_header_config) hosts = condition.host_header_config->values;
  }
  Observed out;
  out.id = rule.rule_arn;
  out.outputs["arn"] = rule.rule_arn;
  out.actual["priority"] = rule.priority;
  out.actual["paths"] = in_wanted_order(std::move(paths), record.property_list("paths"));
  out.actual["hosts"] = in_wanted_order(std::move(hosts), record.property_list("hosts"));
  out.actual["target_group"] = forward_target(rule.actions);
  return out;
}

/// AWS::ElasticLoadBalancingV2::ListenerRule that forwards to one target group. Properties:
/// listener_arn, priority, paths, hosts, target_group.
class Rule final : public Kind {
 public:
  std::string_view name() const override { return "rule"; }
  Tagging tagging() const override { return Tagging::elbv2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    elbv2::DescribeRulesRequest request;
    if (record.id.empty()) {
      request.listener_arn = record.property("listener_arn");
    } else {
      request.rule_arns = {record.id};
    }
    auto call = session.aws.elbv2.all_rules(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer) co_return out;
    for (const elbv2::Rule& rule : *answer) {
      const bool this_one = record.id.empty() ? rule.priority == record.property("priority")
                                              : rule.rule_arn == record.id;
      if (this_one) out = observe(rule, record);
    }
    if (out && session.thorough) {
      const auto tags = co_await tags_of_arn(session, out->id);
      out->actual["tags"] = tags_seen(tags, session, record);
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    elbv2::CreateRuleRequest request;
    request.listener_arn = record.property("listener_arn");
    request.priority = number(record.property("priority"));
    request.conditions = conditions_of(record);
    request.actions = forward_to(record.property("target_group"));
    request.tags = tags_of(session, record);
    auto answer = co_await session.aws.elbv2.create_rule(std::move(request), session.options);
    if (answer.rules.empty()) throw std::runtime_error("CreateRule answered no rule");
    co_return observe(answer.rules.front(), record);
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string> changed) const override {
    bool content = false;
    for (const std::string& property : changed) {
      if (property == "priority") {
        co_await move(session, record);
      } else {
        content = true;
      }
    }
    if (!content) co_return;
    elbv2::ModifyRuleRequest request;
    request.rule_arn = record.id;
    request.conditions = conditions_of(record);
    request.actions = forward_to(record.property("target_group"));
    co_await session.aws.elbv2.modify_rule(std::move(request), session.options);
  }

  Task<> join(Session& session, ResourceRecord record, Observed now,
              std::vector<std::string> changed) const override {
    elbv2::DescribeRulesRequest look;
    look.rule_arns = {record.id};
    auto found = co_await session.aws.elbv2.all_rules(std::move(look), session.options);
    const auto wanted = forward_to(record.property("target_group"));
    std::optional<std::vector<elbv2::Action>> both;
    if (!found.empty()) both = joined(found.front().actions, wanted);
    if (!both) {
      co_await update(session, std::move(record), std::move(now), std::move(changed));
      co_return;
    }
    elbv2::ModifyRuleRequest request;
    request.rule_arn = record.id;
    request.actions = std::move(*both);
    co_await session.aws.elbv2.modify_rule(std::move(request), session.options);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    elbv2::DeleteRuleRequest request;
    request.rule_arn = record.id;
    co_await session.aws.elbv2.delete_rule(std::move(request), session.options);
  }

  ChangeEffect effect_of(std::string_view property) const override {
    return property == "listener_arn" ? ChangeEffect::replace : ChangeEffect::in_place;
  }

 private:
  static Task<> move(Session& session, const ResourceRecord& record) {
    elbv2::SetRulePrioritiesRequest request;
    request.rule_priorities = {
        elbv2::RulePriorityPair{record.id, number(record.property("priority"))}};
    co_await session.aws.elbv2.set_rule_priorities(std::move(request), session.options);
  }
};

}  // namespace

const Kind& rule() {
  static const Rule kind;
  return kind;
}

}  // namespace albatross::resources
