#include "albatross/clients/elbv2/load_balancers.hpp"

#include "clients/elbv2_shapes.hpp"

namespace albatross::elbv2 {

static void read(XmlReader& in, LoadBalancerState& state) {
  in.member("Code", state.code);
  in.member("Reason", state.reason);
}

static void read(XmlReader& in, AvailabilityZone& zone) {
  in.member("ZoneName", zone.zone_name);
  in.member("SubnetId", zone.subnet_id);
}

static void read(XmlReader& in, LoadBalancer& load_balancer) {
  in.member("LoadBalancerArn", load_balancer.load_balancer_arn);
  in.member("DNSName", load_balancer.dns_name);
  in.member("CanonicalHostedZoneId", load_balancer.canonical_hosted_zone_id);
  in.member("CreatedTime", load_balancer.created_time);
  in.member("LoadBalancerName", load_balancer.load_balancer_name);
  in.member("Scheme", load_balancer.scheme);
  in.member("VpcId", load_balancer.vpc_id);
  in.member("State", load_balancer.state);
  in.member("Type", load_balancer.type);
  in.member("AvailabilityZones", load_balancer.availability_zones);
  in.member("SecurityGroups", load_balancer.security_groups);
  in.member("IpAddressType", load_balancer.ip_address_type);
}

static void write(QueryWriter& out, const DescribeLoadBalancersRequest& request) {
  out.member("LoadBalancerArns", request.load_balancer_arns);
  out.member("Names", request.names);
  write_page(out, request);
}

static void read(XmlReader& in, DescribeLoadBalancersResponse& response) {
  in.member("LoadBalancers", response.load_balancers);
  in.member("NextMarker", response.next_marker);
}

static void write(QueryWriter& out, const CreateLoadBalancerRequest& request) {
  out.member("Name", request.name);
  out.member("Subnets", request.subnets);
  out.member("SecurityGroups", request.security_groups);
  out.member("Scheme", request.scheme);
  out.member("Tags", request.tags);
  out.member("Type", request.type);
  out.member("IpAddressType", request.ip_address_type);
}

static void read(XmlReader& in, CreateLoadBalancerResponse& response) {
  in.member("LoadBalancers", response.load_balancers);
}

static void write(QueryWriter& out, const DeleteLoadBalancerRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
}

static void write(QueryWriter& out, const DescribeLoadBalancerAttributesRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
}

static void read(XmlReader& in, DescribeLoadBalancerAttributesResponse& response) {
  in.member("Attributes", response.attributes);
}

static void write(QueryWriter& out, const ModifyLoadBalancerAttributesRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
  out.member("Attributes", request.attributes);
}

static void read(XmlReader& in, ModifyLoadBalancerAttributesResponse& response) {
  in.member("Attributes", response.attributes);
}

static void write(QueryWriter& out, const SetSecurityGroupsRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
  out.member("SecurityGroups", request.security_groups);
}

static void read(XmlReader& in, SetSecurityGroupsResponse& response) {
  in.member("SecurityGroupIds", response.security_group_ids);
}

static void write(QueryWriter& out, const SetSubnetsRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
  out.member("Subnets", request.subnets);
  out.member("IpAddressType", request.ip_address_type);
}

static void read(XmlReader& in, SetSubnetsResponse& response) {
  in.member("AvailabilityZones", response.availability_zones);
  in.member("IpAddressType", response.ip_address_type);
}

static void write(QueryWriter& out, const SetIpAddressTypeRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
  out.member("IpAddressType", request.ip_address_type);
}

static void read(XmlReader& in, SetIpAddressTypeResponse& response) {
  in.member("IpAddressType", response.ip_address_type);
}

static void read(XmlReader& in, Limit& limit) {
  in.member("Name", limit.name);
  in.member("Max", limit.max);
}

static void write(QueryWriter& out, const DescribeAccountLimitsRequest& request) {
  write_page(out, request);
}

static void read(XmlReader& in, DescribeAccountLimitsResponse& response) {
  in.member("Limits", response.limits);
  in.member("NextMarker", response.next_marker);
}

static constexpr std::tuple operations{
    Elbv2Operation<DescribeLoadBalancersRequest, DescribeLoadBalancersResponse>{
        "DescribeLoadBalancers", Repeat::read},
    Elbv2Operation<CreateLoadBalancerRequest, CreateLoadBalancerResponse>{"CreateLoadBalancer",
                                                                          Repeat::harmless},
    Elbv2Operation<DeleteLoadBalancerRequest, DeleteLoadBalancerResponse>{"DeleteLoadBalancer",
                                                                          Repeat::harmless},
    Elbv2Operation<DescribeLoadBalancerAttributesRequest, DescribeLoadBalancerAttributesResponse>{
        "DescribeLoadBalancerAttributes", Repeat::read},
    Elbv2Operation<ModifyLoadBalancerAttributesRequest, ModifyLoadBalancerAttributesResponse>{
        "ModifyLoadBalancerAttributes", Repeat::harmless},
    Elbv2Operation<SetSecurityGroupsRequest, SetSecurityGroupsResponse>{"SetSecurityGroups",
                                                                        Repeat::harmless},
    Elbv2Operation<SetSubnetsRequest, SetSubnetsResponse>{"SetSubnets", Repeat::harmless},
    Elbv2Operation<SetIpAddressTypeRequest, SetIpAddressTypeResponse>{"SetIpAddressType",
                                                                      Repeat::harmless},
    Elbv2Operation<DescribeAccountLimitsRequest, DescribeAccountLimitsResponse>{
        "DescribeAccountLimits", Repeat::read},
};

std::vector<OperationInfo> load_balancer_operations() {
  return describe_all(operations);
}

Task<DescribeLoadBalancersResponse> Client::describe_load_balancers(
    DescribeLoadBalancersRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateLoadBalancerResponse> Client::create_load_balancer(CreateLoadBalancerRequest request,
                                                              CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteLoadBalancerResponse> Client::delete_load_balancer(DeleteLoadBalancerRequest request,
                                                              CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeLoadBalancerAttributesResponse> Client::describe_load_balancer_attributes(
    DescribeLoadBalancerAttributesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifyLoadBalancerAttributesResponse> Client::modify_load_balancer_attributes(
    ModifyLoadBalancerAttributesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<SetSecurityGroupsResponse> Client::set_security_groups(SetSecurityGroupsRequest request,
                                                            CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<SetSubnetsResponse> Client::set_subnets(SetSubnetsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<SetIpAddressTypeResponse> Client::set_ip_address_type(SetIpAddressTypeRequest request,
                                                           CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeAccountLimitsResponse> Client::describe_account_limits(
    DescribeAccountLimitsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<LoadBalancer>> Client::all_load_balancers(DescribeLoadBalancersRequest request,
                                                           CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeLoadBalancersResponse::load_balancers, std::move(options));
}

Task<std::vector<Limit>> Client::all_account_limits(DescribeAccountLimitsRequest request,
                                                    CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeAccountLimitsResponse::limits, std::move(options));
}

}  // namespace albatross::elbv2
