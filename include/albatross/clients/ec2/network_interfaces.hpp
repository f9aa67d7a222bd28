#pragma once

#include "albatross/clients/ec2/common.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::ec2 {

struct GroupIdentifier {
  std::string group_id;
  std::string group_name;
};

struct NetworkInterfaceAttachment {
  std::string attachment_id;
  std::string instance_id;
  std::string instance_owner_id;
  int device_index = 0;
  std::string status;
  bool delete_on_termination = false;
};

struct NetworkInterfaceAssociation {
  std::string public_ip;
  std::string public_dns_name;
  std::string ip_owner_id;
};

struct NetworkInterface {
  std::string network_interface_id;
  std::string subnet_id;
  std::string vpc_id;
  std::string availability_zone;
  /// Names the holder: "ELB app/<name>/<id>", "EFS mount target for fs-… (fsmt-…)".
  std::string description;
  std::string owner_id;
  std::string requester_id;
  bool requester_managed = false;
  /// available | associated | attaching | in-use | detaching.
  std::string status;
  std::string interface_type;
  std::string private_ip_address;
  std::vector<GroupIdentifier> groups;
  std::optional<NetworkInterfaceAttachment> attachment;
  std::optional<NetworkInterfaceAssociation> association;
  std::vector<Tag> tags;
};

/// The diagnostic for DependencyViolation: who still holds a group, subnet or VPC.
struct DescribeNetworkInterfacesRequest {
  std::vector<std::string> network_interface_ids;
  /// group-id, subnet-id, vpc-id, description, attachment.instance-owner-id, requester-managed, …
  std::vector<Filter> filters;
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeNetworkInterfacesResponse {
  std::vector<NetworkInterface> network_interfaces;
  std::string next_token;
};

struct DeleteNetworkInterfaceRequest {
  std::string network_interface_id;
  bool dry_run = false;
};
using DeleteNetworkInterfaceResponse = Done;

}  // namespace albatross::ec2
