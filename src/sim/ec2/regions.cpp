#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {
namespace {

struct Zone {
  std::size_t index;
};

constexpr Filter<Zone> zone_filters[] = {
    {"zone-name",
     [](const Call& c, const Zone& z, Values& out) { out.push_back(c.world.zone_name(z.index)); }},
    {"zone-id",
     [](const Call& c, const Zone& z, Values& out) { out.push_back(c.world.zone_id(z.index)); }},
    {"state", [](const Call&, const Zone&, Values& out) { out.emplace_back("available"); }},
    {"zone-type",
     [](const Call&, const Zone&, Values& out) { out.emplace_back("availability-zone"); }},
    {"opt-in-status",
     [](const Call&, const Zone&, Values& out) { out.emplace_back("opt-in-not-required"); }},
    {"region-name",
     [](const Call& c, const Zone&, Values& out) { out.push_back(c.world.options.region); }},
    {"group-name", [](const Call& c, const Zone&,
                      Values& out) { out.push_back(c.world.options.region + "-zg-1"); }},
    {"message", [](const Call&, const Zone&, Values&) {}},
};

void write_zone(Call& call, std::size_t zone) {
  Xml& out = call.out;
  out.leaf("zoneName", call.world.zone_name(zone));
  out.leaf("zoneId", call.world.zone_id(zone));
  out.leaf("zoneState", "available");
  out.leaf("regionName", call.world.options.region);
  out.leaf("optInStatus", "opt-in-not-required");
  out.leaf("groupName", call.world.options.region + "-zg-1");
  out.leaf("networkBorderGroup", call.world.options.region);
  out.leaf("zoneType", "availability-zone");
  out.empty("messageSet");
}

void describe_zones(Call& call) {
  static constexpr Listing<Zone> listing{"-", "", "", "", "", 5, 1000, false, zone_filters};
  const auto filters = known_filters(call, listing);
  auto wanted = call.params["ZoneName"].texts();
  const auto ids = call.params["ZoneId"].texts();
  wanted.insert(wanted.end(), ids.begin(), ids.end());
  for (const auto name : wanted) {
    if (!call.world.zone_index(name)) {
      refuse("InvalidParameterValue", cat("Invalid availability zone: [", name, "]"));
    }
  }
  call.out.in("availabilityZoneInfo", [&] {
    for (std::size_t i = 0; i < call.world.options.zones.size(); ++i) {
      const auto is_wanted = [&](std::string_view name) {
        return call.world.zone_index(name) == i;
      };
      if (!wanted.empty() && std::none_of(wanted.begin(), wanted.end(), is_wanted)) continue;
      if (!passes(call, listing, "", Zone{i}, filters)) continue;
      call.out.in("item", [&] { write_zone(call, i); });
    }
  });
}

void describe_regions(Call& call) {
  for (const auto name : call.params["RegionName"].texts()) {
    if (name == call.world.options.region) continue;
    refuse("InvalidParameterValue", cat("Invalid region: [", name, "]"));
  }
  call.out.in("regionInfo", [&] {
    call.out.in("item", [&] {
      call.out.leaf("regionName", call.world.options.region);
      call.out.leaf("regionEndpoint", cat("ec2.", call.world.options.region, ".amazonaws.com"));
      call.out.leaf("optInStatus", "opt-in-not-required");
    });
  });
}

void describe_account(Call& call) {
  const Vpc* vpc = call.world.default_vpc();
  const std::pair<const char*, std::string> attributes[] = {
      {"supported-platforms", "VPC"}, {"default-vpc", vpc == nullptr ? "none" : vpc->id},
      {"max-instances", "1280"},      {"vpc-max-security-groups-per-interface", "5"},
      {"max-elastic-ips", "5"},       {"vpc-max-elastic-ips", "5"},
  };
  const auto wanted = call.params["AttributeName"].texts();
  call.out.in("accountAttributeSet", [&] {
    for (const auto& [name, value] : attributes) {
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end())
        continue;
      call.out.in("item", [&, &attribute = name, &text = value] {
        call.out.leaf("attributeName", attribute);
        call.out.in("attributeValueSet",
                    [&] { call.out.in("item", [&] { call.out.leaf("attributeValue", text); }); });
      });
    }
  });
}

constexpr Filter<Vpc> acl_filters[] = {
    {"vpc-id", [](const Call&, const Vpc& v, Values& out) { out.push_back(v.id); }},
    {"default", [](const Call&, const Vpc&, Values& out) { out.emplace_back("true"); }},
    {"network-acl-id", [](const Call&, const Vpc& v, Values& out) { out.push_back(v.acl); }},
    {"association.subnet-id",
     [](const Call& c, const Vpc& v, Values& out) {
       for (const auto& [id, subnet] : c.world.subnets) {
         if (subnet.vpc == v.id) out.push_back(id);
       }
     }},
    {"owner-id",
     [](const Call& c, const Vpc&, Values& out) { out.push_back(c.world.options.account); }},
};

void write_acl_entry(Call& call, int number, bool egress, const char* verdict) {
  call.out.in("item", [&] {
    call.out.leaf("ruleNumber", number);
    call.out.leaf("protocol", "-1");
    call.out.leaf("ruleAction", verdict);
    call.out.leaf("egress", egress);
    call.out.leaf("cidrBlock", "0.0.0.0/0");
  });
}

void write_acl(Call& call, const Vpc& vpc) {
  Xml& out = call.out;
  out.leaf("networkAclId", vpc.acl);
  out.leaf("vpcId", vpc.id);
  out.leaf("ownerId", call.world.options.account);
  out.leaf("default", true);
  out.in("entrySet", [&] {
    for (const bool egress : {true, false}) {
      write_acl_entry(call, 100, egress, "allow");
      write_acl_entry(call, 32767, egress, "deny");
    }
  });
  out.in("associationSet", [&] {
    for (const auto& [id, subnet] : call.world.subnets) {
      if (subnet.vpc != vpc.id) continue;
      out.in("item", [&, &member = subnet] {
        out.leaf("networkAclAssociationId", member.acl_association);
        out.leaf("networkAclId", vpc.acl);
        out.leaf("subnetId", member.id);
      });
    }
  });
  write_tags(call, vpc.acl);
}

void describe_acls(Call& call) {
  Table<Vpc> by_acl;
  for (const auto& [id, vpc] : call.world.vpcs)
    by_acl.emplace(vpc.acl, vpc);
  static constexpr Listing<Vpc> listing{
      "NetworkAclId", "networkAclSet", "acl-",     "InvalidNetworkAclID", "networkAcl ID", 5,
      1000,           false,           acl_filters};
  describe(call, listing, by_acl, [&](const Vpc& vpc) { write_acl(call, vpc); });
}

void describe_dhcp(Call& call) {
  const auto pair = [&](const char* key, const std::string& value) {
    call.out.in("item", [&] {
      call.out.leaf("key", key);
      call.out.in("valueSet", [&] { call.out.in("item", [&] { call.out.leaf("value", value); }); });
    });
  };
  call.out.in("dhcpOptionsSet", [&] {
    call.out.in("item", [&] {
      call.out.leaf("dhcpOptionsId", dhcp_options_id);
      call.out.leaf("ownerId", call.world.options.account);
      call.out.in("dhcpConfigurationSet", [&] {
        const bool first = call.world.options.region == "us-east-1";
        pair("domain-name",
             first ? "ec2.internal" : call.world.options.region + ".compute.internal");
        pair("domain-name-servers", "AmazonProvidedDNS");
      });
      call.out.empty("tagSet");
    });
  });
}

// What this account can never hold is listed as empty, so that clients that look may go on.
constexpr Action actions[] = {
    {"DescribeAvailabilityZones", describe_zones},
    {"DescribeRegions", describe_regions},
    {"DescribeAccountAttributes", describe_account},
    {"DescribeNetworkAcls", describe_acls},
    {"DescribeDhcpOptions", describe_dhcp},
    {"DescribeAddresses", [](Call& call) { call.out.empty("addressesSet"); }},
    {"DescribeNatGateways", [](Call& call) { call.out.empty("natGatewaySet"); }},
    {"DescribeVpcEndpoints", [](Call& call) { call.out.empty("vpcEndpointSet"); }},
    {"DescribePrefixLists", [](Call& call) { call.out.empty("prefixListSet"); }},
    {"DescribeManagedPrefixLists", [](Call& call) { call.out.empty("prefixListSet"); }},
    {"DescribeLaunchTemplates", [](Call& call) { call.out.empty("launchTemplates"); }},
    {"DescribePlacementGroups", [](Call& call) { call.out.empty("placementGroupSet"); }},
    {"DescribeSnapshots", [](Call& call) { call.out.empty("snapshotSet"); }},
    {"DescribeVpcPeeringConnections",
     [](Call& call) { call.out.empty("vpcPeeringConnectionSet"); }},
    {"DescribeEgressOnlyInternetGateways",
     [](Call& call) { call.out.empty("egressOnlyInternetGatewaySet"); }},
};

}  // namespace

std::span<const Action> region_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
