#pragma once

#include "albatross/clients/ec2/common.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::ec2 {

struct Vpc {
  std::string vpc_id;
  /// pending | available.
  std::string state;
  std::string cidr_block;
  bool is_default = false;
  std::string owner_id;
  std::string dhcp_options_id;
  std::string instance_tenancy;
  std::vector<Tag> tags;
};

struct DescribeVpcsRequest {
  std::vector<std::string> vpc_ids;
  std::vector<Filter> filters;
  /// 5 to 1000; not together with ids.
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeVpcsResponse {
  std::vector<Vpc> vpcs;
  std::string next_token;
};

/// Not idempotent: every call makes a VPC.
struct CreateVpcRequest {
  std::string cidr_block;
  std::string instance_tenancy;
  std::optional<bool> amazon_provided_ipv6_cidr_block;
  std::vector<TagSpecification> tag_specifications;
  bool dry_run = false;
};
struct CreateVpcResponse {
  Vpc vpc;
};

/// Exactly one of the attributes may be set per call.
struct ModifyVpcAttributeRequest {
  std::string vpc_id;
  std::optional<bool> enable_dns_support;
  std::optional<bool> enable_dns_hostnames;
};
using ModifyVpcAttributeResponse = Done;

struct DescribeVpcAttributeRequest {
  std::string vpc_id;
  /// enableDnsSupport | enableDnsHostnames.
  std::string attribute;
};
/// Only the attribute that was asked for is set.
struct DescribeVpcAttributeResponse {
  std::string vpc_id;
  std::optional<bool> enable_dns_support;
  std::optional<bool> enable_dns_hostnames;
};

struct DeleteVpcRequest {
  std::string vpc_id;
  bool dry_run = false;
};
using DeleteVpcResponse = Done;

struct SubnetIpv6CidrBlockAssociation {
  std::string ipv6_cidr_block;
};

struct Subnet {
  std::string subnet_id;
  std::string subnet_arn;
  std::string vpc_id;
  /// pending | available | unavailable | failed | failed-insufficient-capacity.
  std::string state;
  std::string cidr_block;
  std::string availability_zone;
  std::string availability_zone_id;
  /// Lags seconds to minutes behind.
  int available_ip_address_count = 0;
  bool default_for_az = false;
  bool map_public_ip_on_launch = false;
  std::string owner_id;
  std::vector<SubnetIpv6CidrBlockAssociation> ipv6_cidr_block_association_set;
  std::vector<Tag> tags;
};

struct DescribeSubnetsRequest {
  std::vector<std::string> subnet_ids;
  std::vector<Filter> filters;
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeSubnetsResponse {
  std::vector<Subnet> subnets;
  std::string next_token;
};

/// Not idempotent; a repetition fails with InvalidSubnet.Conflict.
struct CreateSubnetRequest {
  std::string vpc_id;
  std::string cidr_block;
  std::string availability_zone;
  std::string availability_zone_id;
  std::vector<TagSpecification> tag_specifications;
  bool dry_run = false;
};
struct CreateSubnetResponse {
  Subnet subnet;
};

/// Exactly one attribute per call.
struct ModifySubnetAttributeRequest {
  std::string subnet_id;
  std::optional<bool> map_public_ip_on_launch;
};
using ModifySubnetAttributeResponse = Done;

struct DeleteSubnetRequest {
  std::string subnet_id;
  bool dry_run = false;
};
using DeleteSubnetResponse = Done;

struct AvailabilityZone {
  std::string zone_name;
  std::string zone_id;
  /// available | impaired | unavailable | information | constrained.
  std::string state;
  std::string region_name;
  std::string opt_in_status;
  /// availability-zone | local-zone | wavelength-zone.
  std::string zone_type;
  std::string network_border_group;
};

/// Not paginated.
struct DescribeAvailabilityZonesRequest {
  std::vector<std::string> zone_names;
  std::vector<std::string> zone_ids;
  std::vector<Filter> filters;
  bool all_availability_zones = false;
};
struct DescribeAvailabilityZonesResponse {
  std::vector<AvailabilityZone> availability_zones;
};

}  // namespace albatross::ec2
