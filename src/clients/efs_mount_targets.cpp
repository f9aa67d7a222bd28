#include "clients/efs_shapes.hpp"

namespace albatross::efs {

static void read(JsonReader& in, MountTarget& mount_target) {
  in.member("OwnerId", mount_target.owner_id);
  in.member("MountTargetId", mount_target.mount_target_id);
  in.member("FileSystemId", mount_target.file_system_id);
  in.member("SubnetId", mount_target.subnet_id);
  in.member("LifeCycleState", mount_target.life_cycle_state);
  in.member("IpAddress", mount_target.ip_address);
  in.member("NetworkInterfaceId", mount_target.network_interface_id);
  in.member("AvailabilityZoneId", mount_target.availability_zone_id);
  in.member("AvailabilityZoneName", mount_target.availability_zone_name);
  in.member("VpcId", mount_target.vpc_id);
}

static void write(RestWriter& out, const CreateMountTargetRequest& request) {
  out.member("FileSystemId", request.file_system_id);
  out.member("SubnetId", request.subnet_id);
  out.member("IpAddress", request.ip_address);
  out.member("SecurityGroups", request.security_groups);
}

static void write(RestWriter& out, const DescribeMountTargetsRequest& request) {
  write_page(out, request);
  out.query("FileSystemId", request.file_system_id);
  out.query("MountTargetId", request.mount_target_id);
}

static void read(JsonReader& in, DescribeMountTargetsResponse& response) {
  in.member("MountTargets", response.mount_targets);
  in.member("NextMarker", response.next_marker);
}

static void write(RestWriter& out, const DeleteMountTargetRequest& request) {
  out.label("MountTargetId", request.mount_target_id);
}

static void write(RestWriter& out, const DescribeMountTargetSecurityGroupsRequest& request) {
  out.label("MountTargetId", request.mount_target_id);
}

static void read(JsonReader& in, DescribeMountTargetSecurityGroupsResponse& response) {
  in.member("SecurityGroups", response.security_groups);
}

static void write(RestWriter& out, const ModifyMountTargetSecurityGroupsRequest& request) {
  out.label("MountTargetId", request.mount_target_id);
  out.member("SecurityGroups", request.security_groups);
}

static constexpr std::string_view security_groups_path =
    "/2015-02-01/mount-targets/{MountTargetId}/security-groups";

static constexpr std::tuple operations{
    EfsOperation<CreateMountTargetRequest, CreateMountTargetResponse>{
        "CreateMountTarget", Repeat::never, "POST", "/2015-02-01/mount-targets"},
    EfsOperation<DescribeMountTargetsRequest, DescribeMountTargetsResponse>{
        "DescribeMountTargets", Repeat::read, "GET", "/2015-02-01/mount-targets"},
    EfsOperation<DeleteMountTargetRequest, DeleteMountTargetResponse>{
        "DeleteMountTarget", Repeat::harmless, "DELETE",
        "/2015-02-01/mount-targets/{MountTargetId}"},
    EfsOperation<DescribeMountTargetSecurityGroupsRequest,
                 DescribeMountTargetSecurityGroupsResponse>{
        "DescribeMountTargetSecurityGroups", Repeat::read, "GET", security_groups_path},
    EfsOperation<ModifyMountTargetSecurityGroupsRequest, ModifyMountTargetSecurityGroupsResponse>{
        "ModifyMountTargetSecurityGroups", Repeat::harmless, "PUT", security_groups_path},
};

std::vector<OperationInfo> mount_target_operations() {
  return describe_all(operations);
}

Task<CreateMountTargetResponse> Client::create_mount_target(CreateMountTargetRequest request,
                                                            CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeMountTargetsResponse> Client::describe_mount_targets(
    DescribeMountTargetsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteMountTargetResponse> Client::delete_mount_target(DeleteMountTargetRequest request,
                                                            CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeMountTargetSecurityGroupsResponse> Client::describe_mount_target_security_groups(
    DescribeMountTargetSecurityGroupsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifyMountTargetSecurityGroupsResponse> Client::modify_mount_target_security_groups(
    ModifyMountTargetSecurityGroupsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<MountTarget>> Client::all_mount_targets(DescribeMountTargetsRequest request,
                                                         CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeMountTargetsResponse::mount_targets, std::move(options));
}

}  // namespace albatross::efs
