#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/tag.hpp"
#include "albatross/runtime/task.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::efs {

using albatross::Tag;

/// The answer of calls that return nothing.
struct Done {};

struct FileSystem {
  std::string file_system_id;
  std::string file_system_arn;
  std::string creation_token;
  /// creating | available | updating | deleting | deleted | error.
  std::string life_cycle_state;
  int number_of_mount_targets = 0;
  bool encrypted = false;
  std::string kms_key_id;
  std::string performance_mode;
  std::string throughput_mode;
  /// Bytes, at some moment of the past.
  std::int64_t size_in_bytes = 0;
  /// Seconds since the epoch.
  double creation_time = 0;
  std::string owner_id;
  std::string name;
  std::string availability_zone_name;
  std::vector<Tag> tags;
};

/// The token belongs to one file system for its whole life: a repetition fails with
/// FileSystemAlreadyExists, whose ApiError carries the id in existing_id.
struct CreateFileSystemRequest {
  std::string creation_token;
  std::string performance_mode;
  std::optional<bool> encrypted;
  std::string kms_key_id;
  std::string throughput_mode;
  /// MiB/s, with throughput mode "provisioned" only.
  std::optional<double> provisioned_throughput_in_mibps;
  std::string availability_zone_name;
  std::optional<bool> backup;
  std::vector<Tag> tags;
};
using CreateFileSystemResponse = FileSystem;

/// By id, by creation token (unknown: an empty list), or all.
struct DescribeFileSystemsRequest {
  std::string file_system_id;
  std::string creation_token;
  std::optional<int> max_items;
  std::string marker;
};
struct DescribeFileSystemsResponse {
  std::vector<FileSystem> file_systems;
  std::string next_marker;
};

/// Changes what is given. The throughput mode can change once in 24 hours: TooManyRequests before
/// that, with the time from which it can. The file system is "updating" for a while, and usable
/// meanwhile.
struct UpdateFileSystemRequest {
  std::string file_system_id;
  std::string throughput_mode;
  /// MiB/s, with throughput mode "provisioned" only.
  std::optional<double> provisioned_throughput_in_mibps;
};
using UpdateFileSystemResponse = FileSystem;

/// FileSystemInUse while mount targets remain.
struct DeleteFileSystemRequest {
  std::string file_system_id;
};
using DeleteFileSystemResponse = Done;

struct MountTarget {
  std::string mount_target_id;
  std::string file_system_id;
  std::string subnet_id;
  /// creating | available | updating | deleting | deleted | error.
  std::string life_cycle_state;
  std::string ip_address;
  std::string network_interface_id;
  std::string availability_zone_id;
  std::string availability_zone_name;
  std::string vpc_id;
  std::string owner_id;
};

/// One per zone; not idempotent: a repetition fails with MountTargetConflict.
struct CreateMountTargetRequest {
  std::string file_system_id;
  std::string subnet_id;
  std::string ip_address;
  /// At most 5; none means the VPC's default group.
  std::vector<std::string> security_groups;
};
using CreateMountTargetResponse = MountTarget;

/// By exactly one of the ids.
struct DescribeMountTargetsRequest {
  std::string file_system_id;
  std::string mount_target_id;
  std::optional<int> max_items;
  std::string marker;
};
struct DescribeMountTargetsResponse {
  std::vector<MountTarget> mount_targets;
  std::string next_marker;
};

struct DescribeMountTargetSecurityGroupsRequest {
  std::string mount_target_id;
};
struct DescribeMountTargetSecurityGroupsResponse {
  std::vector<std::string> security_groups;
};

/// Replaces the whole set.
struct ModifyMountTargetSecurityGroupsRequest {
  std::string mount_target_id;
  std::vector<std::string> security_groups;
};
using ModifyMountTargetSecurityGroupsResponse = Done;

struct DeleteMountTargetRequest {
  std::string mount_target_id;
};
using DeleteMountTargetResponse = Done;

struct TagResourceRequest {
  /// An id or ARN.
  std::string resource_id;
  std::vector<Tag> tags;
};
using TagResourceResponse = Done;

struct UntagResourceRequest {
  std::string resource_id;
  std::vector<std::string> tag_keys;
};
using UntagResourceResponse = Done;

/// Amazon EFS, API version 2015-02-01. Source: Amazon EFS API Reference. Errors, cancellation and
/// lifetimes as in ec2::Client.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  // File systems
  Task<CreateFileSystemResponse> create_file_system(CreateFileSystemRequest request,
                                                    CallOptions options = CallOptions());
  Task<DescribeFileSystemsResponse> describe_file_systems(DescribeFileSystemsRequest request,
                                                          CallOptions options = CallOptions());
  Task<UpdateFileSystemResponse> update_file_system(UpdateFileSystemRequest request,
                                                    CallOptions options = CallOptions());
  Task<DeleteFileSystemResponse> delete_file_system(DeleteFileSystemRequest request,
                                                    CallOptions options = CallOptions());
  Task<TagResourceResponse> tag_resource(TagResourceRequest request,
                                         CallOptions options = CallOptions());
  Task<UntagResourceResponse> untag_resource(UntagResourceRequest request,
                                             CallOptions options = CallOptions());
  Task<std::vector<FileSystem>> all_file_systems(DescribeFileSystemsRequest request,
                                                 CallOptions options = CallOptions());

  // Mount targets
  Task<CreateMountTargetResponse> create_mount_target(CreateMountTargetRequest request,
                                                      CallOptions options = CallOptions());
  Task<DescribeMountTargetsResponse> describe_mount_targets(DescribeMountTargetsRequest request,
                                                            CallOptions options = CallOptions());
  Task<DeleteMountTargetResponse> delete_mount_target(DeleteMountTargetRequest request,
                                                      CallOptions options = CallOptions());
  Task<DescribeMountTargetSecurityGroupsResponse> describe_mount_target_security_groups(
      DescribeMountTargetSecurityGroupsRequest request, CallOptions options = CallOptions());
  Task<ModifyMountTargetSecurityGroupsResponse> modify_mount_target_security_groups(
      ModifyMountTargetSecurityGroupsRequest request, CallOptions options = CallOptions());
  Task<std::vector<MountTarget>> all_mount_targets(DescribeMountTargetsRequest request,
                                                   CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

}  // namespace albatross::efs
