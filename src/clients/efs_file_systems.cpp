#include "clients/efs_shapes.hpp"

namespace albatross::efs {

static void read(JsonReader& in, FileSystem& file_system) {
  in.member("OwnerId", file_system.owner_id);
  in.member("CreationToken", file_system.creation_token);
  in.member("FileSystemId", file_system.file_system_id);
  in.member("FileSystemArn", file_system.file_system_arn);
  in.member("CreationTime", file_system.creation_time);
  in.member("LifeCycleState", file_system.life_cycle_state);
  in.member("Name", file_system.name);
  in.member("NumberOfMountTargets", file_system.number_of_mount_targets);
  in.nested("SizeInBytes", "Value", file_system.size_in_bytes);
  in.member("PerformanceMode", file_system.performance_mode);
  in.member("Encrypted", file_system.encrypted);
  in.member("KmsKeyId", file_system.kms_key_id);
  in.member("ThroughputMode", file_system.throughput_mode);
  in.member("AvailabilityZoneName", file_system.availability_zone_name);
  in.member("Tags", file_system.tags);
}

static void write(RestWriter& out, const CreateFileSystemRequest& request) {
  out.member("CreationToken", request.creation_token);
  out.member("PerformanceMode", request.performance_mode);
  out.member("Encrypted", request.encrypted);
  out.member("KmsKeyId", request.kms_key_id);
  out.member("ThroughputMode", request.throughput_mode);
  out.member("ProvisionedThroughputInMibps", request.provisioned_throughput_in_mibps);
  out.member("AvailabilityZoneName", request.availability_zone_name);
  out.member("Backup", request.backup);
  out.member("Tags", request.tags);
}

static void write(RestWriter& out, const DescribeFileSystemsRequest& request) {
  write_page(out, request);
  out.query("CreationToken", request.creation_token);
  out.query("FileSystemId", request.file_system_id);
}

static void read(JsonReader& in, DescribeFileSystemsResponse& response) {
  in.member("FileSystems", response.file_systems);
  in.member("NextMarker", response.next_marker);
}

static void write(RestWriter& out, const UpdateFileSystemRequest& request) {
  out.label("FileSystemId", request.file_system_id);
  out.member("ThroughputMode", request.throughput_mode);
  out.member("ProvisionedThroughputInMibps", request.provisioned_throughput_in_mibps);
}

static void write(RestWriter& out, const DeleteFileSystemRequest& request) {
  out.label("FileSystemId", request.file_system_id);
}

static void write(RestWriter& out, const TagResourceRequest& request) {
  out.label("ResourceId", request.resource_id);
  out.required("Tags", request.tags);
}

static void write(RestWriter& out, const UntagResourceRequest& request) {
  out.label("ResourceId", request.resource_id);
  out.query("tagKeys", request.tag_keys);
}

static constexpr std::tuple operations{
    EfsOperation<CreateFileSystemRequest, CreateFileSystemResponse>{
        "CreateFileSystem", Repeat::harmless, "POST", "/2015-02-01/file-systems"},
    EfsOperation<DescribeFileSystemsRequest, DescribeFileSystemsResponse>{
        "DescribeFileSystems", Repeat::read, "GET", "/2015-02-01/file-systems"},
    EfsOperation<UpdateFileSystemRequest, UpdateFileSystemResponse>{
        "UpdateFileSystem", Repeat::harmless, "PUT", "/2015-02-01/file-systems/{FileSystemId}"},
    EfsOperation<DeleteFileSystemRequest, DeleteFileSystemResponse>{
        "DeleteFileSystem", Repeat::harmless, "DELETE", "/2015-02-01/file-systems/{FileSystemId}"},
    EfsOperation<TagResourceRequest, TagResourceResponse>{"TagResource", Repeat::harmless, "POST",
                                                          "/2015-02-01/resource-tags/{ResourceId}"},
    EfsOperation<UntagResourceRequest, UntagResourceResponse>{
        "UntagResource", Repeat::harmless, "DELETE", "/2015-02-01/resource-tags/{ResourceId}"},
};

std::vector<OperationInfo> file_system_operations() {
  return describe_all(operations);
}

Task<CreateFileSystemResponse> Client::create_file_system(CreateFileSystemRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeFileSystemsResponse> Client::describe_file_systems(DescribeFileSystemsRequest request,
                                                                CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<UpdateFileSystemResponse> Client::update_file_system(UpdateFileSystemRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteFileSystemResponse> Client::delete_file_system(DeleteFileSystemRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<TagResourceResponse> Client::tag_resource(TagResourceRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<UntagResourceResponse> Client::untag_resource(UntagResourceRequest request,
                                                   CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<FileSystem>> Client::all_file_systems(DescribeFileSystemsRequest request,
                                                       CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeFileSystemsResponse::file_systems, std::move(options));
}

}  // namespace albatross::efs
