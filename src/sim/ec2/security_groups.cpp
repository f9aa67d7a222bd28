#include "sim/core/quotas.hpp"
#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"
#include "sim/ec2/security_rules.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {
namespace {

void each_rule(const SecurityGroup& group, bool egress, Values& out,
               std::string (*text)(const SecurityRule&)) {
  for (const SecurityRule& rule : group.rules) {
    if (rule.egress != egress) continue;
    std::string value = text(rule);
    if (!value.empty()) out.push_back(std::move(value));
  }
}

constexpr Filter<SecurityGroup> filters[] = {
    {"group-id", [](const Call&, const SecurityGroup& g, Values& out) { out.push_back(g.id); }},
    {"group-name", [](const Call&, const SecurityGroup& g, Values& out) { out.push_back(g.name); }},
    {"description",
     [](const Call&, const SecurityGroup& g, Values& out) { out.push_back(g.description); }},
    {"vpc-id", [](const Call&, const SecurityGroup& g, Values& out) { out.push_back(g.vpc); }},
    {"owner-id", [](const Call& c, const SecurityGroup&,
                    Values& out) { out.push_back(c.world.options.account); }},
    {"ip-permission.group-id",
     [](const Call&, const SecurityGroup& g, Values& out) {
       each_rule(g, false, out, [](const SecurityRule& r) { return r.group; });
     }},
    {"ip-permission.cidr",
     [](const Call&, const SecurityGroup& g, Values& out) {
       each_rule(g, false, out, [](const SecurityRule& r) { return r.ipv4; });
     }},
    {"ip-permission.protocol",
     [](const Call&, const SecurityGroup& g, Values& out) {
       each_rule(g, false, out, [](const SecurityRule& r) { return r.protocol; });
     }},
    {"ip-permission.from-port",
     [](const Call&, const SecurityGroup& g, Values& out) {
       each_rule(g, false, out, [](const SecurityRule& r) { return std::to_string(r.from); });
     }},
    {"ip-permission.to-port",
     [](const Call&, const SecurityGroup& g, Values& out) {
       each_rule(g, false, out, [](const SecurityRule& r) { return std::to_string(r.to); });
     }},
    {"egress.ip-permission.group-id",
     [](const Call&, const SecurityGroup& g, Values& out) {
       each_rule(g, true, out, [](const SecurityRule& r) { return r.group; });
     }},
    {"egress.ip-permission.cidr",
     [](const Call&, const SecurityGroup& g, Values& out) {
       each_rule(g, true, out, [](const SecurityRule& r) { return r.ipv4; });
     }},
};

/// Rules of the same protocol and ports are shown as one permission with many peers.
void write_permission(Call& call, const std::vector<const SecurityRule*>& rules) {
  Xml& out = call.out;
  const SecurityRule& first = *rules.front();
  out.leaf("ipProtocol", first.protocol);
  if (first.protocol != "-1") {
    out.leaf("fromPort", first.from);
    out.leaf("toPort", first.to);
  }
  const auto peers = [&](const char* set, const char* element, std::string SecurityRule::*peer) {
    out.in(set, [&] {
      for (const SecurityRule* rule : rules) {
        if ((rule->*peer).empty()) continue;
        out.in("item", [&] {
          if (peer == &SecurityRule::group) out.leaf("userId", call.world.options.account);
          out.leaf(element, rule->*peer);
          out.leaf_if("description", rule->description);
        });
      }
    });
  };
  peers("groups", "groupId", &SecurityRule::group);
  peers("ipRanges", "cidrIp", &SecurityRule::ipv4);
  peers("ipv6Ranges", "cidrIpv6", &SecurityRule::ipv6);
  peers("prefixListIds", "prefixListId", &SecurityRule::prefix_list);
}

void write_permissions(Call& call, const SecurityGroup& group, bool egress) {
  std::vector<std::vector<const SecurityRule*>> permissions;
  for (const SecurityRule& rule : group.rules) {
    if (rule.egress != egress) continue;
    const auto alike = std::find_if(permissions.begin(), permissions.end(), [&](const auto& p) {
      return p[0]->protocol == rule.protocol && p[0]->from == rule.from && p[0]->to == rule.to;
    });
    if (alike == permissions.end()) {
      permissions.push_back({&rule});
    } else {
      alike->push_back(&rule);
    }
  }
  call.out.in(egress ? "ipPermissionsEgress" : "ipPermissions", [&] {
    for (const auto& rules : permissions) {
      call.out.in("item", [&] { write_permission(call, rules); });
    }
  });
}

void write_group(Call& call, const SecurityGroup& group) {
  Xml& out = call.out;
  out.leaf("ownerId", call.world.options.account);
  out.leaf("groupId", group.id);
  out.leaf("groupName", group.name);
  out.leaf("groupDescription", group.description);
  out.leaf("vpcId", group.vpc);
  out.leaf("securityGroupArn", call.world.arn("ec2", "security-group/" + group.id));
  write_permissions(call, group, false);
  write_permissions(call, group, true);
  write_tags(call, group.id);
}

void check_names(Call& call) {
  const Vpc* vpc = call.world.default_vpc();
  for (const auto name : call.params["GroupName"].texts()) {
    if (vpc != nullptr && call.world.group_named(vpc->id, name) != nullptr) continue;
    refuse("InvalidGroup.NotFound",
           cat("The security group '", name, "' does not exist in default VPC '",
               vpc == nullptr ? std::string("none") : vpc->id, "'"));
  }
}

void describe_groups(Call& call) {
  static constexpr Listing<SecurityGroup> listing{
      "GroupId", "securityGroupInfo", "sg-", "InvalidGroup", "security group", 5, 1000, false,
      filters};
  check_names(call);
  const auto names = call.params["GroupName"].texts();
  const Vpc* vpc = call.world.default_vpc();
  call.out.open("securityGroupInfo");
  const auto last = select(call, listing, call.world.groups, [&](const SecurityGroup& group) {
    const bool named = std::find(names.begin(), names.end(), group.name) != names.end();
    if (!names.empty() && (!named || vpc == nullptr || group.vpc != vpc->id)) return;
    call.out.in("item", [&] { write_group(call, group); });
  });
  call.out.close("securityGroupInfo");
  write_next_token(call, last);
}

bool allowed_in_description(std::string_view text) {
  return text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789. "
             "_-:/()#,@[]+=&;{}!$*") == std::string_view::npos;
}

void check_new_group(std::string_view name, std::string_view description) {
  if (name.size() > 255 || name.starts_with("sg-") || !allowed_in_description(name)) {
    refuse("InvalidParameterValue",
           cat("Value (", name,
               ") for parameter GroupName is invalid. Group names may not be in "
               "the format sg-* and are limited to 255 permitted characters."));
  }
  if (name == "default") refuse("InvalidGroup.Reserved", "The group name 'default' is reserved");
  if (description.size() > 255 || !allowed_in_description(description)) {
    refuse("InvalidParameterValue", cat("Value (", description,
                                        ") for parameter GroupDescription is invalid. Character "
                                        "sets beyond ASCII are not supported."));
  }
}

bool equal_folded(std::string_view a, std::string_view b) {
  const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return fold(x) == fold(y); });
}

void create_group(Call& call) {
  const auto name = call.params["GroupName"].text();
  const auto description = call.params["GroupDescription"].text();
  check_new_group(name, description);
  const Vpc* vpc = call.world.default_vpc();
  if (const Param id = call.params["VpcId"]) vpc = &vpc_of(call, id.text());
  if (vpc == nullptr) refuse("VPCIdNotSpecified", "No default VPC for this user");
  for (const auto& [id, group] : call.world.groups) {
    if (group.vpc == vpc->id && equal_folded(group.name, name)) {
      refuse("InvalidGroup.Duplicate",
             cat("The security group '", name, "' already exists for VPC '", vpc->id, "'"));
    }
  }
  if (static_cast<double>(call.world.groups.size()) >= call.world.quota(quota::security_groups)) {
    refuse("SecurityGroupLimitExceeded", "The maximum number of security groups has been reached.");
  }
  const Tags tags = tags_for(call, "security-group");
  const SecurityGroup& made =
      call.world.make_group(vpc->id, std::string(name), std::string(description));
  if (!tags.empty()) call.world.tags[made.id] = tags;
  call.world.created(made.id, call.now);
  write_return(call);
  call.out.leaf("groupId", made.id);
  call.out.leaf("securityGroupArn", call.world.arn("ec2", "security-group/" + made.id));
  write_tags(call, made.id);
}

void refuse_if_used(const World& world, const SecurityGroup& group) {
  const std::string words = cat("resource ", group.id, " has a dependent object");
  for (const auto& [id, interface] : world.interfaces) {
    if (std::find(interface.groups.begin(), interface.groups.end(), group.id) !=
        interface.groups.end())
      refuse("DependencyViolation", words);
  }
  for (const auto& [id, other] : world.groups) {
    if (id == group.id) continue;
    for (const SecurityRule& rule : other.rules) {
      if (rule.group == group.id) refuse("DependencyViolation", words);
    }
  }
}

void delete_group(Call& call) {
  const Param id = call.params["GroupId"];
  const Param name = call.params["GroupName"];
  if (!id && !name) {
    refuse("MissingParameter", "The request must contain the parameter groupName or groupId");
  }
  const SecurityGroup* group = nullptr;
  if (id) {
    group = &group_of(call, id.text());
  } else {
    const Vpc* vpc = call.world.default_vpc();
    if (vpc != nullptr) group = call.world.group_named(vpc->id, name.text());
    if (group == nullptr) not_found("InvalidGroup", "security group", name.text());
  }
  if (group->is_default) {
    refuse("CannotDelete", cat("the specified group: \"", group->id,
                               "\" name: \"default\" cannot be deleted by a user"));
  }
  refuse_if_used(call.world, *group);
  const std::string gone = group->id;
  for (const SecurityRule& rule : group->rules)
    call.world.tags.erase(rule.id);
  call.world.tags.erase(gone);
  call.world.groups.erase(gone);
  write_return(call);
  call.out.leaf("groupId", gone);
}

constexpr Action actions[] = {
    {"DescribeSecurityGroups", describe_groups},
    {"CreateSecurityGroup", create_group},
    {"DeleteSecurityGroup", delete_group},
};

}  // namespace

std::span<const Action> security_group_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
