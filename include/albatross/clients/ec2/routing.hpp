#pragma once

#include "albatross/clients/ec2/common.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::ec2 {

struct InternetGatewayAttachment {
  std::string vpc_id;
  /// An attached gateway says "available" on the wire.
  std::string state;
};

struct InternetGateway {
  std::string internet_gateway_id;
  std::string owner_id;
  std::vector<InternetGatewayAttachment> attachments;
  std::vector<Tag> tags;
};

struct DescribeInternetGatewaysRequest {
  std::vector<std::string> internet_gateway_ids;
  std::vector<Filter> filters;
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeInternetGatewaysResponse {
  std::vector<InternetGateway> internet_gateways;
  std::string next_token;
};

/// Not idempotent: every call makes a gateway.
struct CreateInternetGatewayRequest {
  std::vector<TagSpecification> tag_specifications;
  bool dry_run = false;
};
struct CreateInternetGatewayResponse {
  InternetGateway internet_gateway;
};

struct AttachInternetGatewayRequest {
  std::string internet_gateway_id;
  std::string vpc_id;
  bool dry_run = false;
};
using AttachInternetGatewayResponse = Done;

struct DetachInternetGatewayRequest {
  std::string internet_gateway_id;
  std::string vpc_id;
  bool dry_run = false;
};
using DetachInternetGatewayResponse = Done;

struct DeleteInternetGatewayRequest {
  std::string internet_gateway_id;
  bool dry_run = false;
};
using DeleteInternetGatewayResponse = Done;

struct Route {
  std::string destination_cidr_block;
  std::string destination_ipv6_cidr_block;
  std::string destination_prefix_list_id;
  /// igw-…, vgw-…, or "local".
  std::string gateway_id;
  std::string nat_gateway_id;
  std::string network_interface_id;
  std::string vpc_peering_connection_id;
  std::string transit_gateway_id;
  /// active | blackhole.
  std::string state;
  std::string origin;
};

struct RouteTableAssociationState {
  std::string state;
  std::string status_message;
};

struct RouteTableAssociation {
  std::string route_table_association_id;
  std::string route_table_id;
  /// Empty for the main association.
  std::string subnet_id;
  bool main = false;
  RouteTableAssociationState association_state;
};

struct RouteTable {
  std::string route_table_id;
  std::string vpc_id;
  std::string owner_id;
  std::vector<RouteTableAssociation> associations;
  std::vector<Route> routes;
  std::vector<Tag> tags;
};

struct DescribeRouteTablesRequest {
  std::vector<std::string> route_table_ids;
  std::vector<Filter> filters;
  /// 5 to 100.
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeRouteTablesResponse {
  std::vector<RouteTable> route_tables;
  std::string next_token;
};

struct CreateRouteTableRequest {
  std::string vpc_id;
  /// With it a repetition returns the same table.
  std::string client_token;
  std::vector<TagSpecification> tag_specifications;
  bool dry_run = false;
};
struct CreateRouteTableResponse {
  RouteTable route_table;
};

struct DeleteRouteTableRequest {
  std::string route_table_id;
  bool dry_run = false;
};
using DeleteRouteTableResponse = Done;

/// One destination and one target.
struct CreateRouteRequest {
  std::string route_table_id;
  std::string destination_cidr_block;
  std::string destination_ipv6_cidr_block;
  std::string gateway_id;
  std::string nat_gateway_id;
  std::string network_interface_id;
  bool dry_run = false;
};
using CreateRouteResponse = Done;

/// Points an existing destination at another target; idempotent.
struct ReplaceRouteRequest {
  std::string route_table_id;
  std::string destination_cidr_block;
  std::string destination_ipv6_cidr_block;
  std::string gateway_id;
  std::string nat_gateway_id;
  std::string network_interface_id;
  bool dry_run = false;
};
using ReplaceRouteResponse = Done;

struct DeleteRouteRequest {
  std::string route_table_id;
  std::string destination_cidr_block;
  std::string destination_ipv6_cidr_block;
  bool dry_run = false;
};
using DeleteRouteResponse = Done;

struct AssociateRouteTableRequest {
  std::string route_table_id;
  std::string subnet_id;
  bool dry_run = false;
};
struct AssociateRouteTableResponse {
  std::string association_id;
  RouteTableAssociationState association_state;
};

struct ReplaceRouteTableAssociationRequest {
  std::string association_id;
  std::string route_table_id;
  bool dry_run = false;
};
struct ReplaceRouteTableAssociationResponse {
  std::string new_association_id;
  RouteTableAssociationState association_state;
};

struct DisassociateRouteTableRequest {
  std::string association_id;
  bool dry_run = false;
};
using DisassociateRouteTableResponse = Done;

}  // namespace albatross::ec2
