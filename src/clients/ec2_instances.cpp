#include "albatross/clients/ec2/instances.hpp"

#include "clients/ec2_shapes.hpp"

#include <algorithm>
#include <iterator>

namespace albatross::ec2 {

// Defined in ec2_run_instances.cpp.
void write(QueryWriter& out, const RunInstancesRequest& request);

static void read(XmlReader& in, InstanceState& state) {
  in.member("code", state.code);
  in.member("name", state.name);
}

static void read(XmlReader& in, StateReason& reason) {
  in.member("code", reason.code);
  in.member("message", reason.message);
}

static void read(XmlReader& in, Placement& placement) {
  in.member("availabilityZone", placement.availability_zone);
  in.member("groupName", placement.group_name);
  in.member("tenancy", placement.tenancy);
}

static void read(XmlReader& in, IamInstanceProfile& profile) {
  in.member("arn", profile.arn);
  in.member("id", profile.id);
}

static void read(XmlReader& in, InstanceMetadataOptions& options) {
  in.member("state", options.state);
  in.member("httpTokens", options.http_tokens);
  in.member("httpPutResponseHopLimit", options.http_put_response_hop_limit);
  in.member("httpEndpoint", options.http_endpoint);
}

static void read(XmlReader& in, EbsInstanceBlockDevice& ebs) {
  in.member("volumeId", ebs.volume_id);
  in.member("status", ebs.status);
  in.member("deleteOnTermination", ebs.delete_on_termination);
}

static void read(XmlReader& in, InstanceBlockDeviceMapping& mapping) {
  in.member("deviceName", mapping.device_name);
  in.member("ebs", mapping.ebs);
}

static void read(XmlReader& in, InstanceNetworkInterfaceAttachment& attachment) {
  in.member("attachmentId", attachment.attachment_id);
  in.member("deviceIndex", attachment.device_index);
  in.member("status", attachment.status);
  in.member("deleteOnTermination", attachment.delete_on_termination);
}

static void read(XmlReader& in, InstanceNetworkInterface& interface) {
  in.member("networkInterfaceId", interface.network_interface_id);
  in.member("subnetId", interface.subnet_id);
  in.member("vpcId", interface.vpc_id);
  in.member("description", interface.description);
  in.member("ownerId", interface.owner_id);
  in.member("status", interface.status);
  in.member("privateIpAddress", interface.private_ip_address);
  in.member("groupSet", interface.groups);
  in.member("attachment", interface.attachment);
  in.member("association", interface.association);
  in.member("interfaceType", interface.interface_type);
}

static void read(XmlReader& in, CpuOptions& options) {
  in.member("coreCount", options.core_count);
  in.member("threadsPerCore", options.threads_per_core);
}

static void read(XmlReader& in, Instance& instance) {
  in.member("instanceId", instance.instance_id);
  in.member("imageId", instance.image_id);
  in.member("instanceState", instance.state);
  in.member("privateDnsName", instance.private_dns_name);
  in.member("dnsName", instance.public_dns_name);
  in.member("reason", instance.state_transition_reason);
  in.member("keyName", instance.key_name);
  in.member("amiLaunchIndex", instance.ami_launch_index);
  in.member("instanceType", instance.instance_type);
  in.member("launchTime", instance.launch_time);
  in.member("placement", instance.placement);
  in.member("subnetId", instance.subnet_id);
  in.member("vpcId", instance.vpc_id);
  in.member("privateIpAddress", instance.private_ip_address);
  in.member("ipAddress", instance.public_ip_address);
  in.member("groupSet", instance.security_groups);
  in.member("stateReason", instance.state_reason);
  in.member("architecture", instance.architecture);
  in.member("rootDeviceName", instance.root_device_name);
  in.member("blockDeviceMapping", instance.block_device_mappings);
  in.member("clientToken", instance.client_token);
  in.member("tagSet", instance.tags);
  in.member("networkInterfaceSet", instance.network_interfaces);
  in.member("iamInstanceProfile", instance.iam_instance_profile);
  in.member("instanceLifecycle", instance.instance_lifecycle);
  in.member("cpuOptions", instance.cpu_options);
  in.member("metadataOptions", instance.metadata_options);
}

static void read(XmlReader& in, Reservation& reservation) {
  in.member("reservationId", reservation.reservation_id);
  in.member("ownerId", reservation.owner_id);
  in.member("instancesSet", reservation.instances);
}

static void write(QueryWriter& out, const DescribeInstancesRequest& request) {
  out.member("InstanceId", request.instance_ids);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeInstancesResponse& response) {
  in.member("reservationSet", response.reservations);
  in.member("nextToken", response.next_token);
}

static void read(XmlReader& in, InstanceStatus& status) {
  in.member("instanceId", status.instance_id);
  in.member("availabilityZone", status.availability_zone);
  in.member("instanceState", status.instance_state);
  in.nested("systemStatus", "status", status.system_status);
  in.nested("instanceStatus", "status", status.instance_status);
}

static void write(QueryWriter& out, const DescribeInstanceStatusRequest& request) {
  out.member("InstanceId", request.instance_ids);
  out.member("IncludeAllInstances", request.include_all_instances);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeInstanceStatusResponse& response) {
  in.member("instanceStatusSet", response.instance_statuses);
  in.member("nextToken", response.next_token);
}

static void write(QueryWriter& out, const GetConsoleOutputRequest& request) {
  out.member("InstanceId", request.instance_id);
  out.member("Latest", request.latest);
}

static void read(XmlReader& in, GetConsoleOutputResponse& response) {
  in.member("instanceId", response.instance_id);
  in.member("timestamp", response.timestamp);
  in.base64("output", response.output);
}

static void read(XmlReader& in, RunInstancesResponse& response) {
  in.member("reservationId", response.reservation_id);
  in.member("ownerId", response.owner_id);
  in.member("instancesSet", response.instances);
}

static void read(XmlReader& in, InstanceStateChange& change) {
  in.member("instanceId", change.instance_id);
  in.member("currentState", change.current_state);
  in.member("previousState", change.previous_state);
}

static void write(QueryWriter& out, const TerminateInstancesRequest& request) {
  out.member("InstanceId", request.instance_ids);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, TerminateInstancesResponse& response) {
  in.member("instancesSet", response.terminating_instances);
}

static void write(QueryWriter& out, const ModifyInstanceAttributeRequest& request) {
  out.member("InstanceId", request.instance_id);
  out.nested("DisableApiTermination", "Value", request.disable_api_termination);
  out.member("GroupId", request.groups);
  out.member("DryRun", request.dry_run);
}

static constexpr std::tuple operations{
    Ec2Operation<DescribeInstancesRequest, DescribeInstancesResponse>{"DescribeInstances",
                                                                      Repeat::read},
    Ec2Operation<DescribeInstanceStatusRequest, DescribeInstanceStatusResponse>{
        "DescribeInstanceStatus", Repeat::read},
    Ec2Operation<GetConsoleOutputRequest, GetConsoleOutputResponse>{"GetConsoleOutput",
                                                                    Repeat::read},
    Ec2Operation<RunInstancesRequest, RunInstancesResponse>{"RunInstances", Repeat::with_token},
    Ec2Operation<TerminateInstancesRequest, TerminateInstancesResponse>{"TerminateInstances",
                                                                        Repeat::harmless},
    Ec2Operation<ModifyInstanceAttributeRequest, ModifyInstanceAttributeResponse>{
        "ModifyInstanceAttribute", Repeat::harmless},
};

std::vector<OperationInfo> instance_operations() {
  return describe_all(operations);
}

Task<DescribeInstancesResponse> Client::describe_instances(DescribeInstancesRequest request,
                                                           CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeInstanceStatusResponse> Client::describe_instance_status(
    DescribeInstanceStatusRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<GetConsoleOutputResponse> Client::get_console_output(GetConsoleOutputRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<RunInstancesResponse> Client::run_instances(RunInstancesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<TerminateInstancesResponse> Client::terminate_instances(TerminateInstancesRequest request,
                                                             CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifyInstanceAttributeResponse> Client::modify_instance_attribute(
    ModifyInstanceAttributeRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<Reservation>> Client::all_reservations(DescribeInstancesRequest request,
                                                        CallOptions options) {
  const bool has_ids = !request.instance_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeInstancesResponse::reservations, std::move(options));
}

Task<std::vector<InstanceStatus>> Client::all_instance_statuses(
    DescribeInstanceStatusRequest request, CallOptions options) {
  const bool has_ids = !request.instance_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeInstanceStatusResponse::instance_statuses, std::move(options));
}

Task<std::vector<Instance>> Client::all_instances(DescribeInstancesRequest request,
                                                  CallOptions options) {
  std::vector<Reservation> reservations =
      co_await all_reservations(std::move(request), std::move(options));
  std::vector<Instance> instances;
  for (Reservation& reservation : reservations) {
    std::move(reservation.instances.begin(), reservation.instances.end(),
              std::back_inserter(instances));
  }
  co_return instances;
}

}  // namespace albatross::ec2
