#include "sim/core/cidr.hpp"
#include "sim/elbv2/common.hpp"

#include <algorithm>
#include <map>

namespace albatross::sim::elbv2 {
namespace {

/// Which structure carries the values of a condition, by its field.
const char* config_of(std::string_view field) {
  if (field == "path-pattern") return "PathPatternConfig";
  if (field == "host-header") return "HostHeaderConfig";
  if (field == "http-header") return "HttpHeaderConfig";
  if (field == "query-string") return "QueryStringConfig";
  if (field == "http-request-method") return "HttpRequestMethodConfig";
  if (field == "source-ip") return "SourceIpConfig";
  refuse("ValidationError", cat("Condition field '", field,
                                "' must be one of '[path-pattern, "
                                "host-header, http-header, http-request-method, query-string, "
                                "source-ip]'"));
}

/// What a condition's values must look like, where that depends on its field.
void check_values(const RuleCondition& condition) {
  const auto bad = [&](std::string_view value, std::string_view why) {
    refuse("ValidationError",
           cat("Condition value '", value, "' of field '", condition.field, "' ", why));
  };
  const std::string& name = condition.header_name;
  const bool host = name.size() == 4 && (name[0] | 32) == 'h' && (name[1] | 32) == 'o' &&
                    (name[2] | 32) == 's' && (name[3] | 32) == 't';
  if (host) {
    bad(condition.header_name, "is not allowed: the field 'host-header' is for it");
  }
  for (const auto& [key, value] : condition.values) {
    if (condition.field == "source-ip" && !parse_cidr(value) && !looks_like_ipv6_cidr(value)) {
      bad(value, "is not a valid CIDR block");
    }
    if (condition.field == "http-request-method" &&
        value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_") != std::string::npos) {
      bad(value, "may only have the characters A-Z, - and _");
    }
  }
}

RuleCondition read_condition(Param given) {
  RuleCondition condition;
  condition.field = given["Field"].str();
  const Param config = given[config_of(condition.field)];
  condition.header_name = config["HttpHeaderName"].str();
  for (const Param value : config["Values"].items()) {
    if (condition.field == "query-string") {
      condition.values.emplace_back(value["Key"].str(), value["Value"].str());
    } else {
      condition.values.emplace_back("", value.str());
    }
  }
  for (const auto value : given["Values"].texts()) {
    condition.plain = true;
    condition.values.emplace_back("", std::string(value));
  }
  if (condition.values.empty()) {
    refuse("ValidationError", "A condition value must be specified");
  }
  for (const auto& [key, value] : condition.values) {
    if (value.size() > 128) {
      refuse("ValidationError",
             cat("Condition value '", value, "' contains more than '128' characters"));
    }
  }
  if (condition.field == "http-header" && condition.header_name.empty()) {
    refuse("ValidationError", "A http-header condition must name a header");
  }
  check_values(condition);
  return condition;
}

std::vector<RuleCondition> read_conditions(Param given) {
  std::vector<RuleCondition> conditions;
  std::map<std::string, int, std::less<>> seen;
  std::size_t values = 0;
  for (const Param condition : given.items()) {
    conditions.push_back(read_condition(condition));
    values += conditions.back().values.size();
    const std::string& field = conditions.back().field;
    const bool repeatable = field == "http-header" || field == "query-string";
    if (++seen[field] > 1 && !repeatable) {
      refuse("ValidationError", cat("A rule can only have one '", field, "' condition"));
    }
  }
  if (conditions.empty()) refuse("ValidationError", "A condition must be specified");
  if (values > 5) {
    refuse("ValidationError", "A rule can only have '5' condition values");
  }
  return conditions;
}

void write_condition(Call& call, const RuleCondition& condition) {
  Xml& out = call.out;
  out.leaf("Field", condition.field);
  const auto values = [&] {
    out.in("Values", [&] {
      for (const auto& [key, value] : condition.values) {
        if (condition.field != "query-string") {
          out.leaf("member", value);
          continue;
        }
        out.in("member", [&, &k = key, &v = value] {
          out.leaf_if("Key", k);
          out.leaf("Value", v);
        });
      }
    });
  };
  if (condition.field == "path-pattern" || condition.field == "host-header") values();
  out.in(config_of(condition.field), [&] {
    out.leaf_if("HttpHeaderName", condition.header_name);
    values();
  });
}

void write_rule(Call& call, const ListenerRule& rule) {
  Xml& out = call.out;
  out.leaf("RuleArn", rule.arn);
  out.leaf("Priority", rule.priority == 0 ? "default" : std::to_string(rule.priority));
  out.in("Conditions", [&] {
    for (const RuleCondition& condition : rule.conditions) {
      out.in("member", [&] { write_condition(call, condition); });
    }
  });
  write_actions(call, "Actions", rule.actions);
  out.leaf("IsDefault", rule.priority == 0);
}

void answer(Call& call, const std::vector<const ListenerRule*>& rules) {
  call.out.in("Rules", [&] {
    for (const ListenerRule* rule : rules) {
      call.out.in("member", [&] { write_rule(call, *rule); });
    }
  });
}

[[noreturn]] void in_use(std::int64_t priority) {
  refuse("PriorityInUse", cat("Priority '", std::to_string(priority), "' is currently in use"));
}

std::size_t rules_of(const World& world, const std::string& load_balancer) {
  std::size_t count = 0;
  for (const auto& [arn, rule] : world.rules) {
    const auto listener = world.listeners.find(rule.listener);
    if (rule.priority != 0 && listener != world.listeners.end() &&
        listener->second.load_balancer == load_balancer)
      ++count;
  }
  return count;
}

void create(Call& call) {
  World& world = call.world;
  const Listener& listener = listener_of(call, call.params["ListenerArn"].text());
  const auto priority = call.params["Priority"].number_or(0);
  for (const auto& [arn, other] : world.rules) {
    if (other.listener == listener.arn && other.priority == priority) in_use(priority);
  }
  ListenerRule rule;
  rule.listener = listener.arn;
  rule.priority = static_cast<int>(priority);
  rule.conditions = read_conditions(call.params["Conditions"]);
  rule.actions = read_actions(call, call.params["Actions"], listener.load_balancer);
  rule.tags = read_tags(call.params["Tags"]);
  if (rules_of(world, listener.load_balancer) >= 100) {
    refuse("TooManyRules", "The maximum number of rules has been reached");
  }
  rule.arn = rule_arn(world, listener.arn);
  world.created(rule.arn, call.now);
  const ListenerRule& made = world.rules.emplace(rule.arn, std::move(rule)).first->second;
  world.refresh_forwarding(call.now);
  answer(call, {&made});
}

void describe(Call& call) {
  const auto arns = call.params["RuleArns"].texts();
  const Param listener = call.params["ListenerArn"];
  if (static_cast<bool>(listener) != arns.empty()) {
    refuse("ValidationError", "You must specify either listener rule ARNs or a listener ARN");
  }
  if (listener) listener_of(call, listener.text());
  for (const auto arn : arns)
    rule_of(call, arn);
  // In the order in which they apply: by priority, the default rule last.
  std::vector<const ListenerRule*> found;
  for (const auto& [arn, rule] : call.world.rules) {
    const bool wanted = listener ? rule.listener == listener.text()
                                 : std::find(arns.begin(), arns.end(), arn) != arns.end();
    if (wanted && call.world.visible(arn)) found.push_back(&rule);
  }
  const auto place = [](const ListenerRule* rule) {
    return rule->priority == 0 ? 1'000'000 : rule->priority;
  };
  std::stable_sort(found.begin(), found.end(),
                   [&](const auto* a, const auto* b) { return place(a) < place(b); });
  const auto start = static_cast<std::size_t>(call.params["Marker"].number_or(0));
  const auto size = static_cast<std::size_t>(call.params["PageSize"].number_or(400));
  const auto first = std::min(start, found.size());
  const auto last = std::min(first + size, found.size());
  answer(call, {found.begin() + static_cast<std::ptrdiff_t>(first),
                found.begin() + static_cast<std::ptrdiff_t>(last)});
  if (last < found.size()) call.out.leaf("NextMarker", last);
}

void modify(Call& call) {
  ListenerRule& rule = rule_of(call, call.params["RuleArn"].text());
  if (rule.priority == 0) refuse("OperationNotPermitted", "Default rule cannot be modified");
  ListenerRule changed = rule;
  if (call.params["Conditions"]) changed.conditions = read_conditions(call.params["Conditions"]);
  if (call.params["Actions"]) {
    changed.actions = read_actions(call, call.params["Actions"],
                                   call.world.listeners.at(rule.listener).load_balancer);
  }
  rule = std::move(changed);
  call.world.refresh_forwarding(call.now);
  answer(call, {&rule});
}

void remove(Call& call) {
  const ListenerRule& rule = rule_of(call, call.params["RuleArn"].text());
  if (rule.priority == 0) {
    refuse("OperationNotPermitted", cat("Default rule '", rule.arn, "' cannot be deleted"));
  }
  const std::string arn = rule.arn;
  call.world.rules.erase(arn);
  call.world.refresh_forwarding(call.now);
}

void set_priorities(Call& call) {
  std::map<std::string, int> wanted;
  std::vector<const ListenerRule*> changed;
  for (const Param pair : call.params["RulePriorities"].items()) {
    const ListenerRule& rule = rule_of(call, pair["RuleArn"].text());
    if (rule.priority == 0) {
      refuse("OperationNotPermitted", "The priority of a default rule cannot be changed");
    }
    wanted[rule.arn] = static_cast<int>(pair["Priority"].number_or(0));
    changed.push_back(&rule);
  }
  // All at once: only the priorities that remain matter.
  for (const ListenerRule* rule : changed) {
    for (const auto& [arn, other] : call.world.rules) {
      if (arn == rule->arn || other.listener != rule->listener) continue;
      const auto moved = wanted.find(arn);
      const int priority = moved == wanted.end() ? other.priority : moved->second;
      if (priority == wanted[rule->arn]) in_use(priority);
    }
  }
  for (const auto& [arn, priority] : wanted)
    call.world.rules.at(arn).priority = priority;
  answer(call, changed);
}

constexpr Action actions[] = {
    {"CreateRule", create, true},          {"DescribeRules", describe},
    {"ModifyRule", modify, true},          {"DeleteRule", remove, true},
    {"SetRulePriorities", set_priorities},
};

}  // namespace

std::span<const Action> rule_actions() {
  return actions;
}

}  // namespace albatross::sim::elbv2
