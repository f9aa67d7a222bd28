#include "sim/core/quotas.hpp"
#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

namespace albatross::sim::ec2 {
namespace {

const char* yes_no(bool value) {
  return value ? "true" : "false";
}

std::string_view state_of(const Call& call, const Subnet& subnet) {
  return call.now >= subnet.available_at ? "available" : "pending";
}

constexpr Filter<Subnet> filters[] = {
    {"subnet-id", [](const Call&, const Subnet& s, Values& out) { out.push_back(s.id); }},
    {"vpc-id", [](const Call&, const Subnet& s, Values& out) { out.push_back(s.vpc); }},
    {"cidr-block", [](const Call&, const Subnet& s, Values& out) { out.push_back(s.cidr.str()); }},
    {"cidr", [](const Call&, const Subnet& s, Values& out) { out.push_back(s.cidr.str()); }},
    {"availability-zone",
     [](const Call& c, const Subnet& s, Values& out) { out.push_back(c.world.zone_name(s.zone)); }},
    {"availabilityZone",
     [](const Call& c, const Subnet& s, Values& out) { out.push_back(c.world.zone_name(s.zone)); }},
    {"availability-zone-id",
     [](const Call& c, const Subnet& s, Values& out) { out.push_back(c.world.zone_id(s.zone)); }},
    {"default-for-az",
     [](const Call&, const Subnet& s, Values& out) { out.emplace_back(yes_no(s.default_for_az)); }},
    {"defaultForAz",
     [](const Call&, const Subnet& s, Values& out) { out.emplace_back(yes_no(s.default_for_az)); }},
    {"map-public-ip-on-launch",
     [](const Call&, const Subnet& s, Values& out) {
       out.emplace_back(yes_no(s.public_ip_on_launch));
     }},
    {"state",
     [](const Call& c, const Subnet& s, Values& out) { out.emplace_back(state_of(c, s)); }},
    {"owner-id",
     [](const Call& c, const Subnet&, Values& out) { out.push_back(c.world.options.account); }},
    {"available-ip-address-count",
     [](const Call&, const Subnet& s, Values& out) {
       out.push_back(std::to_string(s.free_addresses()));
     }},
    {"ipv6-cidr-block-association.ipv6-cidr-block",
     [](const Call&, const Subnet& s, Values& out) {
       if (!s.ipv6_cidr.empty()) out.push_back(s.ipv6_cidr);
     }},
};

void write_subnet(Call& call, const Subnet& subnet) {
  Xml& out = call.out;
  out.leaf("subnetId", subnet.id);
  out.leaf("subnetArn", call.world.arn("ec2", "subnet/" + subnet.id));
  out.leaf("state", state_of(call, subnet));
  out.leaf("vpcId", subnet.vpc);
  out.leaf("ownerId", call.world.options.account);
  out.leaf("cidrBlock", subnet.cidr.str());
  out.leaf("availableIpAddressCount", subnet.free_addresses());
  out.leaf("availabilityZone", call.world.zone_name(subnet.zone));
  out.leaf("availabilityZoneId", call.world.zone_id(subnet.zone));
  out.leaf("defaultForAz", subnet.default_for_az);
  out.leaf("mapPublicIpOnLaunch", subnet.public_ip_on_launch);
  out.leaf("mapCustomerOwnedIpOnLaunch", false);
  out.leaf("assignIpv6AddressOnCreation", false);
  out.in("ipv6CidrBlockAssociationSet", [&] {
    if (subnet.ipv6_cidr.empty()) return;
    out.in("item", [&] {
      out.leaf("associationId", "subnet-cidr-assoc-" + subnet.id.substr(subnet.id.find('-') + 1));
      out.leaf("ipv6CidrBlock", subnet.ipv6_cidr);
      out.in("ipv6CidrBlockState", [&] { out.leaf("state", "associated"); });
    });
  });
  out.leaf("enableDns64", false);
  out.leaf("ipv6Native", false);
  out.in("privateDnsNameOptionsOnLaunch", [&] {
    out.leaf("hostnameType", subnet.hostname_type);
    out.leaf("enableResourceNameDnsARecord", subnet.resource_name_dns);
    out.leaf("enableResourceNameDnsAAAARecord", false);
  });
  write_tags(call, subnet.id);
}

void describe_subnets(Call& call) {
  static constexpr Listing<Subnet> listing{
      "SubnetId", "subnetSet", "subnet-", "InvalidSubnetID", "subnet ID", 5, 1000, false, filters};
  describe(call, listing, call.world.subnets,
           [&](const Subnet& subnet) { write_subnet(call, subnet); });
}

std::size_t zone_for(Call& call) {
  const Param name = call.params["AvailabilityZone"];
  const Param id = call.params["AvailabilityZoneId"];
  if (!name && !id) return 0;
  const auto text = name ? name.text() : id.text();
  if (const auto zone = call.world.zone_index(text)) return *zone;
  std::string zones;
  for (std::size_t i = 0; i < call.world.options.zones.size(); ++i) {
    zones += cat(i == 0 ? "" : ", ", call.world.zone_name(i));
  }
  refuse("InvalidParameterValue",
         cat("Value (", text,
             ") for parameter availabilityZone is invalid. Subnets can currently "
             "only be created in the following availability zones: ",
             zones, "."));
}

Cidr check_cidr(Call& call, const Vpc& vpc) {
  const auto text = call.params["CidrBlock"].text();
  if (text.empty()) {
    refuse("MissingParameter", "Either 'cidrBlock' or 'ipv6CidrBlock' should be provided.");
  }
  const auto cidr = parse_cidr(text);
  if (!cidr) {
    refuse("InvalidParameterValue",
           cat("Value (", text,
               ") for parameter cidrBlock is invalid. This is not a valid CIDR "
               "block."));
  }
  const Cidr canonical{cidr->network(), cidr->prefix};
  if (cidr->prefix < 16 || cidr->prefix > 28 || !vpc.cidr.contains(canonical)) {
    refuse("InvalidSubnet.Range", cat("The CIDR '", text, "' is invalid."));
  }
  std::size_t in_vpc = 0;
  for (const auto& [id, other] : call.world.subnets) {
    if (other.vpc != vpc.id) continue;
    ++in_vpc;
    if (other.cidr.overlaps(canonical)) {
      refuse("InvalidSubnet.Conflict", cat("The CIDR '", text, "' conflicts with another subnet"));
    }
  }
  if (static_cast<double>(in_vpc) >= call.world.quota(quota::subnets_of_vpc)) {
    refuse("SubnetLimitExceeded", "The maximum number of subnets has been reached.");
  }
  return canonical;
}

void create_subnet(Call& call) {
  const Vpc& vpc = vpc_of(call, call.params["VpcId"].text());
  const Cidr cidr = check_cidr(call, vpc);
  const std::size_t zone = zone_for(call);
  const Tags tags = tags_for(call, "subnet");
  Subnet& subnet = call.world.make_subnet(vpc, cidr, zone, call.now);
  subnet.ipv6_cidr = call.params["Ipv6CidrBlock"].str();
  if (!tags.empty()) call.world.tags[subnet.id] = tags;
  call.world.created(subnet.id, call.now);
  call.out.in("subnet", [&] { write_subnet(call, subnet); });
}

void delete_subnet(Call& call) {
  const std::string id = subnet_of(call, call.params["SubnetId"].text()).id;
  for (const auto& [eni, interface] : call.world.interfaces) {
    if (interface.subnet != id) continue;
    refuse("DependencyViolation",
           cat("The subnet '", id, "' has dependencies and cannot be deleted."));
  }
  for (auto& [table_id, table] : call.world.route_tables) {
    std::erase_if(table.associations, [&](const auto& a) { return a.subnet == id; });
  }
  call.world.tags.erase(id);
  call.world.subnets.erase(id);
  write_return(call);
}

void modify_attribute(Call& call) {
  Subnet& subnet = subnet_of(call, call.params["SubnetId"].text());
  int given = 0;
  const auto take = [&](const char* name, bool& into) {
    if (const Param value = call.params[name]["Value"]) {
      ++given;
      into = value.is_true();
    }
  };
  bool ignored = false;
  take("MapPublicIpOnLaunch", subnet.public_ip_on_launch);
  take("EnableResourceNameDnsARecordOnLaunch", subnet.resource_name_dns);
  take("AssignIpv6AddressOnCreation", ignored);
  take("EnableDns64", ignored);
  take("EnableResourceNameDnsAAAARecordOnLaunch", ignored);
  if (const Param type = call.params["PrivateDnsHostnameTypeOnLaunch"]) {
    ++given;
    subnet.hostname_type = type.str();
  }
  if (given == 0) refuse("MissingParameter", "The request must contain exactly one attribute");
  if (given > 1) {
    refuse("InvalidParameterCombination", "Fields for multiple attribute types specified");
  }
  write_return(call);
}

constexpr Action actions[] = {
    {"DescribeSubnets", describe_subnets},
    {"CreateSubnet", create_subnet},
    {"DeleteSubnet", delete_subnet},
    {"ModifySubnetAttribute", modify_attribute},
};

}  // namespace

std::span<const Action> subnet_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
