#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/ec2/images.hpp"
#include "albatross/clients/ec2/instances.hpp"
#include "albatross/clients/ec2/network_interfaces.hpp"
#include "albatross/clients/ec2/routing.hpp"
#include "albatross/clients/ec2/security_groups.hpp"
#include "albatross/clients/ec2/vpc.hpp"
#include "albatross/runtime/task.hpp"

#include <string>
#include <vector>

namespace albatross::ec2 {

/// Amazon EC2, API version 2016-11-15. Source: Amazon EC2 API Reference.
///
/// Each function is one call (with the caller's retries): it throws what ApiCaller::call throws,
/// and ApiError "Response.malformed" when a success cannot be understood. Requests are taken by
/// value. Cancellation aborts the call. The client only refers to the caller, which must outlive
/// it; runs on the executor of whoever awaits.
///
/// `describe_x` gives one page as AWS does; `all_x` follows next_token to the end (a page may be
/// empty and yet not the last) and asks for large pages unless ids are given.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  // VPCs, subnets, zones
  Task<DescribeVpcsResponse> describe_vpcs(DescribeVpcsRequest request,
                                           CallOptions options = CallOptions());
  Task<CreateVpcResponse> create_vpc(CreateVpcRequest request, CallOptions options = CallOptions());
  Task<ModifyVpcAttributeResponse> modify_vpc_attribute(ModifyVpcAttributeRequest request,
                                                        CallOptions options = CallOptions());
  Task<DescribeVpcAttributeResponse> describe_vpc_attribute(DescribeVpcAttributeRequest request,
                                                            CallOptions options = CallOptions());
  Task<DeleteVpcResponse> delete_vpc(DeleteVpcRequest request, CallOptions options = CallOptions());
  Task<DescribeSubnetsResponse> describe_subnets(DescribeSubnetsRequest request,
                                                 CallOptions options = CallOptions());
  Task<CreateSubnetResponse> create_subnet(CreateSubnetRequest request,
                                           CallOptions options = CallOptions());
  Task<ModifySubnetAttributeResponse> modify_subnet_attribute(ModifySubnetAttributeRequest request,
                                                              CallOptions options = CallOptions());
  Task<DeleteSubnetResponse> delete_subnet(DeleteSubnetRequest request,
                                           CallOptions options = CallOptions());
  Task<DescribeAvailabilityZonesResponse> describe_availability_zones(
      DescribeAvailabilityZonesRequest request, CallOptions options = CallOptions());
  Task<std::vector<Vpc>> all_vpcs(DescribeVpcsRequest request, CallOptions options = CallOptions());
  Task<std::vector<Subnet>> all_subnets(DescribeSubnetsRequest request,
                                        CallOptions options = CallOptions());

  // Internet gateways and routes
  Task<DescribeInternetGatewaysResponse> describe_internet_gateways(
      DescribeInternetGatewaysRequest request, CallOptions options = CallOptions());
  Task<CreateInternetGatewayResponse> create_internet_gateway(CreateInternetGatewayRequest request,
                                                              CallOptions options = CallOptions());
  Task<AttachInternetGatewayResponse> attach_internet_gateway(AttachInternetGatewayRequest request,
                                                              CallOptions options = CallOptions());
  Task<DetachInternetGatewayResponse> detach_internet_gateway(DetachInternetGatewayRequest request,
                                                              CallOptions options = CallOptions());
  Task<DeleteInternetGatewayResponse> delete_internet_gateway(DeleteInternetGatewayRequest request,
                                                              CallOptions options = CallOptions());
  Task<DescribeRouteTablesResponse> describe_route_tables(DescribeRouteTablesRequest request,
                                                          CallOptions options = CallOptions());
  Task<CreateRouteTableResponse> create_route_table(CreateRouteTableRequest request,
                                                    CallOptions options = CallOptions());
  Task<DeleteRouteTableResponse> delete_route_table(DeleteRouteTableRequest request,
                                                    CallOptions options = CallOptions());
  Task<CreateRouteResponse> create_route(CreateRouteRequest request,
                                         CallOptions options = CallOptions());
  Task<ReplaceRouteResponse> replace_route(ReplaceRouteRequest request,
                                           CallOptions options = CallOptions());
  Task<DeleteRouteResponse> delete_route(DeleteRouteRequest request,
                                         CallOptions options = CallOptions());
  Task<AssociateRouteTableResponse> associate_route_table(AssociateRouteTableRequest request,
                                                          CallOptions options = CallOptions());
  Task<ReplaceRouteTableAssociationResponse> replace_route_table_association(
      ReplaceRouteTableAssociationRequest request, CallOptions options = CallOptions());
  Task<DisassociateRouteTableResponse> disassociate_route_table(
      DisassociateRouteTableRequest request, CallOptions options = CallOptions());
  Task<std::vector<InternetGateway>> all_internet_gateways(DescribeInternetGatewaysRequest request,
                                                           CallOptions options = CallOptions());
  Task<std::vector<RouteTable>> all_route_tables(DescribeRouteTablesRequest request,
                                                 CallOptions options = CallOptions());

  // Security groups
  Task<DescribeSecurityGroupsResponse> describe_security_groups(
      DescribeSecurityGroupsRequest request, CallOptions options = CallOptions());
  Task<DescribeSecurityGroupRulesResponse> describe_security_group_rules(
      DescribeSecurityGroupRulesRequest request, CallOptions options = CallOptions());
  Task<CreateSecurityGroupResponse> create_security_group(CreateSecurityGroupRequest request,
                                                          CallOptions options = CallOptions());
  Task<DeleteSecurityGroupResponse> delete_security_group(DeleteSecurityGroupRequest request,
                                                          CallOptions options = CallOptions());
  Task<AuthorizeSecurityGroupIngressResponse> authorize_security_group_ingress(
      AuthorizeSecurityGroupIngressRequest request, CallOptions options = CallOptions());
  Task<AuthorizeSecurityGroupEgressResponse> authorize_security_group_egress(
      AuthorizeSecurityGroupEgressRequest request, CallOptions options = CallOptions());
  Task<RevokeSecurityGroupIngressResponse> revoke_security_group_ingress(
      RevokeSecurityGroupIngressRequest request, CallOptions options = CallOptions());
  Task<RevokeSecurityGroupEgressResponse> revoke_security_group_egress(
      RevokeSecurityGroupEgressRequest request, CallOptions options = CallOptions());
  Task<std::vector<SecurityGroup>> all_security_groups(DescribeSecurityGroupsRequest request,
                                                       CallOptions options = CallOptions());
  Task<std::vector<SecurityGroupRule>> all_security_group_rules(
      DescribeSecurityGroupRulesRequest request, CallOptions options = CallOptions());

  // Network interfaces
  Task<DescribeNetworkInterfacesResponse> describe_network_interfaces(
      DescribeNetworkInterfacesRequest request, CallOptions options = CallOptions());
  Task<DeleteNetworkInterfaceResponse> delete_network_interface(
      DeleteNetworkInterfaceRequest request, CallOptions options = CallOptions());
  Task<std::vector<NetworkInterface>> all_network_interfaces(
      DescribeNetworkInterfacesRequest request, CallOptions options = CallOptions());

  // Images, instance types, key pairs
  Task<DescribeImagesResponse> describe_images(DescribeImagesRequest request,
                                               CallOptions options = CallOptions());
  Task<DescribeInstanceTypesResponse> describe_instance_types(DescribeInstanceTypesRequest request,
                                                              CallOptions options = CallOptions());
  Task<DescribeInstanceTypeOfferingsResponse> describe_instance_type_offerings(
      DescribeInstanceTypeOfferingsRequest request, CallOptions options = CallOptions());
  Task<DescribeKeyPairsResponse> describe_key_pairs(DescribeKeyPairsRequest request,
                                                    CallOptions options = CallOptions());
  Task<std::vector<Image>> all_images(DescribeImagesRequest request,
                                      CallOptions options = CallOptions());
  Task<std::vector<InstanceTypeInfo>> all_instance_types(DescribeInstanceTypesRequest request,
                                                         CallOptions options = CallOptions());
  Task<std::vector<InstanceTypeOffering>> all_instance_type_offerings(
      DescribeInstanceTypeOfferingsRequest request, CallOptions options = CallOptions());

  // Instances
  Task<DescribeInstancesResponse> describe_instances(DescribeInstancesRequest request,
                                                     CallOptions options = CallOptions());
  Task<DescribeInstanceStatusResponse> describe_instance_status(
      DescribeInstanceStatusRequest request, CallOptions options = CallOptions());
  Task<GetConsoleOutputResponse> get_console_output(GetConsoleOutputRequest request,
                                                    CallOptions options = CallOptions());
  Task<RunInstancesResponse> run_instances(RunInstancesRequest request,
                                           CallOptions options = CallOptions());
  Task<TerminateInstancesResponse> terminate_instances(TerminateInstancesRequest request,
                                                       CallOptions options = CallOptions());
  Task<ModifyInstanceAttributeResponse> modify_instance_attribute(
      ModifyInstanceAttributeRequest request, CallOptions options = CallOptions());
  Task<std::vector<Reservation>> all_reservations(DescribeInstancesRequest request,
                                                  CallOptions options = CallOptions());
  Task<std::vector<Instance>> all_instances(DescribeInstancesRequest request,
                                            CallOptions options = CallOptions());
  Task<std::vector<InstanceStatus>> all_instance_statuses(DescribeInstanceStatusRequest request,
                                                          CallOptions options = CallOptions());

  // Tags
  Task<DescribeTagsResponse> describe_tags(DescribeTagsRequest request,
                                           CallOptions options = CallOptions());
  Task<CreateTagsResponse> create_tags(CreateTagsRequest request,
                                       CallOptions options = CallOptions());
  Task<DeleteTagsResponse> delete_tags(DeleteTagsRequest request,
                                       CallOptions options = CallOptions());
  Task<std::vector<TagDescription>> all_tags(DescribeTagsRequest request,
                                             CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

}  // namespace albatross::ec2
