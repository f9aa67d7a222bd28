#pragma once

#include "albatross/clients/tag.hpp"

#include <optional>
#include <string>
#include <vector>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::elbv2 {

using albatross::Tag;

/// The answer of calls that return nothing.
struct Done {};

/// A setting with a dotted key: "idle_timeout.timeout_seconds" = "60".
struct Attribute {
  std::string key;
  std::string value;
};

struct LoadBalancerState {
  /// provisioning | active | active_impaired | failed.
  std::string code;
  std::string reason;
};

struct AvailabilityZone {
  std::string zone_name;
  std::string subnet_id;
};

struct LoadBalancer {
  std::string load_balancer_arn;
  std::string load_balancer_name;
  std::string dns_name;
  std::string canonical_hosted_zone_id;
  std::string created_time;
  /// internet-facing | internal.
  std::string scheme;
  std::string vpc_id;
  LoadBalancerState state;
  /// application | network | gateway.
  std::string type;
  std::string ip_address_type;
  std::vector<AvailabilityZone> availability_zones;
  std::vector<std::string> security_groups;
};

/// By ARNs, by names (each at most 20), or all.
struct DescribeLoadBalancersRequest {
  std::vector<std::string> load_balancer_arns;
  std::vector<std::string> names;
  /// 1 to 400.
  std::optional<int> page_size;
  std::string marker;
};
struct DescribeLoadBalancersResponse {
  std::vector<LoadBalancer> load_balancers;
  std::string next_marker;
};

/// Same name and settings again: answers with the existing one, whoever made it.
struct CreateLoadBalancerRequest {
  std::string name;
  std::vector<std::string> subnets;
  std::vector<std::string> security_groups;
  std::string scheme;
  std::string type;
  std::string ip_address_type;
  std::vector<Tag> tags;
};
struct CreateLoadBalancerResponse {
  std::vector<LoadBalancer> load_balancers;
};

struct DeleteLoadBalancerRequest {
  std::string load_balancer_arn;
};
using DeleteLoadBalancerResponse = Done;

struct DescribeLoadBalancerAttributesRequest {
  std::string load_balancer_arn;
};
struct DescribeLoadBalancerAttributesResponse {
  std::vector<Attribute> attributes;
};

struct ModifyLoadBalancerAttributesRequest {
  std::string load_balancer_arn;
  std::vector<Attribute> attributes;
};
struct ModifyLoadBalancerAttributesResponse {
  std::vector<Attribute> attributes;
};

/// Replaces the whole set.
struct SetSecurityGroupsRequest {
  std::string load_balancer_arn;
  std::vector<std::string> security_groups;
};
struct SetSecurityGroupsResponse {
  std::vector<std::string> security_group_ids;
};

/// Replaces the whole set.
struct SetSubnetsRequest {
  std::string load_balancer_arn;
  std::vector<std::string> subnets;
  std::string ip_address_type;
};
struct SetSubnetsResponse {
  std::vector<AvailabilityZone> availability_zones;
  std::string ip_address_type;
};

struct SetIpAddressTypeRequest {
  std::string load_balancer_arn;
  /// ipv4 | dualstack.
  std::string ip_address_type;
};
struct SetIpAddressTypeResponse {
  std::string ip_address_type;
};

struct Limit {
  std::string name;
  std::string max;
};

struct DescribeAccountLimitsRequest {
  std::optional<int> page_size;
  std::string marker;
};
struct DescribeAccountLimitsResponse {
  std::vector<Limit> limits;
  std::string next_marker;
};

/// At most 20 ARNs; tags are upserted.
struct AddTagsRequest {
  std::vector<std::string> resource_arns;
  std::vector<Tag> tags;
};
using AddTagsResponse = Done;

struct RemoveTagsRequest {
  std::vector<std::string> resource_arns;
  std::vector<std::string> tag_keys;
};
using RemoveTagsResponse = Done;

struct TagDescription {
  std::string resource_arn;
  std::vector<Tag> tags;
};

/// At most 20 ARNs; a missing one fails the whole call.
struct DescribeTagsRequest {
  std::vector<std::string> resource_arns;
};
struct DescribeTagsResponse {
  std::vector<TagDescription> tag_descriptions;
};

}  // namespace albatross::elbv2
