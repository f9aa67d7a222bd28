#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

#include <algorithm>
#include <array>

namespace albatross::sim::ec2 {
namespace {

struct Kind {
  const char* prefix;
  const char* type;
  const char* code;
  const char* noun;
  bool (*exists)(World&, std::string_view);
};

bool rule_exists(World& world, std::string_view id) {
  for (const auto& [group_id, group] : world.groups) {
    for (const SecurityRule& rule : group.rules) {
      if (rule.id == id) return true;
    }
  }
  return false;
}

bool acl_exists(World& world, std::string_view id) {
  return std::any_of(world.vpcs.begin(), world.vpcs.end(),
                     [&](const auto& entry) { return entry.second.acl == id; });
}

constexpr std::array<Kind, 12> kinds{{
    {"vpc-", "vpc", "InvalidVpcID", "vpc ID",
     [](World& w, std::string_view id) { return w.find(w.vpcs, id) != nullptr; }},
    {"subnet-", "subnet", "InvalidSubnetID", "subnet ID",
     [](World& w, std::string_view id) { return w.find(w.subnets, id) != nullptr; }},
    {"igw-", "internet-gateway", "InvalidInternetGatewayID", "internetGateway ID",
     [](World& w, std::string_view id) { return w.find(w.gateways, id) != nullptr; }},
    {"rtb-", "route-table", "InvalidRouteTableID", "routeTable ID",
     [](World& w, std::string_view id) { return w.find(w.route_tables, id) != nullptr; }},
    {"sgr-", "security-group-rule", "InvalidSecurityGroupRuleId", "security group rule ID",
     rule_exists},
    {"sg-", "security-group", "InvalidGroup", "security group",
     [](World& w, std::string_view id) { return w.find(w.groups, id) != nullptr; }},
    {"i-", "instance", "InvalidInstanceID", "instance ID",
     [](World& w, std::string_view id) { return w.find(w.instances, id) != nullptr; }},
    {"vol-", "volume", "InvalidVolume", "volume",
     [](World& w, std::string_view id) { return w.find(w.volumes, id) != nullptr; }},
    {"eni-", "network-interface", "InvalidNetworkInterfaceID", "networkInterface ID",
     [](World& w, std::string_view id) { return w.find(w.interfaces, id) != nullptr; }},
    {"key-", "key-pair", "InvalidKeyPair", "key pair",
     [](World& w, std::string_view id) {
       return std::any_of(w.key_pairs.begin(), w.key_pairs.end(),
                          [&](const auto& entry) { return entry.second.id == id; });
     }},
    {"acl-", "network-acl", "InvalidNetworkAclID", "networkAcl ID", acl_exists},
    {"ami-", "image", "InvalidAMIID", "image id", [](World&, std::string_view) { return false; }},
}};

const Kind* kind_of(std::string_view id) {
  for (const Kind& kind : kinds) {
    if (id.starts_with(kind.prefix)) return &kind;
  }
  return nullptr;
}

std::vector<std::string_view> checked_ids(Call& call) {
  const auto ids = call.params["ResourceId"].texts();
  for (const auto id : ids) {
    const Kind* kind = kind_of(id);
    if (kind == nullptr) refuse("InvalidID", cat("The ID '", id, "' is not valid"));
    if (!kind->exists(call.world, id)) {
      check_id(id, kind->prefix, kind->code);
      not_found(kind->code, kind->noun, id);
    }
  }
  return ids;
}

void create_tags(Call& call) {
  const auto ids = checked_ids(call);
  Tags added;
  for (const Param tag : call.params["Tag"].items()) {
    if (!added.emplace(tag["Key"].str(), tag["Value"].str()).second) {
      refuse("InvalidParameterValue",
             cat("Duplicate tag key '", tag["Key"].text(), "' specified."));
    }
  }
  check_tags(added);
  for (const auto id : ids) {
    Tags merged = added;
    const Tags& old = call.world.tags_of(id);
    merged.insert(old.begin(), old.end());
    check_tags(merged);
    call.world.tags[std::string(id)] = std::move(merged);
  }
  write_return(call);
}

void delete_tags(Call& call) {
  const auto wanted = call.params["Tag"].items();
  for (const auto id : checked_ids(call)) {
    const auto it = call.world.tags.find(id);
    if (it == call.world.tags.end()) continue;
    if (wanted.empty()) it->second.clear();
    for (const Param tag : wanted) {
      const auto found = it->second.find(tag["Key"].text());
      if (found == it->second.end()) continue;
      const Param value = tag["Value"];
      if (!value || value.text() == found->second) it->second.erase(found);
    }
    if (it->second.empty()) call.world.tags.erase(it);
  }
  write_return(call);
}

struct TagRow {
  std::string id;
  const char* type;
  std::string key;
  std::string value;
};

constexpr Filter<TagRow> filters[] = {
    {"resource-id", [](const Call&, const TagRow& t, Values& out) { out.push_back(t.id); }},
    {"resource-type", [](const Call&, const TagRow& t, Values& out) { out.emplace_back(t.type); }},
    {"key", [](const Call&, const TagRow& t, Values& out) { out.push_back(t.key); }},
    {"value", [](const Call&, const TagRow& t, Values& out) { out.push_back(t.value); }},
};

void describe_tags(Call& call) {
  Table<TagRow> rows;
  for (const auto& [id, tags] : call.world.tags) {
    const Kind* kind = kind_of(id);
    for (const auto& [key, value] : tags) {
      rows.emplace(cat(id, "/", key), TagRow{id, kind == nullptr ? "" : kind->type, key, value});
    }
  }
  static constexpr Listing<TagRow> listing{"-", "tagSet", "", "", "", 5, 1000, false, filters};
  describe(call, listing, rows, [&](const TagRow& row) {
    call.out.leaf("resourceId", row.id);
    call.out.leaf("resourceType", row.type);
    call.out.leaf("key", row.key);
    call.out.leaf("value", row.value);
  });
}

constexpr Action actions[] = {
    {"CreateTags", create_tags},
    {"DeleteTags", delete_tags},
    {"DescribeTags", describe_tags},
};

}  // namespace

std::span<const Action> tag_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
