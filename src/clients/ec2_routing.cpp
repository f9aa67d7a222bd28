#include "albatross/clients/ec2/routing.hpp"

#include "clients/ec2_shapes.hpp"

namespace albatross::ec2 {

static void read(XmlReader& in, InternetGatewayAttachment& attachment) {
  in.member("vpcId", attachment.vpc_id);
  in.member("state", attachment.state);
}

static void read(XmlReader& in, InternetGateway& gateway) {
  in.member("internetGatewayId", gateway.internet_gateway_id);
  in.member("ownerId", gateway.owner_id);
  in.member("attachmentSet", gateway.attachments);
  in.member("tagSet", gateway.tags);
}

static void write(QueryWriter& out, const DescribeInternetGatewaysRequest& request) {
  out.member("InternetGatewayId", request.internet_gateway_ids);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeInternetGatewaysResponse& response) {
  in.member("internetGatewaySet", response.internet_gateways);
  in.member("nextToken", response.next_token);
}

static void write(QueryWriter& out, const CreateInternetGatewayRequest& request) {
  out.member("TagSpecification", request.tag_specifications);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, CreateInternetGatewayResponse& response) {
  in.member("internetGateway", response.internet_gateway);
}

static void write(QueryWriter& out, const AttachInternetGatewayRequest& request) {
  out.member("InternetGatewayId", request.internet_gateway_id);
  out.member("VpcId", request.vpc_id);
  out.member("DryRun", request.dry_run);
}

static void write(QueryWriter& out, const DetachInternetGatewayRequest& request) {
  out.member("InternetGatewayId", request.internet_gateway_id);
  out.member("VpcId", request.vpc_id);
  out.member("DryRun", request.dry_run);
}

static void write(QueryWriter& out, const DeleteInternetGatewayRequest& request) {
  out.member("InternetGatewayId", request.internet_gateway_id);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, Route& route) {
  in.member("destinationCidrBlock", route.destination_cidr_block);
  in.member("destinationIpv6CidrBlock", route.destination_ipv6_cidr_block);
  in.member("destinationPrefixListId", route.destination_prefix_list_id);
  in.member("gatewayId", route.gateway_id);
  in.member("natGatewayId", route.nat_gateway_id);
  in.member("networkInterfaceId", route.network_interface_id);
  in.member("vpcPeeringConnectionId", route.vpc_peering_connection_id);
  in.member("transitGatewayId", route.transit_gateway_id);
  in.member("state", route.state);
  in.member("origin", route.origin);
}

static void read(XmlReader& in, RouteTableAssociationState& state) {
  in.member("state", state.state);
  in.member("statusMessage", state.status_message);
}

static void read(XmlReader& in, RouteTableAssociation& association) {
  in.member("routeTableAssociationId", association.route_table_association_id);
  in.member("routeTableId", association.route_table_id);
  in.member("subnetId", association.subnet_id);
  in.member("main", association.main);
  in.member("associationState", association.association_state);
}

static void read(XmlReader& in, RouteTable& table) {
  in.member("routeTableId", table.route_table_id);
  in.member("vpcId", table.vpc_id);
  in.member("ownerId", table.owner_id);
  in.member("routeSet", table.routes);
  in.member("associationSet", table.associations);
  in.member("tagSet", table.tags);
}

static void write(QueryWriter& out, const DescribeRouteTablesRequest& request) {
  out.member("RouteTableId", request.route_table_ids);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeRouteTablesResponse& response) {
  in.member("routeTableSet", response.route_tables);
  in.member("nextToken", response.next_token);
}

static void write(QueryWriter& out, const CreateRouteTableRequest& request) {
  out.member("VpcId", request.vpc_id);
  out.member("ClientToken", request.client_token);
  out.member("TagSpecification", request.tag_specifications);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, CreateRouteTableResponse& response) {
  in.member("routeTable", response.route_table);
}

static void write(QueryWriter& out, const DeleteRouteTableRequest& request) {
  out.member("RouteTableId", request.route_table_id);
  out.member("DryRun", request.dry_run);
}

/// CreateRoute and ReplaceRoute say the same.
template <class Request>
static void write_route(QueryWriter& out, const Request& request) {
  out.member("RouteTableId", request.route_table_id);
  out.member("DestinationCidrBlock", request.destination_cidr_block);
  out.member("DestinationIpv6CidrBlock", request.destination_ipv6_cidr_block);
  out.member("GatewayId", request.gateway_id);
  out.member("NatGatewayId", request.nat_gateway_id);
  out.member("NetworkInterfaceId", request.network_interface_id);
  out.member("DryRun", request.dry_run);
}

static void write(QueryWriter& out, const CreateRouteRequest& request) {
  write_route(out, request);
}

static void write(QueryWriter& out, const ReplaceRouteRequest& request) {
  write_route(out, request);
}

static void write(QueryWriter& out, const DeleteRouteRequest& request) {
  out.member("RouteTableId", request.route_table_id);
  out.member("DestinationCidrBlock", request.destination_cidr_block);
  out.member("DestinationIpv6CidrBlock", request.destination_ipv6_cidr_block);
  out.member("DryRun", request.dry_run);
}

static void write(QueryWriter& out, const AssociateRouteTableRequest& request) {
  out.member("RouteTableId", request.route_table_id);
  out.member("SubnetId", request.subnet_id);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, AssociateRouteTableResponse& response) {
  in.member("associationId", response.association_id);
  in.member("associationState", response.association_state);
}

static void write(QueryWriter& out, const ReplaceRouteTableAssociationRequest& request) {
  out.member("AssociationId", request.association_id);
  out.member("RouteTableId", request.route_table_id);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, ReplaceRouteTableAssociationResponse& response) {
  in.member("newAssociationId", response.new_association_id);
  in.member("associationState", response.association_state);
}

static void write(QueryWriter& out, const DisassociateRouteTableRequest& request) {
  out.member("AssociationId", request.association_id);
  out.member("DryRun", request.dry_run);
}

static constexpr std::tuple operations{
    Ec2Operation<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResponse>{
        "DescribeInternetGateways", Repeat::read},
    Ec2Operation<CreateInternetGatewayRequest, CreateInternetGatewayResponse>{
        "CreateInternetGateway", Repeat::never},
    Ec2Operation<AttachInternetGatewayRequest, AttachInternetGatewayResponse>{
        "AttachInternetGateway", Repeat::never},
    Ec2Operation<DetachInternetGatewayRequest, DetachInternetGatewayResponse>{
        "DetachInternetGateway", Repeat::harmless},
    Ec2Operation<DeleteInternetGatewayRequest, DeleteInternetGatewayResponse>{
        "DeleteInternetGateway", Repeat::harmless},
    Ec2Operation<DescribeRouteTablesRequest, DescribeRouteTablesResponse>{"DescribeRouteTables",
                                                                          Repeat::read},
    Ec2Operation<CreateRouteTableRequest, CreateRouteTableResponse>{"CreateRouteTable",
                                                                    Repeat::with_token},
    Ec2Operation<DeleteRouteTableRequest, DeleteRouteTableResponse>{"DeleteRouteTable",
                                                                    Repeat::harmless},
    Ec2Operation<CreateRouteRequest, CreateRouteResponse>{"CreateRoute", Repeat::never},
    Ec2Operation<ReplaceRouteRequest, ReplaceRouteResponse>{"ReplaceRoute", Repeat::harmless},
    Ec2Operation<DeleteRouteRequest, DeleteRouteResponse>{"DeleteRoute", Repeat::harmless},
    Ec2Operation<AssociateRouteTableRequest, AssociateRouteTableResponse>{"AssociateRouteTable",
                                                                          Repeat::never},
    Ec2Operation<ReplaceRouteTableAssociationRequest, ReplaceRouteTableAssociationResponse>{
        "ReplaceRouteTableAssociation", Repeat::never},
    Ec2Operation<DisassociateRouteTableRequest, DisassociateRouteTableResponse>{
        "DisassociateRouteTable", Repeat::harmless},
};

std::vector<OperationInfo> routing_operations() {
  return describe_all(operations);
}

Task<DescribeInternetGatewaysResponse> Client::describe_internet_gateways(
    DescribeInternetGatewaysRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateInternetGatewayResponse> Client::create_internet_gateway(
    CreateInternetGatewayRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<AttachInternetGatewayResponse> Client::attach_internet_gateway(
    AttachInternetGatewayRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DetachInternetGatewayResponse> Client::detach_internet_gateway(
    DetachInternetGatewayRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteInternetGatewayResponse> Client::delete_internet_gateway(
    DeleteInternetGatewayRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeRouteTablesResponse> Client::describe_route_tables(DescribeRouteTablesRequest request,
                                                                CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateRouteTableResponse> Client::create_route_table(CreateRouteTableRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteRouteTableResponse> Client::delete_route_table(DeleteRouteTableRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateRouteResponse> Client::create_route(CreateRouteRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ReplaceRouteResponse> Client::replace_route(ReplaceRouteRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteRouteResponse> Client::delete_route(DeleteRouteRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<AssociateRouteTableResponse> Client::associate_route_table(AssociateRouteTableRequest request,
                                                                CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ReplaceRouteTableAssociationResponse> Client::replace_route_table_association(
    ReplaceRouteTableAssociationRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DisassociateRouteTableResponse> Client::disassociate_route_table(
    DisassociateRouteTableRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<InternetGateway>> Client::all_internet_gateways(
    DescribeInternetGatewaysRequest request, CallOptions options) {
  const bool has_ids = !request.internet_gateway_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeInternetGatewaysResponse::internet_gateways, std::move(options));
}

Task<std::vector<RouteTable>> Client::all_route_tables(DescribeRouteTablesRequest request,
                                                       CallOptions options) {
  const bool has_ids = !request.route_table_ids.empty();
  request = with_page_size(std::move(request), 100, has_ids);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeRouteTablesResponse::route_tables, std::move(options));
}

}  // namespace albatross::ec2
