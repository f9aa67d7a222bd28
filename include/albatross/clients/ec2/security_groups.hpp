#pragma once

#include "albatross/clients/ec2/common.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::ec2 {

struct IpRange {
  std::string cidr_ip;
  std::string description;
};

struct Ipv6Range {
  std::string cidr_ipv6;
  std::string description;
};

struct UserIdGroupPair {
  std::string group_id;
  std::string user_id;
  std::string description;
};

struct PrefixListId {
  std::string prefix_list_id;
  std::string description;
};

/// The peers that may use one protocol and port range. In answers the union of all rules with the
/// same protocol and ports.
struct IpPermission {
  /// "tcp", "udp", "icmp", "icmpv6", a number, or "-1" for everything (then without ports).
  std::string ip_protocol;
  std::optional<int> from_port;
  std::optional<int> to_port;
  std::vector<IpRange> ip_ranges;
  std::vector<Ipv6Range> ipv6_ranges;
  std::vector<UserIdGroupPair> user_id_group_pairs;
  std::vector<PrefixListId> prefix_list_ids;
};

struct SecurityGroup {
  std::string group_id;
  std::string group_name;
  std::string description;
  std::string vpc_id;
  std::string owner_id;
  std::vector<IpPermission> ip_permissions;
  std::vector<IpPermission> ip_permissions_egress;
  std::vector<Tag> tags;
};

struct DescribeSecurityGroupsRequest {
  std::vector<std::string> group_ids;
  std::vector<Filter> filters;
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeSecurityGroupsResponse {
  std::vector<SecurityGroup> security_groups;
  std::string next_token;
};

struct ReferencedSecurityGroup {
  std::string group_id;
  std::string user_id;
  std::string vpc_id;
};

/// One rule, one peer: what to compare when rules are diffed.
struct SecurityGroupRule {
  std::string security_group_rule_id;
  std::string group_id;
  std::string group_owner_id;
  bool is_egress = false;
  std::string ip_protocol;
  /// -1 when the protocol is "-1".
  std::optional<int> from_port;
  std::optional<int> to_port;
  std::string cidr_ipv4;
  std::string cidr_ipv6;
  std::string prefix_list_id;
  ReferencedSecurityGroup referenced_group_info;
  std::string description;
  std::vector<Tag> tags;
};

struct DescribeSecurityGroupRulesRequest {
  std::vector<std::string> security_group_rule_ids;
  /// Only group-id, security-group-rule-id, tag:KEY, tag-key.
  std::vector<Filter> filters;
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeSecurityGroupRulesResponse {
  std::vector<SecurityGroupRule> security_group_rules;
  std::string next_token;
};

/// Not idempotent; a repetition fails with InvalidGroup.Duplicate.
struct CreateSecurityGroupRequest {
  std::string group_name;
  std::string description;
  std::string vpc_id;
  std::vector<TagSpecification> tag_specifications;
  bool dry_run = false;
};
struct CreateSecurityGroupResponse {
  std::string group_id;
  std::vector<Tag> tags;
};

struct DeleteSecurityGroupRequest {
  std::string group_id;
  bool dry_run = false;
};
using DeleteSecurityGroupResponse = Done;

/// Not idempotent; one rule that exists fails the whole call (InvalidPermission.Duplicate).
struct AuthorizeSecurityGroupIngressRequest {
  std::string group_id;
  std::vector<IpPermission> ip_permissions;
  std::vector<TagSpecification> tag_specifications;
  bool dry_run = false;
};
struct AuthorizeSecurityGroupIngressResponse {
  bool result = false;
  std::vector<SecurityGroupRule> security_group_rules;
};

struct AuthorizeSecurityGroupEgressRequest {
  std::string group_id;
  std::vector<IpPermission> ip_permissions;
  std::vector<TagSpecification> tag_specifications;
  bool dry_run = false;
};
struct AuthorizeSecurityGroupEgressResponse {
  bool result = false;
  std::vector<SecurityGroupRule> security_group_rules;
};

/// By rule ids (preferred) or by permissions.
struct RevokeSecurityGroupIngressRequest {
  std::string group_id;
  std::vector<std::string> security_group_rule_ids;
  std::vector<IpPermission> ip_permissions;
  bool dry_run = false;
};
struct RevokeSecurityGroupIngressResponse {
  bool result = false;
  /// What was asked for and was not there (default VPC only; elsewhere that is an error).
  std::vector<IpPermission> unknown_ip_permissions;
};

struct RevokeSecurityGroupEgressRequest {
  std::string group_id;
  std::vector<std::string> security_group_rule_ids;
  std::vector<IpPermission> ip_permissions;
  bool dry_run = false;
};
struct RevokeSecurityGroupEgressResponse {
  bool result = false;
  std::vector<IpPermission> unknown_ip_permissions;
};

}  // namespace albatross::ec2
