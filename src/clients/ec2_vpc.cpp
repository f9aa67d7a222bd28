#include "albatross/clients/ec2/vpc.hpp"

#include "clients/ec2_shapes.hpp"

namespace albatross::ec2 {

static void read(XmlReader& in, Vpc& vpc) {
  in.member("vpcId", vpc.vpc_id);
  in.member("ownerId", vpc.owner_id);
  in.member("state", vpc.state);
  in.member("cidrBlock", vpc.cidr_block);
  in.member("dhcpOptionsId", vpc.dhcp_options_id);
  in.member("instanceTenancy", vpc.instance_tenancy);
  in.member("isDefault", vpc.is_default);
  in.member("tagSet", vpc.tags);
}

static void write(QueryWriter& out, const DescribeVpcsRequest& request) {
  out.member("VpcId", request.vpc_ids);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeVpcsResponse& response) {
  in.member("vpcSet", response.vpcs);
  in.member("nextToken", response.next_token);
}

static void write(QueryWriter& out, const CreateVpcRequest& request) {
  out.member("CidrBlock", request.cidr_block);
  out.member("InstanceTenancy", request.instance_tenancy);
  out.member("AmazonProvidedIpv6CidrBlock", request.amazon_provided_ipv6_cidr_block);
  out.member("TagSpecification", request.tag_specifications);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, CreateVpcResponse& response) {
  in.member("vpc", response.vpc);
}

static void write(QueryWriter& out, const ModifyVpcAttributeRequest& request) {
  out.member("VpcId", request.vpc_id);
  out.nested("EnableDnsSupport", "Value", request.enable_dns_support);
  out.nested("EnableDnsHostnames", "Value", request.enable_dns_hostnames);
}

static void write(QueryWriter& out, const DescribeVpcAttributeRequest& request) {
  out.member("VpcId", request.vpc_id);
  out.member("Attribute", request.attribute);
}

static void read(XmlReader& in, DescribeVpcAttributeResponse& response) {
  in.member("vpcId", response.vpc_id);
  in.nested("enableDnsSupport", "value", response.enable_dns_support);
  in.nested("enableDnsHostnames", "value", response.enable_dns_hostnames);
}

static void write(QueryWriter& out, const DeleteVpcRequest& request) {
  out.member("VpcId", request.vpc_id);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, SubnetIpv6CidrBlockAssociation& association) {
  in.member("ipv6CidrBlock", association.ipv6_cidr_block);
}

static void read(XmlReader& in, Subnet& subnet) {
  in.member("subnetId", subnet.subnet_id);
  in.member("subnetArn", subnet.subnet_arn);
  in.member("state", subnet.state);
  in.member("ownerId", subnet.owner_id);
  in.member("vpcId", subnet.vpc_id);
  in.member("cidrBlock", subnet.cidr_block);
  in.member("availableIpAddressCount", subnet.available_ip_address_count);
  in.member("availabilityZone", subnet.availability_zone);
  in.member("availabilityZoneId", subnet.availability_zone_id);
  in.member("defaultForAz", subnet.default_for_az);
  in.member("mapPublicIpOnLaunch", subnet.map_public_ip_on_launch);
  in.member("ipv6CidrBlockAssociationSet", subnet.ipv6_cidr_block_association_set);
  in.member("tagSet", subnet.tags);
}

static void write(QueryWriter& out, const DescribeSubnetsRequest& request) {
  out.member("SubnetId", request.subnet_ids);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeSubnetsResponse& response) {
  in.member("subnetSet", response.subnets);
  in.member("nextToken", response.next_token);
}

static void write(QueryWriter& out, const CreateSubnetRequest& request) {
  out.member("VpcId", request.vpc_id);
  out.member("CidrBlock", request.cidr_block);
  out.member("AvailabilityZone", request.availability_zone);
  out.member("AvailabilityZoneId", request.availability_zone_id);
  out.member("TagSpecification", request.tag_specifications);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, CreateSubnetResponse& response) {
  in.member("subnet", response.subnet);
}

static void write(QueryWriter& out, const ModifySubnetAttributeRequest& request) {
  out.member("SubnetId", request.subnet_id);
  out.nested("MapPublicIpOnLaunch", "Value", request.map_public_ip_on_launch);
}

static void write(QueryWriter& out, const DeleteSubnetRequest& request) {
  out.member("SubnetId", request.subnet_id);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, AvailabilityZone& zone) {
  in.member("zoneName", zone.zone_name);
  in.member("zoneId", zone.zone_id);
  in.member("zoneState", zone.state);
  in.member("regionName", zone.region_name);
  in.member("optInStatus", zone.opt_in_status);
  in.member("networkBorderGroup", zone.network_border_group);
  in.member("zoneType", zone.zone_type);
}

static void write(QueryWriter& out, const DescribeAvailabilityZonesRequest& request) {
  out.member("ZoneName", request.zone_names);
  out.member("ZoneId", request.zone_ids);
  out.member("Filter", request.filters);
  out.member("AllAvailabilityZones", request.all_availability_zones);
}

static void read(XmlReader& in, DescribeAvailabilityZonesResponse& response) {
  in.member("availabilityZoneInfo", response.availability_zones);
}

static constexpr std::tuple operations{
    Ec2Operation<DescribeVpcsRequest, DescribeVpcsResponse>{"DescribeVpcs", Repeat::read},
    Ec2Operation<CreateVpcRequest, CreateVpcResponse>{"CreateVpc", Repeat::never},
    Ec2Operation<ModifyVpcAttributeRequest, ModifyVpcAttributeResponse>{"ModifyVpcAttribute",
                                                                        Repeat::harmless},
    Ec2Operation<DescribeVpcAttributeRequest, DescribeVpcAttributeResponse>{"DescribeVpcAttribute",
                                                                            Repeat::read},
    Ec2Operation<DeleteVpcRequest, DeleteVpcResponse>{"DeleteVpc", Repeat::harmless},
    Ec2Operation<DescribeSubnetsRequest, DescribeSubnetsResponse>{"DescribeSubnets", Repeat::read},
    Ec2Operation<CreateSubnetRequest, CreateSubnetResponse>{"CreateSubnet", Repeat::never},
    Ec2Operation<ModifySubnetAttributeRequest, ModifySubnetAttributeResponse>{
        "ModifySubnetAttribute", Repeat::harmless},
    Ec2Operation<DeleteSubnetRequest, DeleteSubnetResponse>{"DeleteSubnet", Repeat::harmless},
    Ec2Operation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse>{
        "DescribeAvailabilityZones", Repeat::read},
};

std::vector<OperationInfo> vpc_operations() {
  return describe_all(operations);
}

Task<DescribeVpcsResponse> Client::describe_vpcs(DescribeVpcsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateVpcResponse> Client::create_vpc(CreateVpcRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifyVpcAttributeResponse> Client::modify_vpc_attribute(ModifyVpcAttributeRequest request,
                                                              CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeVpcAttributeResponse> Client::describe_vpc_attribute(
    DescribeVpcAttributeRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteVpcResponse> Client::delete_vpc(DeleteVpcRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeSubnetsResponse> Client::describe_subnets(DescribeSubnetsRequest request,
                                                       CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateSubnetResponse> Client::create_subnet(CreateSubnetRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifySubnetAttributeResponse> Client::modify_subnet_attribute(
    ModifySubnetAttributeRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteSubnetResponse> Client::delete_subnet(DeleteSubnetRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeAvailabilityZonesResponse> Client::describe_availability_zones(
    DescribeAvailabilityZonesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<Vpc>> Client::all_vpcs(DescribeVpcsRequest request, CallOptions options) {
  const bool has_ids = !request.vpc_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request), &DescribeVpcsResponse::vpcs,
                      std::move(options));
}

Task<std::vector<Subnet>> Client::all_subnets(DescribeSubnetsRequest request, CallOptions options) {
  const bool has_ids = !request.subnet_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request), &DescribeSubnetsResponse::subnets,
                      std::move(options));
}

}  // namespace albatross::ec2
