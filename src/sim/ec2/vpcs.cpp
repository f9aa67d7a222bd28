#include "sim/core/quotas.hpp"
#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

namespace albatross::sim::ec2 {
namespace {

std::string_view state_of(const Call& call, const Vpc& vpc) {
  return call.now >= vpc.available_at ? "available" : "pending";
}

constexpr Filter<Vpc> filters[] = {
    {"vpc-id", [](const Call&, const Vpc& v, Values& out) { out.push_back(v.id); }},
    {"cidr", [](const Call&, const Vpc& v, Values& out) { out.push_back(v.cidr.str()); }},
    {"cidr-block-association.cidr-block",
     [](const Call&, const Vpc& v, Values& out) { out.push_back(v.cidr.str()); }},
    {"cidr-block-association.association-id",
     [](const Call&, const Vpc& v, Values& out) { out.push_back(v.cidr_association); }},
    {"cidr-block-association.state",
     [](const Call&, const Vpc&, Values& out) { out.emplace_back("associated"); }},
    {"dhcp-options-id",
     [](const Call&, const Vpc&, Values& out) { out.emplace_back(dhcp_options_id); }},
    {"is-default", [](const Call&, const Vpc& v,
                      Values& out) { out.emplace_back(v.is_default ? "true" : "false"); }},
    {"isDefault", [](const Call&, const Vpc& v,
                     Values& out) { out.emplace_back(v.is_default ? "true" : "false"); }},
    {"owner-id",
     [](const Call& c, const Vpc&, Values& out) { out.push_back(c.world.options.account); }},
    {"state", [](const Call& c, const Vpc& v, Values& out) { out.emplace_back(state_of(c, v)); }},
    {"ipv6-cidr-block-association.ipv6-cidr-block", [](const Call&, const Vpc&, Values&) {}},
};

void describe_vpcs(Call& call) {
  static constexpr Listing<Vpc> listing{"VpcId", "vpcSet", "vpc-", "InvalidVpcID", "vpc ID",
                                        5,       1000,     false,  filters};
  describe(call, listing, call.world.vpcs, [&](const Vpc& vpc) { write_vpc(call, vpc); });
}

void create_vpc(Call& call) {
  const auto text = call.params["CidrBlock"].text();
  if (text.empty()) {
    refuse("MissingParameter", "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.");
  }
  const auto cidr = parse_cidr(text);
  if (!cidr) {
    refuse("InvalidParameterValue",
           cat("Value (", text,
               ") for parameter cidrBlock is invalid. This is not a valid CIDR "
               "block."));
  }
  if (cidr->prefix < 16 || cidr->prefix > 28) {
    refuse("InvalidVpc.Range", cat("The CIDR '", text, "' is invalid."));
  }
  if (static_cast<double>(call.world.vpcs.size()) >= call.world.quota(quota::vpcs)) {
    refuse("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
  }
  const Tags tags = tags_for(call, "vpc");
  Vpc& vpc = call.world.make_vpc(*cidr, false, call.now);
  vpc.tenancy = call.params["InstanceTenancy"].text_or("default");
  if (!tags.empty()) call.world.tags[vpc.id] = tags;
  call.world.created(vpc.id, call.now);
  call.out.in("vpc", [&] { write_vpc(call, vpc); });
}

[[noreturn]] void refuse_dependent(std::string_view id) {
  refuse("DependencyViolation", cat("The vpc '", id, "' has dependencies and cannot be deleted."));
}

void delete_vpc(Call& call) {
  World& world = call.world;
  const Vpc vpc = vpc_of(call, call.params["VpcId"].text());
  for (const auto& [id, subnet] : world.subnets) {
    if (subnet.vpc == vpc.id) refuse_dependent(vpc.id);
  }
  if (world.has_gateway(vpc.id)) refuse_dependent(vpc.id);
  for (const auto& [id, group] : world.groups) {
    if (group.vpc == vpc.id && !group.is_default) refuse_dependent(vpc.id);
  }
  for (const auto& [id, table] : world.route_tables) {
    if (table.vpc == vpc.id && id != vpc.main_table) refuse_dependent(vpc.id);
  }
  for (const auto& rule : world.groups.at(vpc.default_group).rules)
    world.tags.erase(rule.id);
  world.groups.erase(vpc.default_group);
  world.route_tables.erase(vpc.main_table);
  for (const auto& id : {vpc.id, vpc.default_group, vpc.main_table, vpc.acl})
    world.tags.erase(id);
  world.vpcs.erase(vpc.id);
  write_return(call);
}

void modify_attribute(Call& call) {
  Vpc& vpc = vpc_of(call, call.params["VpcId"].text());
  const Param support = call.params["EnableDnsSupport"]["Value"];
  const Param hostnames = call.params["EnableDnsHostnames"]["Value"];
  const Param metrics = call.params["EnableNetworkAddressUsageMetrics"]["Value"];
  const int given = (support ? 1 : 0) + (hostnames ? 1 : 0) + (metrics ? 1 : 0);
  if (given == 0) refuse("MissingParameter", "The request must contain exactly one attribute");
  if (given > 1) {
    refuse("InvalidParameterCombination", "Fields for multiple attribute types specified");
  }
  if (hostnames && hostnames.is_true() && !vpc.dns_support) {
    refuse("InvalidParameterCombination", "DNS hostnames need DNS support to be enabled");
  }
  if (support) vpc.dns_support = support.is_true();
  if (hostnames) vpc.dns_hostnames = hostnames.is_true();
  if (metrics) vpc.address_usage_metrics = metrics.is_true();
  write_return(call);
}

void describe_attribute(Call& call) {
  const Vpc& vpc = vpc_of(call, call.params["VpcId"].text());
  const auto attribute = call.params["Attribute"].text();
  bool value = vpc.address_usage_metrics;
  if (attribute == "enableDnsSupport") value = vpc.dns_support;
  if (attribute == "enableDnsHostnames") value = vpc.dns_hostnames;
  call.out.leaf("vpcId", vpc.id);
  call.out.in(attribute, [&] { call.out.leaf("value", value); });
}

constexpr Action actions[] = {
    {"DescribeVpcs", describe_vpcs},
    {"CreateVpc", create_vpc},
    {"DeleteVpc", delete_vpc},
    {"ModifyVpcAttribute", modify_attribute},
    {"DescribeVpcAttribute", describe_attribute},
};

}  // namespace

std::span<const Action> vpc_actions() {
  return actions;
}

void write_vpc(Call& call, const Vpc& vpc) {
  Xml& out = call.out;
  out.leaf("vpcId", vpc.id);
  out.leaf("ownerId", call.world.options.account);
  out.leaf("state", state_of(call, vpc));
  out.leaf("cidrBlock", vpc.cidr.str());
  out.in("cidrBlockAssociationSet", [&] {
    out.in("item", [&] {
      out.leaf("cidrBlock", vpc.cidr.str());
      out.leaf("associationId", vpc.cidr_association);
      out.in("cidrBlockState", [&] { out.leaf("state", "associated"); });
    });
  });
  out.empty("ipv6CidrBlockAssociationSet");
  out.leaf("dhcpOptionsId", dhcp_options_id);
  out.leaf("instanceTenancy", vpc.tenancy);
  out.leaf("isDefault", vpc.is_default);
  write_tags(call, vpc.id);
}

}  // namespace albatross::sim::ec2
