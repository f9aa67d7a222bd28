#include "sim/ec2/common.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {

Vpc& vpc_of(Call& call, std::string_view id) {
  return existing(call.world, call.world.vpcs, id, "vpc-", "InvalidVpcID", "vpc ID");
}
Subnet& subnet_of(Call& call, std::string_view id) {
  return existing(call.world, call.world.subnets, id, "subnet-", "InvalidSubnetID", "subnet ID");
}
InternetGateway& gateway_of(Call& call, std::string_view id) {
  return existing(call.world, call.world.gateways, id, "igw-", "InvalidInternetGatewayID",
                  "internetGateway ID");
}
RouteTable& table_of(Call& call, std::string_view id) {
  return existing(call.world, call.world.route_tables, id, "rtb-", "InvalidRouteTableID",
                  "routeTable ID");
}
SecurityGroup& group_of(Call& call, std::string_view id) {
  return existing(call.world, call.world.groups, id, "sg-", "InvalidGroup", "security group");
}
NetworkInterface& interface_of(Call& call, std::string_view id) {
  return existing(call.world, call.world.interfaces, id, "eni-", "InvalidNetworkInterfaceID",
                  "networkInterface ID");
}
Instance& instance_of(Call& call, std::string_view id) {
  return existing(call.world, call.world.instances, id, "i-", "InvalidInstanceID", "instance ID");
}

void write_tags(Call& call, std::string_view id, std::string_view element) {
  const Tags& tags = call.world.tags_of(id);
  if (tags.empty()) return call.out.empty(element);
  call.out.in(element, [&] {
    for (const auto& [key, value] : tags) {
      call.out.in("item", [&] {
        call.out.leaf("key", key);
        call.out.leaf("value", value);
      });
    }
  });
}

void check_tags(const Tags& tags) {
  if (tags.size() > 50) {
    refuse("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
  }
  for (const auto& [key, value] : tags) {
    if (key.empty()) refuse("InvalidParameterValue", "Tag key cannot be empty");
    if (key.starts_with("aws:")) {
      refuse("InvalidParameterValue",
             cat("Tag keys starting with 'aws:' are reserved for internal use"));
    }
    if (key.size() > 128) {
      refuse("InvalidParameterValue", "Tag key exceeds the maximum length of 127 characters");
    }
    if (value.size() > 256) {
      refuse("InvalidParameterValue", "Tag value exceeds the maximum length of 255 characters");
    }
  }
}

Tags tags_for(const Call& call, std::string_view resource_type) {
  return tags_for(call, resource_type, {resource_type});
}

Tags tags_for(const Call& call, std::string_view resource_type,
              std::initializer_list<std::string_view> types) {
  Tags tags;
  for (const Param specification : call.params["TagSpecification"].items()) {
    const std::string_view type = specification["ResourceType"].text();
    if (std::find(types.begin(), types.end(), type) == types.end()) {
      refuse("InvalidParameterValue",
             cat("'", type, "' is not a valid taggable resource type for this operation."));
    }
    if (type != resource_type) continue;
    for (const Param tag : specification["Tag"].items()) {
      if (!tags.emplace(tag["Key"].str(), tag["Value"].str()).second) {
        refuse("InvalidParameterValue",
               cat("Duplicate tag key '", tag["Key"].text(), "' specified."));
      }
    }
  }
  check_tags(tags);
  return tags;
}

void tag_new(Call& call, const std::string& id, std::string_view resource_type) {
  if (!call.params["TagSpecification"]) return;
  Tags tags = tags_for(call, resource_type);
  if (!tags.empty()) call.world.tags[id] = std::move(tags);
}

void write_return(Call& call) {
  call.out.leaf("return", true);
}

void write_group_set(Call& call, const std::vector<std::string>& groups) {
  call.out.in("groupSet", [&] {
    for (const auto& id : groups) {
      const auto it = call.world.groups.find(id);
      call.out.in("item", [&] {
        call.out.leaf("groupId", id);
        if (it != call.world.groups.end()) call.out.leaf("groupName", it->second.name);
      });
    }
  });
}

std::string private_dns(const World& world, std::uint32_t address) {
  const bool first_region = world.options.region == "us-east-1";
  return cat("ip-", ipv4_dashed(address), first_region ? ".ec2.internal" : ".",
             first_region ? "" : world.options.region + ".compute.internal");
}

std::string public_dns(const World& world, const NetworkInterface& interface) {
  if (interface.public_address == 0) return {};
  const auto vpc = world.vpcs.find(interface.vpc);
  if (vpc == world.vpcs.end() || !vpc->second.dns_hostnames) return {};
  const bool first_region = world.options.region == "us-east-1";
  return cat("ec2-", ipv4_dashed(interface.public_address), ".",
             first_region ? "compute-1" : world.options.region + ".compute", ".amazonaws.com");
}

std::vector<std::string> check_groups(Call& call, const std::vector<std::string_view>& ids,
                                      const Subnet& subnet) {
  std::vector<std::string> groups;
  if (ids.size() > 5) {
    refuse("SecurityGroupsPerInterfaceLimitExceeded",
           "The maximum number of security groups per interface has been reached.");
  }
  for (const auto id : ids) {
    const SecurityGroup& group = group_of(call, id);
    if (group.vpc != subnet.vpc) {
      refuse("InvalidParameter", cat("Security group ", id, " and subnet ", subnet.id,
                                     " belong to different networks."));
    }
    groups.emplace_back(id);
  }
  if (groups.empty()) groups.push_back(call.world.vpcs.at(subnet.vpc).default_group);
  return groups;
}

std::string replayed(Call& call, std::string_view action) {
  const auto token = call.params["ClientToken"].text();
  if (token.empty()) return {};
  if (token.size() > 64) {
    refuse("InvalidParameterValue", "Client token is too long: at most 64 characters");
  }
  const auto it = call.world.tokens.find(cat(action, ":", token));
  if (it == call.world.tokens.end()) return {};
  if (it->second.first != call.form->digest({"ClientToken", "DryRun", "Version"})) {
    refuse("IdempotentParameterMismatch",
           "The client token has already been used with different parameters.");
  }
  return it->second.second;
}

void remember_token(Call& call, std::string_view action, const std::string& id) {
  const auto token = call.params["ClientToken"].text();
  if (token.empty()) return;
  call.world.tokens[cat(action, ":", token)] = {
      call.form->digest({"ClientToken", "DryRun", "Version"}), id};
}

}  // namespace albatross::sim::ec2
