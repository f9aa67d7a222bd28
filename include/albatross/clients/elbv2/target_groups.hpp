#pragma once

#include "albatross/clients/elbv2/load_balancers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::elbv2 {

struct Matcher {
  /// "200", "200,202", "200-299".
  std::string http_code;
  /// Of GRPC groups, instead: "12", "0,12", "0-99".
  std::string grpc_code = {};
};

struct TargetGroup {
  std::string target_group_arn;
  std::string target_group_name;
  std::string protocol;
  std::string protocol_version;
  std::optional<int> port;
  std::string vpc_id;
  /// instance | ip | lambda | alb.
  std::string target_type;
  std::string ip_address_type;
  bool health_check_enabled = false;
  std::string health_check_protocol;
  std::string health_check_port;
  std::string health_check_path;
  int health_check_interval_seconds = 0;
  int health_check_timeout_seconds = 0;
  int healthy_threshold_count = 0;
  int unhealthy_threshold_count = 0;
  Matcher matcher;
  /// Empty until a listener or rule refers to the group.
  std::vector<std::string> load_balancer_arns;
};

/// By load balancer, by ARNs, by names, or all.
struct DescribeTargetGroupsRequest {
  std::string load_balancer_arn;
  std::vector<std::string> target_group_arns;
  std::vector<std::string> names;
  std::optional<int> page_size;
  std::string marker;
};
struct DescribeTargetGroupsResponse {
  std::vector<TargetGroup> target_groups;
  std::string next_marker;
};

/// Same name and settings again: answers with the existing group.
struct CreateTargetGroupRequest {
  std::string name;
  std::string protocol;
  std::string protocol_version;
  std::optional<int> port;
  std::string vpc_id;
  std::string target_type;
  std::string ip_address_type;
  std::optional<bool> health_check_enabled;
  std::string health_check_protocol;
  std::string health_check_port;
  std::string health_check_path;
  std::optional<int> health_check_interval_seconds;
  std::optional<int> health_check_timeout_seconds;
  std::optional<int> healthy_threshold_count;
  std::optional<int> unhealthy_threshold_count;
  std::optional<Matcher> matcher;
  std::vector<Tag> tags;
};
struct CreateTargetGroupResponse {
  std::vector<TargetGroup> target_groups;
};

/// Health-check fields and matcher only; the rest of a group is immutable.
struct ModifyTargetGroupRequest {
  std::string target_group_arn;
  std::optional<bool> health_check_enabled;
  std::string health_check_protocol;
  std::string health_check_port;
  std::string health_check_path;
  std::optional<int> health_check_interval_seconds;
  std::optional<int> health_check_timeout_seconds;
  std::optional<int> healthy_threshold_count;
  std::optional<int> unhealthy_threshold_count;
  std::optional<Matcher> matcher;
};
struct ModifyTargetGroupResponse {
  std::vector<TargetGroup> target_groups;
};

struct DescribeTargetGroupAttributesRequest {
  std::string target_group_arn;
};
struct DescribeTargetGroupAttributesResponse {
  std::vector<Attribute> attributes;
};

struct ModifyTargetGroupAttributesRequest {
  std::string target_group_arn;
  std::vector<Attribute> attributes;
};
struct ModifyTargetGroupAttributesResponse {
  std::vector<Attribute> attributes;
};

/// ResourceInUse for a while after the last listener or rule that used it is gone.
struct DeleteTargetGroupRequest {
  std::string target_group_arn;
};
using DeleteTargetGroupResponse = Done;

struct TargetDescription {
  std::string id;
  /// The group's own port when not set.
  std::optional<int> port;
  std::string availability_zone;
};

/// Additive; at most 100 targets a call.
struct RegisterTargetsRequest {
  std::string target_group_arn;
  std::vector<TargetDescription> targets;
};
using RegisterTargetsResponse = Done;

/// Give the port if it was given at registration.
struct DeregisterTargetsRequest {
  std::string target_group_arn;
  std::vector<TargetDescription> targets;
};
using DeregisterTargetsResponse = Done;

struct TargetHealth {
  /// initial | healthy | unhealthy | unused | draining | unavailable.
  std::string state;
  /// "Target.Timeout", …; empty when healthy.
  std::string reason;
  std::string description;
};

struct TargetHealthDescription {
  TargetDescription target;
  std::string health_check_port;
  TargetHealth target_health;
};

/// Not paginated.
struct DescribeTargetHealthRequest {
  std::string target_group_arn;
  std::vector<TargetDescription> targets;
};
struct DescribeTargetHealthResponse {
  std::vector<TargetHealthDescription> target_health_descriptions;
};

}  // namespace albatross::elbv2
