#pragma once

#include "albatross/clients/ec2/common.hpp"
#include "albatross/clients/ec2/images.hpp"
#include "albatross/clients/ec2/network_interfaces.hpp"
#include "albatross/sigv4/credentials.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::ec2 {

struct InstanceState {
  /// 0 pending, 16 running, 32 shutting-down, 48 terminated, 64 stopping, 80 stopped.
  int code = 0;
  std::string name;
};

struct StateReason {
  /// "Server.InsufficientInstanceCapacity", "Client.UserInitiatedShutdown", …
  std::string code;
  std::string message;
};

struct Placement {
  std::string availability_zone;
  std::string tenancy;
  std::string group_name;
};

struct IamInstanceProfile {
  std::string arn;
  std::string id;
};

struct InstanceMetadataOptions {
  std::string state;
  std::string http_tokens;
  int http_put_response_hop_limit = 0;
  std::string http_endpoint;
};

struct EbsInstanceBlockDevice {
  std::string volume_id;
  std::string status;
  bool delete_on_termination = false;
};

struct InstanceBlockDeviceMapping {
  std::string device_name;
  EbsInstanceBlockDevice ebs;
};

struct InstanceNetworkInterfaceAttachment {
  std::string attachment_id;
  int device_index = 0;
  std::string status;
  bool delete_on_termination = false;
};

/// What an instance tells of its interfaces; DescribeNetworkInterfaces tells more.
struct InstanceNetworkInterface {
  std::string network_interface_id;
  std::string subnet_id;
  std::string vpc_id;
  std::string description;
  std::string owner_id;
  std::string status;
  std::string private_ip_address;
  std::vector<GroupIdentifier> groups;
  std::optional<InstanceNetworkInterfaceAttachment> attachment;
  std::optional<NetworkInterfaceAssociation> association;
  std::string interface_type;
};

struct CpuOptions {
  int core_count = 0;
  int threads_per_core = 0;
};

struct Instance {
  std::string instance_id;
  std::string image_id;
  std::string instance_type;
  InstanceState state;
  Placement placement;
  std::string subnet_id;
  std::string vpc_id;
  std::string private_ip_address;
  /// Only while running, and only with a public address.
  std::string public_ip_address;
  std::string private_dns_name;
  std::string public_dns_name;
  std::string key_name;
  std::string launch_time;
  std::string client_token;
  std::string architecture;
  std::string root_device_name;
  int ami_launch_index = 0;
  std::vector<GroupIdentifier> security_groups;
  std::vector<InstanceNetworkInterface> network_interfaces;
  std::vector<InstanceBlockDeviceMapping> block_device_mappings;
  std::optional<IamInstanceProfile> iam_instance_profile;
  std::optional<StateReason> state_reason;
  std::string state_transition_reason;
  InstanceMetadataOptions metadata_options;
  CpuOptions cpu_options;
  /// spot | scheduled; empty for instances on demand.
  std::string instance_lifecycle;
  std::vector<Tag> tags;
};

struct Reservation {
  std::string reservation_id;
  std::string owner_id;
  std::vector<Instance> instances;
};

struct DescribeInstancesRequest {
  std::vector<std::string> instance_ids;
  std::vector<Filter> filters;
  /// 5 to 1000; not together with ids.
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeInstancesResponse {
  std::vector<Reservation> reservations;
  std::string next_token;
};

struct InstanceStatus {
  std::string instance_id;
  std::string availability_zone;
  InstanceState instance_state;
  /// ok | impaired | initializing | insufficient-data | not-applicable.
  std::string instance_status;
  std::string system_status;
};

struct DescribeInstanceStatusRequest {
  /// At most 100.
  std::vector<std::string> instance_ids;
  std::vector<Filter> filters;
  /// Also those that are not running.
  bool include_all_instances = false;
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeInstanceStatusResponse {
  std::vector<InstanceStatus> instance_statuses;
  std::string next_token;
};

struct GetConsoleOutputRequest {
  std::string instance_id;
  /// The newest output (Nitro types only).
  std::optional<bool> latest;
};
struct GetConsoleOutputResponse {
  std::string instance_id;
  std::string timestamp;
  /// Decoded: the console's bytes, at most 64 KiB. May hold anything that the boot printed.
  std::string output;
};

struct InstanceNetworkInterfaceSpecification {
  int device_index = 0;
  std::string subnet_id;
  std::vector<std::string> groups;
  std::optional<bool> associate_public_ip_address;
  std::optional<bool> delete_on_termination;
  std::string private_ip_address;
  std::string description;
};

struct InstanceMetadataOptionsRequest {
  /// required | optional.
  std::string http_tokens;
  std::optional<int> http_put_response_hop_limit;
  std::string http_endpoint;
  std::string instance_metadata_tags;
};

struct RunInstancesRequest {
  /// An AMI id, or "resolve:ssm:<parameter>".
  std::string image_id;
  std::string instance_type;
  int min_count = 1;
  int max_count = 1;
  /// Raw bytes, at most 16 KiB (16384); base64 is done on the way out.
  Secret user_data;
  /// At most 64 ASCII characters; with it a repetition returns the original reservation. Its scope
  /// is one zone when a subnet or zone is named.
  std::string client_token;
  std::string key_name;
  std::string iam_instance_profile_name;
  std::string iam_instance_profile_arn;
  /// Either these two, or network_interfaces; never both.
  std::string subnet_id;
  std::vector<std::string> security_group_ids;
  std::vector<InstanceNetworkInterfaceSpecification> network_interfaces;
  std::vector<BlockDeviceMapping> block_device_mappings;
  std::optional<InstanceMetadataOptionsRequest> metadata_options;
  std::string availability_zone;
  std::optional<bool> disable_api_termination;
  /// stop | terminate.
  std::string instance_initiated_shutdown_behavior;
  std::optional<bool> monitoring;
  std::optional<bool> ebs_optimized;
  std::vector<TagSpecification> tag_specifications;
  bool dry_run = false;
};
struct RunInstancesResponse {
  std::string reservation_id;
  std::string owner_id;
  std::vector<Instance> instances;
};

struct InstanceStateChange {
  std::string instance_id;
  InstanceState current_state;
  InstanceState previous_state;
};

struct TerminateInstancesRequest {
  /// At most 1000; one bad id fails the whole call.
  std::vector<std::string> instance_ids;
  bool dry_run = false;
};
struct TerminateInstancesResponse {
  std::vector<InstanceStateChange> terminating_instances;
};

/// Exactly one attribute per call.
struct ModifyInstanceAttributeRequest {
  std::string instance_id;
  std::optional<bool> disable_api_termination;
  std::vector<std::string> groups;
  bool dry_run = false;
};
using ModifyInstanceAttributeResponse = Done;

}  // namespace albatross::ec2
