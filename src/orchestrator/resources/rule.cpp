#include "orchestrator/resources/actions.hpp"
#include "orchestrator/resources/conditions.hpp"
#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

#include <set>

namespace albatross::resources {
namespace {

constexpr auto group_property = "target_group";
constexpr auto priority_in_use = "PriorityInUse";
constexpr int last_priority = 50000;

Observed observe(const elbv2::Rule& rule, const ResourceRecord& record) {
  Observed out;
  out.id = rule.rule_arn;
  out.outputs["arn"] = rule.rule_arn;
  out.actual["priority"] = rule.priority;
  observe_conditions(rule.conditions, record, out.actual);
  observe_actions(rule.actions, record, group_property, out.actual);
  return out;
}

/// AWS::ElasticLoadBalancingV2::ListenerRule. Properties: listener_arn, priority, those of its
/// conditions and of its action (target_group names the group).
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
    // The priority may be another rule's.
    if (out) co_await check_tags(session, record, out);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    std::exception_ptr taken;
    Observed made;
    try {
      made = co_await create_once(session, record);
    } catch (const ApiError& error) {
      if (error.code() != priority_in_use) throw;
      taken = std::current_exception();
    }
    if (!taken) co_return made;
    const bool cleared = co_await make_room(session, record);
    if (!cleared) std::rethrow_exception(taken);
    made = co_await create_once(session, record);
    co_return made;
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
    request.actions = actions_of(record, group_property);
    co_await session.aws.elbv2.modify_rule(std::move(request), session.options);
  }

  Task<> join(Session& session, ResourceRecord record, Observed now,
              std::vector<std::string> changed) const override {
    elbv2::DescribeRulesRequest look;
    look.rule_arns = {record.id};
    auto found = co_await session.aws.elbv2.all_rules(std::move(look), session.options);
    const auto wanted = actions_of(record, group_property);
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

  Belonging belonging(const ResourceRecord& record, bool) const override {
    return {record.property("listener_arn"), "target_group"};
  }

  ChangeEffect effect_of(std::string_view property) const override {
    return property == "listener_arn" ? ChangeEffect::replace : ChangeEffect::in_place;
  }

 private:
  static Task<Observed> create_once(Session& session, const ResourceRecord& record) {
    elbv2::CreateRuleRequest request;
    request.listener_arn = record.property("listener_arn");
    request.priority = number(record.property("priority"));
    request.conditions = conditions_of(record);
    request.actions = actions_of(record, group_property);
    request.tags = tags_of(session, record);
    auto answer = co_await session.aws.elbv2.create_rule(std::move(request), session.options);
    if (answer.rules.empty()) throw std::runtime_error("CreateRule answered no rule");
    co_return observe(answer.rules.front(), record);
  }

  static Task<> move(Session& session, const ResourceRecord& record) {
    std::vector<elbv2::RulePriorityPair> pairs(1);
    pairs[0] = {record.id, number(record.property("priority"))};
    std::exception_ptr taken;
    try {
      co_await set_priorities(session, std::move(pairs));
    } catch (const ApiError& error) {
      if (error.code() != priority_in_use) throw;
      taken = std::current_exception();
    }
    if (!taken) co_return;
    const bool cleared = co_await make_room(session, record);
    if (!cleared) std::rethrow_exception(taken);
  }

  /// Another rule of this deployment has the priority: one that is about to move or to go. A rule
  /// that exists takes its place in the same step; for one that is yet to be made the place is left
  /// free. False when the holder is not ours to move.
  static Task<bool> make_room(Session& session, const ResourceRecord& record) {
    elbv2::DescribeRulesRequest request;
    request.listener_arn = record.property("listener_arn");
    auto rules = co_await session.aws.elbv2.all_rules(std::move(request), session.options);
    const elbv2::Rule* holder = nullptr;
    std::set<int> occupied;
    int own = 0;
    for (const elbv2::Rule& rule : rules) {
      occupied.insert(number(rule.priority));
      if (rule.priority == record.property("priority")) holder = &rule;
      if (rule.rule_arn == record.id) own = number(rule.priority);
    }
    if (holder == nullptr) co_return true;
    auto tags = co_await tags_of_arn(session, holder->rule_arn);
    if (!is_movable(tags, session, record)) co_return false;
    int refuge = last_priority;
    while (occupied.contains(refuge))
      --refuge;
    std::vector<elbv2::RulePriorityPair> pairs(1);
    pairs[0] = {holder->rule_arn, own == 0 ? refuge : own};
    if (own != 0) pairs.push_back({record.id, number(record.property("priority"))});
    co_await set_priorities(session, std::move(pairs));
    co_return true;
  }

  /// Of this deployment, but not the very rule: that one is found and adopted instead.
  static bool is_movable(const std::vector<Tag>& tags, const Session& session,
                         const ResourceRecord& record) {
    const std::string* label = find_tag(tags, tag_node);
    if (label == nullptr || *label == record.label()) return false;
    ResourceRecord other;
    other.node = *label;
    return is_of_node(tags, session, other.base_node());
  }

  static Task<> set_priorities(Session& session, std::vector<elbv2::RulePriorityPair> pairs) {
    elbv2::SetRulePrioritiesRequest request;
    request.rule_priorities = std::move(pairs);
    co_await session.aws.elbv2.set_rule_priorities(std::move(request), session.options);
  }
};

}  // namespace

const Kind& rule() {
  static const Rule kind;
  return kind;
}

}  // namespace albatross::resources
