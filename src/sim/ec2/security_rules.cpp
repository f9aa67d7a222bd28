#include "sim/ec2/security_rules.hpp"

#include "sim/ec2/lists.hpp"

#include <algorithm>
#include <map>

namespace albatross::sim::ec2 {
namespace {

constexpr std::size_t rules_per_direction = 60;

std::string peer_of(const SecurityRule& rule) {
  if (!rule.ipv4.empty()) return rule.ipv4;
  if (!rule.ipv6.empty()) return rule.ipv6;
  return rule.group.empty() ? rule.prefix_list : rule.group;
}

std::string upper(std::string text) {
  for (char& c : text)
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text == "-1" ? "ALL" : text;
}

std::string words_for(const SecurityRule& rule) {
  std::string ports;
  if (rule.protocol != "-1") {
    ports = cat(", from port: ", std::to_string(rule.from), ", to port: ", std::to_string(rule.to));
  }
  return cat("peer: ", peer_of(rule), ", ", upper(rule.protocol), ports, ", ALLOW");
}

SecurityGroup& group_for(Call& call) {
  if (const Param id = call.params["GroupId"]) return group_of(call, id.text());
  const auto name = call.params["GroupName"].text();
  if (name.empty()) {
    refuse("MissingParameter", "The request must contain the parameter groupName or groupId");
  }
  const Vpc* vpc = call.world.default_vpc();
  const SecurityGroup* group = vpc == nullptr ? nullptr : call.world.group_named(vpc->id, name);
  if (group == nullptr) not_found("InvalidGroup", "security group", name);
  return call.world.groups.at(group->id);
}

void write_rule(Call& call, const SecurityGroup& group, const SecurityRule& rule, bool revoked) {
  Xml& out = call.out;
  out.leaf("securityGroupRuleId", rule.id);
  if (!revoked) {
    out.leaf("securityGroupRuleArn", call.world.arn("ec2", "security-group-rule/" + rule.id));
  }
  out.leaf("groupId", group.id);
  if (!revoked) out.leaf("groupOwnerId", call.world.options.account);
  out.leaf("isEgress", rule.egress);
  out.leaf("ipProtocol", rule.protocol);
  out.leaf("fromPort", rule.from);
  out.leaf("toPort", rule.to);
  out.leaf_if("cidrIpv4", rule.ipv4);
  out.leaf_if("cidrIpv6", rule.ipv6);
  out.leaf_if("prefixListId", rule.prefix_list);
  if (!rule.group.empty() && revoked) out.leaf("referencedGroupId", rule.group);
  if (!rule.group.empty() && !revoked) {
    out.in("referencedGroupInfo", [&] {
      out.leaf("groupId", rule.group);
      out.leaf("userId", call.world.options.account);
    });
  }
  out.leaf_if("description", rule.description);
  if (!revoked) write_tags(call, rule.id);
}

void check_room(const SecurityGroup& group, const std::vector<SecurityRule>& added) {
  for (const bool egress : {false, true}) {
    for (const bool v6 : {false, true}) {
      const auto counted = [&](const SecurityRule& r) {
        return r.egress == egress && (r.ipv6.empty() ? !v6 : v6);
      };
      const auto total = std::count_if(group.rules.begin(), group.rules.end(), counted) +
                         std::count_if(added.begin(), added.end(), counted);
      if (static_cast<std::size_t>(total) > rules_per_direction) {
        refuse("RulesPerSecurityGroupLimitExceeded",
               "The maximum number of rules per security group has been reached.");
      }
    }
  }
}

void authorize(Call& call, bool egress) {
  SecurityGroup& group = group_for(call);
  auto rules = parse_permissions(call, egress);
  if (rules.empty()) {
    refuse("MissingParameter", "The request must contain the parameter ipPermissions");
  }
  for (const SecurityRule& rule : rules) {
    for (const SecurityRule& old : group.rules) {
      if (!old.same(rule)) continue;
      refuse("InvalidPermission.Duplicate",
             cat("the specified rule \"", words_for(rule), "\" already exists"));
    }
  }
  check_room(group, rules);
  const Tags tags = tags_for(call, "security-group-rule");
  write_return(call);
  call.out.open("securityGroupRuleSet");
  for (SecurityRule& rule : rules) {
    rule.id = call.world.ids.make("sgr-");
    if (!tags.empty()) call.world.tags[rule.id] = tags;
    call.out.in("item", [&] { write_rule(call, group, rule, false); });
    group.rules.push_back(std::move(rule));
  }
  call.out.close("securityGroupRuleSet");
}

/// The rules that the call wants gone: by id, or by content. Those not there go to `unknown`.
std::vector<SecurityRule> wanted_gone(Call& call, const SecurityGroup& group, bool egress,
                                      std::vector<SecurityRule>& unknown) {
  std::vector<SecurityRule> gone;
  for (const auto id : call.params["SecurityGroupRuleId"].texts()) {
    const auto it = std::find_if(group.rules.begin(), group.rules.end(), [&](const auto& rule) {
      return rule.id == id && rule.egress == egress;
    });
    if (it == group.rules.end()) {
      check_id(id, "sgr-", "InvalidSecurityGroupRuleId");
      refuse("InvalidSecurityGroupRuleId.NotFound",
             cat("The security group rule ID '", id, "' does not exist"));
    }
    gone.push_back(*it);
  }
  for (const SecurityRule& rule : parse_permissions(call, egress)) {
    const auto it = std::find_if(group.rules.begin(), group.rules.end(),
                                 [&](const auto& other) { return other.same(rule); });
    if (it == group.rules.end()) {
      unknown.push_back(rule);
    } else {
      gone.push_back(*it);
    }
  }
  return gone;
}

void revoke(Call& call, bool egress) {
  SecurityGroup& group = group_for(call);
  std::vector<SecurityRule> unknown;
  const auto gone = wanted_gone(call, group, egress, unknown);
  if (gone.empty() && unknown.empty()) {
    refuse("MissingParameter", "The request must contain the parameter ipPermissions");
  }
  if (!unknown.empty() && !call.world.vpcs.at(group.vpc).is_default) {
    refuse("InvalidPermission.NotFound",
           "The specified rule does not exist in this security group.");
  }
  write_return(call);
  call.out.in("unknownIpPermissionSet", [&] {
    for (const SecurityRule& rule : unknown) {
      call.out.in("item", [&] {
        call.out.leaf("ipProtocol", rule.protocol);
        call.out.leaf("fromPort", rule.from);
        call.out.leaf("toPort", rule.to);
      });
    }
  });
  call.out.in("revokedSecurityGroupRuleSet", [&] {
    for (const SecurityRule& rule : gone) {
      call.out.in("item", [&] { write_rule(call, group, rule, true); });
    }
  });
  for (const SecurityRule& rule : gone) {
    call.world.tags.erase(rule.id);
    std::erase_if(group.rules, [&](const auto& other) { return other.id == rule.id; });
  }
}

void update_descriptions(Call& call, bool egress) {
  SecurityGroup& group = group_for(call);
  for (const SecurityRule& rule : parse_permissions(call, egress)) {
    const auto it = std::find_if(group.rules.begin(), group.rules.end(),
                                 [&](const auto& other) { return other.same(rule); });
    if (it == group.rules.end()) {
      refuse("InvalidPermission.NotFound",
             "The specified rule does not exist in this security group.");
    }
    it->description = rule.description;
  }
  for (const Param wanted : call.params["SecurityGroupRuleDescription"].items()) {
    for (SecurityRule& rule : group.rules) {
      if (rule.id == wanted["SecurityGroupRuleId"].text()) {
        rule.description = wanted["Description"].str();
      }
    }
  }
  write_return(call);
}

/// Sets one rule's content to what the caller gives under SecurityGroupRule.
void modify_rule(Call& call, SecurityRule& rule, Param wanted) {
  SecurityRule changed = rule;
  changed.ipv4 = changed.ipv6 = changed.group = changed.prefix_list = "";
  if (const Param protocol = wanted["IpProtocol"]) changed.protocol = protocol.str();
  changed.from = static_cast<int>(wanted["FromPort"].number_or(changed.from));
  changed.to = static_cast<int>(wanted["ToPort"].number_or(changed.to));
  changed.ipv4 = wanted["CidrIpv4"].str();
  changed.ipv6 = wanted["CidrIpv6"].str();
  changed.prefix_list = wanted["PrefixListId"].str();
  if (const Param id = wanted["ReferencedGroupId"]) changed.group = group_of(call, id.text()).id;
  changed.description = wanted["Description"].str();
  if (peer_of(changed).empty()) {
    refuse("MissingParameter", "The security group rule names no peer");
  }
  rule = changed;
}

void modify_rules(Call& call) {
  SecurityGroup& group = group_for(call);
  for (const Param update : call.params["SecurityGroupRule"].items()) {
    const auto id = update["SecurityGroupRuleId"].text();
    const auto it = std::find_if(group.rules.begin(), group.rules.end(),
                                 [&](const auto& rule) { return rule.id == id; });
    if (it == group.rules.end()) {
      refuse("InvalidSecurityGroupRuleId.NotFound",
             cat("The security group rule ID '", id, "' does not exist"));
    }
    modify_rule(call, *it, update["SecurityGroupRule"]);
  }
  write_return(call);
}

struct RuleInGroup {
  const SecurityGroup* group;
  const SecurityRule* rule;
};

constexpr Filter<RuleInGroup> filters[] = {
    {"group-id",
     [](const Call&, const RuleInGroup& r, Values& out) { out.push_back(r.group->id); }},
    {"security-group-rule-id",
     [](const Call&, const RuleInGroup& r, Values& out) { out.push_back(r.rule->id); }},
    {"tag", [](const Call&, const RuleInGroup&, Values&) {}},
};

void describe_rules(Call& call) {
  static constexpr Listing<RuleInGroup> listing{"SecurityGroupRuleId",
                                                "securityGroupRuleSet",
                                                "sgr-",
                                                "InvalidSecurityGroupRuleId",
                                                "security group rule ID",
                                                5,
                                                1000,
                                                false,
                                                filters};
  Table<RuleInGroup> rules;
  for (const auto& [id, group] : call.world.groups) {
    for (const SecurityRule& rule : group.rules)
      rules.emplace(rule.id, RuleInGroup{&group, &rule});
  }
  describe(call, listing, rules,
           [&](const RuleInGroup& r) { write_rule(call, *r.group, *r.rule, false); });
}

constexpr Action actions[] = {
    {"DescribeSecurityGroupRules", describe_rules},
    {"AuthorizeSecurityGroupIngress", [](Call& call) { authorize(call, false); }, true},
    {"AuthorizeSecurityGroupEgress", [](Call& call) { authorize(call, true); }, true},
    {"RevokeSecurityGroupIngress", [](Call& call) { revoke(call, false); }, true},
    {"RevokeSecurityGroupEgress", [](Call& call) { revoke(call, true); }, true},
    {"ModifySecurityGroupRules", modify_rules, true},
    {"UpdateSecurityGroupRuleDescriptionsIngress",
     [](Call& call) { update_descriptions(call, false); }},
    {"UpdateSecurityGroupRuleDescriptionsEgress",
     [](Call& call) { update_descriptions(call, true); }},
};

}  // namespace

std::span<const Action> security_rule_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
