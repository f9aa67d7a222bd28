#include "albatross/clients/elbv2/target_groups.hpp"

#include "clients/elbv2_shapes.hpp"

namespace albatross::elbv2 {

static void write(QueryWriter& out, const Matcher& matcher) {
  out.member("HttpCode", matcher.http_code);
  out.member("GrpcCode", matcher.grpc_code);
}

static void read(XmlReader& in, Matcher& matcher) {
  in.member("HttpCode", matcher.http_code);
  in.member("GrpcCode", matcher.grpc_code);
}

static void read(XmlReader& in, TargetGroup& group) {
  in.member("TargetGroupArn", group.target_group_arn);
  in.member("TargetGroupName", group.target_group_name);
  in.member("Protocol", group.protocol);
  in.member("Port", group.port);
  in.member("VpcId", group.vpc_id);
  in.member("HealthCheckProtocol", group.health_check_protocol);
  in.member("HealthCheckPort", group.health_check_port);
  in.member("HealthCheckEnabled", group.health_check_enabled);
  in.member("HealthCheckIntervalSeconds", group.health_check_interval_seconds);
  in.member("HealthCheckTimeoutSeconds", group.health_check_timeout_seconds);
  in.member("HealthyThresholdCount", group.healthy_threshold_count);
  in.member("UnhealthyThresholdCount", group.unhealthy_threshold_count);
  in.member("HealthCheckPath", group.health_check_path);
  in.member("Matcher", group.matcher);
  in.member("LoadBalancerArns", group.load_balancer_arns);
  in.member("TargetType", group.target_type);
  in.member("ProtocolVersion", group.protocol_version);
  in.member("IpAddressType", group.ip_address_type);
}

/// What may be set at creation and changed later.
template <class Request>
static void write_health_check(QueryWriter& out, const Request& request) {
  out.member("HealthCheckProtocol", request.health_check_protocol);
  out.member("HealthCheckPort", request.health_check_port);
  out.member("HealthCheckEnabled", request.health_check_enabled);
  out.member("HealthCheckPath", request.health_check_path);
  out.member("HealthCheckIntervalSeconds", request.health_check_interval_seconds);
  out.member("HealthCheckTimeoutSeconds", request.health_check_timeout_seconds);
  out.member("HealthyThresholdCount", request.healthy_threshold_count);
  out.member("UnhealthyThresholdCount", request.unhealthy_threshold_count);
  out.member("Matcher", request.matcher);
}

static void write(QueryWriter& out, const DescribeTargetGroupsRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
  out.member("TargetGroupArns", request.target_group_arns);
  out.member("Names", request.names);
  write_page(out, request);
}

static void read(XmlReader& in, DescribeTargetGroupsResponse& response) {
  in.member("TargetGroups", response.target_groups);
  in.member("NextMarker", response.next_marker);
}

static void write(QueryWriter& out, const CreateTargetGroupRequest& request) {
  out.member("Name", request.name);
  out.member("Protocol", request.protocol);
  out.member("ProtocolVersion", request.protocol_version);
  out.member("Port", request.port);
  out.member("VpcId", request.vpc_id);
  write_health_check(out, request);
  out.member("TargetType", request.target_type);
  out.member("Tags", request.tags);
  out.member("IpAddressType", request.ip_address_type);
}

static void read(XmlReader& in, CreateTargetGroupResponse& response) {
  in.member("TargetGroups", response.target_groups);
}

static void write(QueryWriter& out, const ModifyTargetGroupRequest& request) {
  out.member("TargetGroupArn", request.target_group_arn);
  write_health_check(out, request);
}

static void read(XmlReader& in, ModifyTargetGroupResponse& response) {
  in.member("TargetGroups", response.target_groups);
}

static void write(QueryWriter& out, const DescribeTargetGroupAttributesRequest& request) {
  out.member("TargetGroupArn", request.target_group_arn);
}

static void read(XmlReader& in, DescribeTargetGroupAttributesResponse& response) {
  in.member("Attributes", response.attributes);
}

static void write(QueryWriter& out, const ModifyTargetGroupAttributesRequest& request) {
  out.member("TargetGroupArn", request.target_group_arn);
  out.member("Attributes", request.attributes);
}

static void read(XmlReader& in, ModifyTargetGroupAttributesResponse& response) {
  in.member("Attributes", response.attributes);
}

static void write(QueryWriter& out, const DeleteTargetGroupRequest& request) {
  out.member("TargetGroupArn", request.target_group_arn);
}

static void write(QueryWriter& out, const TargetDescription& target) {
  out.member("Id", target.id);
  out.member("Port", target.port);
  out.member("AvailabilityZone", target.availability_zone);
}

static void read(XmlReader& in, TargetDescription& target) {
  in.member("Id", target.id);
  in.member("Port", target.port);
  in.member("AvailabilityZone", target.availability_zone);
}

static void write(QueryWriter& out, const RegisterTargetsRequest& request) {
  out.member("TargetGroupArn", request.target_group_arn);
  out.member("Targets", request.targets);
}

static void write(QueryWriter& out, const DeregisterTargetsRequest& request) {
  out.member("TargetGroupArn", request.target_group_arn);
  out.member("Targets", request.targets);
}

static void read(XmlReader& in, TargetHealth& health) {
  in.member("State", health.state);
  in.member("Reason", health.reason);
  in.member("Description", health.description);
}

static void read(XmlReader& in, TargetHealthDescription& description) {
  in.member("Target", description.target);
  in.member("HealthCheckPort", description.health_check_port);
  in.member("TargetHealth", description.target_health);
}

static void write(QueryWriter& out, const DescribeTargetHealthRequest& request) {
  out.member("TargetGroupArn", request.target_group_arn);
  out.member("Targets", request.targets);
}

static void read(XmlReader& in, DescribeTargetHealthResponse& response) {
  in.member("TargetHealthDescriptions", response.target_health_descriptions);
}

static constexpr std::tuple operations{
    Elbv2Operation<DescribeTargetGroupsRequest, DescribeTargetGroupsResponse>{
        "DescribeTargetGroups", Repeat::read},
    Elbv2Operation<CreateTargetGroupRequest, CreateTargetGroupResponse>{"CreateTargetGroup",
                                                                        Repeat::harmless},
    Elbv2Operation<ModifyTargetGroupRequest, ModifyTargetGroupResponse>{"ModifyTargetGroup",
                                                                        Repeat::harmless},
    Elbv2Operation<DescribeTargetGroupAttributesRequest, DescribeTargetGroupAttributesResponse>{
        "DescribeTargetGroupAttributes", Repeat::read},
    Elbv2Operation<ModifyTargetGroupAttributesRequest, ModifyTargetGroupAttributesResponse>{
        "ModifyTargetGroupAttributes", Repeat::harmless},
    Elbv2Operation<DeleteTargetGroupRequest, DeleteTargetGroupResponse>{"DeleteTargetGroup",
                                                                        Repeat::harmless},
    Elbv2Operation<RegisterTargetsRequest, RegisterTargetsResponse>{"RegisterTargets",
                                                                    Repeat::harmless},
    Elbv2Operation<DeregisterTargetsRequest, DeregisterTargetsResponse>{"DeregisterTargets",
                                                                        Repeat::harmless},
    Elbv2Operation<DescribeTargetHealthRequest, DescribeTargetHealthResponse>{
        "DescribeTargetHealth", Repeat::read},
};

std::vector<OperationInfo> target_group_operations() {
  return describe_all(operations);
}

Task<DescribeTargetGroupsResponse> Client::describe_target_groups(
    DescribeTargetGroupsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateTargetGroupResponse> Client::create_target_group(CreateTargetGroupRequest request,
                                                            CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifyTargetGroupResponse> Client::modify_target_group(ModifyTargetGroupRequest request,
                                                            CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeTargetGroupAttributesResponse> Client::describe_target_group_attributes(
    DescribeTargetGroupAttributesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifyTargetGroupAttributesResponse> Client::modify_target_group_attributes(
    ModifyTargetGroupAttributesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteTargetGroupResponse> Client::delete_target_group(DeleteTargetGroupRequest request,
                                                            CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<RegisterTargetsResponse> Client::register_targets(RegisterTargetsRequest request,
                                                       CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeregisterTargetsResponse> Client::deregister_targets(DeregisterTargetsRequest request,
                                                           CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeTargetHealthResponse> Client::describe_target_health(
    DescribeTargetHealthRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<TargetGroup>> Client::all_target_groups(DescribeTargetGroupsRequest request,
                                                         CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeTargetGroupsResponse::target_groups, std::move(options));
}

}  // namespace albatross::elbv2
