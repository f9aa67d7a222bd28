// The EC2 operations of the network: VPCs, subnets, gateways, routes, security groups.

#include "albatross/clients/ec2.hpp"

#include "wire_bench.hpp"

namespace albatross::test {
namespace {

using ec2::Client;

const std::vector<ec2::TagSpecification> vpc_tags{
    {.resource_type = "vpc", .tags = {{"Name", "a b&c=ü"}, {"k", ""}}}};
const std::vector<ec2::TagSpecification> rule_tags{
    {.resource_type = "security-group-rule", .tags = {{"k", "v"}}}};
const std::vector<ec2::Filter> filters{{"tag:x", {"a", "b*"}}, {"vpc-id", {"vpc-1"}}};

/// A listing with the filters and page that the samples have.
template <class Request>
Request page(std::vector<std::string> Request::*ids, std::vector<std::string> values) {
  Request request;
  request.*ids = std::move(values);
  request.filters = filters;
  request.max_results = 100;
  request.next_token = "to+ken/=";
  return request;
}

template <class Operation, class Request>
void expect_sent(const std::string& sample, Operation operation, Request request) {
  expect_like_botocore<Client>("ec2", sample, operation, std::move(request));
}

TEST(Ec2Network, SendsVpcOperationsAsBotocoreDoes) {
  using namespace ec2;
  expect_sent("DescribeVpcs", &Client::describe_vpcs,
              page(&DescribeVpcsRequest::vpc_ids, {"vpc-1", "vpc-2"}));
  expect_sent("CreateVpc", &Client::create_vpc,
              CreateVpcRequest{.cidr_block = "10.7.0.0/16",
                               .instance_tenancy = "default",
                               .amazon_provided_ipv6_cidr_block = false,
                               .tag_specifications = vpc_tags,
                               .dry_run = true});
  expect_sent("ModifyVpcAttribute", &Client::modify_vpc_attribute,
              ModifyVpcAttributeRequest{.vpc_id = "vpc-1", .enable_dns_hostnames = true});
  expect_sent("ModifyVpcAttribute/support", &Client::modify_vpc_attribute,
              ModifyVpcAttributeRequest{.vpc_id = "vpc-1", .enable_dns_support = false});
  expect_sent("DescribeVpcAttribute", &Client::describe_vpc_attribute,
              DescribeVpcAttributeRequest{.vpc_id = "vpc-1", .attribute = "enableDnsSupport"});
  expect_sent("DeleteVpc", &Client::delete_vpc,
              DeleteVpcRequest{.vpc_id = "vpc-1", .dry_run = true});
}

TEST(Ec2Network, SendsSubnetOperationsAsBotocoreDoes) {
  using namespace ec2;
  expect_sent("DescribeSubnets", &Client::describe_subnets,
              page(&DescribeSubnetsRequest::subnet_ids, {"subnet-1"}));
  expect_sent("CreateSubnet", &Client::create_subnet,
              CreateSubnetRequest{.vpc_id = "vpc-1",
                                  .cidr_block = "10.7.1.0/24",
                                  .availability_zone = "us-east-1a",
                                  .availability_zone_id = "use1-az1",
                                  .tag_specifications = vpc_tags,
                                  .dry_run = true});
  expect_sent(
      "ModifySubnetAttribute", &Client::modify_subnet_attribute,
      ModifySubnetAttributeRequest{.subnet_id = "subnet-1", .map_public_ip_on_launch = true});
  expect_sent("DeleteSubnet", &Client::delete_subnet,
              DeleteSubnetRequest{.subnet_id = "subnet-1", .dry_run = true});
  expect_sent("DescribeAvailabilityZones", &Client::describe_availability_zones,
              DescribeAvailabilityZonesRequest{.zone_names = {"us-east-1a"},
                                               .zone_ids = {"use1-az1"},
                                               .filters = filters,
                                               .all_availability_zones = true});
}

TEST(Ec2Network, SendsGatewayOperationsAsBotocoreDoes) {
  using namespace ec2;
  expect_sent("DescribeInternetGateways", &Client::describe_internet_gateways,
              page(&DescribeInternetGatewaysRequest::internet_gateway_ids, {"igw-1"}));
  expect_sent("CreateInternetGateway", &Client::create_internet_gateway,
              CreateInternetGatewayRequest{.tag_specifications = vpc_tags, .dry_run = true});
  expect_sent("AttachInternetGateway", &Client::attach_internet_gateway,
              AttachInternetGatewayRequest{"igw-1", "vpc-1", true});
  expect_sent("DetachInternetGateway", &Client::detach_internet_gateway,
              DetachInternetGatewayRequest{"igw-1", "vpc-1", true});
  expect_sent("DeleteInternetGateway", &Client::delete_internet_gateway,
              DeleteInternetGatewayRequest{"igw-1", true});
}

TEST(Ec2Network, SendsRouteOperationsAsBotocoreDoes) {
  using namespace ec2;
  expect_sent("DescribeRouteTables", &Client::describe_route_tables,
              page(&DescribeRouteTablesRequest::route_table_ids, {"rtb-1"}));
  expect_sent("CreateRouteTable", &Client::create_route_table,
              CreateRouteTableRequest{.vpc_id = "vpc-1",
                                      .client_token = "tok",
                                      .tag_specifications = vpc_tags,
                                      .dry_run = true});
  expect_sent("DeleteRouteTable", &Client::delete_route_table,
              DeleteRouteTableRequest{"rtb-1", true});
  expect_sent("CreateRoute", &Client::create_route,
              CreateRouteRequest{.route_table_id = "rtb-1",
                                 .destination_cidr_block = "0.0.0.0/0",
                                 .destination_ipv6_cidr_block = "::/0",
                                 .gateway_id = "igw-1",
                                 .nat_gateway_id = "nat-1",
                                 .network_interface_id = "eni-1",
                                 .dry_run = true});
  expect_sent("ReplaceRoute", &Client::replace_route,
              ReplaceRouteRequest{.route_table_id = "rtb-1",
                                  .destination_cidr_block = "0.0.0.0/0",
                                  .destination_ipv6_cidr_block = "::/0",
                                  .gateway_id = "igw-1",
                                  .nat_gateway_id = "nat-1",
                                  .network_interface_id = "eni-1",
                                  .dry_run = true});
  expect_sent("DeleteRoute", &Client::delete_route,
              DeleteRouteRequest{.route_table_id = "rtb-1",
                                 .destination_cidr_block = "0.0.0.0/0",
                                 .destination_ipv6_cidr_block = "::/0",
                                 .dry_run = true});
  expect_sent("AssociateRouteTable", &Client::associate_route_table,
              AssociateRouteTableRequest{"rtb-1", "subnet-1", true});
  expect_sent("ReplaceRouteTableAssociation", &Client::replace_route_table_association,
              ReplaceRouteTableAssociationRequest{"rtbassoc-1", "rtb-1", true});
  expect_sent("DisassociateRouteTable", &Client::disassociate_route_table,
              DisassociateRouteTableRequest{"rtbassoc-1", true});
}

std::vector<ec2::IpPermission> permissions() {
  using namespace ec2;
  IpPermission web{.ip_protocol = "tcp",
                   .from_port = 80,
                   .to_port = 443,
                   .ip_ranges = {{"0.0.0.0/0", "web"}, {"10.0.0.0/8", ""}},
                   .ipv6_ranges = {{"::/0", "web6"}},
                   .user_id_group_pairs = {{"sg-2", "123456789012", "peers"}},
                   .prefix_list_ids = {{"pl-1", "list"}}};
  IpPermission ping{.ip_protocol = "icmp",
                    .from_port = 0,
                    .to_port = -1,
                    .ip_ranges = {{.cidr_ip = "10.0.0.0/8"}}};
  IpPermission all{.ip_protocol = "-1", .ip_ranges = {{.cidr_ip = "0.0.0.0/0"}}};
  return {web, ping, all};
}

TEST(Ec2Network, SendsSecurityGroupOperationsAsBotocoreDoes) {
  using namespace ec2;
  expect_sent("DescribeSecurityGroups", &Client::describe_security_groups,
              page(&DescribeSecurityGroupsRequest::group_ids, {"sg-1"}));
  expect_sent("DescribeSecurityGroupRules", &Client::describe_security_group_rules,
              page(&DescribeSecurityGroupRulesRequest::security_group_rule_ids, {"sgr-1"}));
  expect_sent("CreateSecurityGroup", &Client::create_security_group,
              CreateSecurityGroupRequest{.group_name = "demo",
                                         .description = "d: (x) & y",
                                         .vpc_id = "vpc-1",
                                         .tag_specifications = vpc_tags,
                                         .dry_run = true});
  expect_sent("DeleteSecurityGroup", &Client::delete_security_group,
              DeleteSecurityGroupRequest{"sg-1", true});
  expect_sent("AuthorizeSecurityGroupIngress", &Client::authorize_security_group_ingress,
              AuthorizeSecurityGroupIngressRequest{"sg-1", permissions(), rule_tags, true});
  expect_sent("AuthorizeSecurityGroupEgress", &Client::authorize_security_group_egress,
              AuthorizeSecurityGroupEgressRequest{"sg-1", permissions(), rule_tags, true});
  expect_sent(
      "RevokeSecurityGroupIngress", &Client::revoke_security_group_ingress,
      RevokeSecurityGroupIngressRequest{
          .group_id = "sg-1", .security_group_rule_ids = {"sgr-1", "sgr-2"}, .dry_run = true});
  expect_sent(
      "RevokeSecurityGroupEgress", &Client::revoke_security_group_egress,
      RevokeSecurityGroupEgressRequest{.group_id = "sg-1", .ip_permissions = permissions()});
}

TEST(Ec2Network, ReadsAnAvailabilityZoneAndARouteTableAsAwsWritesThem) {
  WireBench<Client> bench(
      {answer(200, R"(<DescribeRouteTablesResponse><requestId/><routeTableSet><item>
    <routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId><routeSet><item>
    <destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>igw-1</gatewayId><state>active</state>
    <origin>CreateRoute</origin></item></routeSet><associationSet><item>
    <routeTableAssociationId>rtbassoc-1</routeTableAssociationId><routeTableId>rtb-1</routeTableId>
    <subnetId>subnet-1</subnetId><main>false</main><associationState><state>associated</state></associationState>
    </item></associationSet><propagatingVgwSet/><tagSet/></item></routeTableSet></DescribeRouteTablesResponse>)")});
  const auto tables = bench.run(&Client::describe_route_tables, ec2::DescribeRouteTablesRequest{});
  ASSERT_TRUE(tables);
  ASSERT_EQ(tables->route_tables.size(), 1u);
  const ec2::RouteTable& table = tables->route_tables[0];
  EXPECT_EQ(table.vpc_id, "vpc-1");
  ASSERT_EQ(table.routes.size(), 1u);
  EXPECT_EQ(table.routes[0].gateway_id, "igw-1");
  EXPECT_EQ(table.routes[0].destination_cidr_block, "0.0.0.0/0");
  ASSERT_EQ(table.associations.size(), 1u);
  EXPECT_EQ(table.associations[0].subnet_id, "subnet-1");
  EXPECT_FALSE(table.associations[0].main);
  EXPECT_EQ(table.associations[0].association_state.state, "associated");
  EXPECT_TRUE(table.tags.empty());
  EXPECT_TRUE(tables->next_token.empty());
}

TEST(Ec2Network, ReadsARuleWithoutPortsApartFromOneWithPortZero) {
  WireBench<Client> bench({answer(200, R"(<DescribeSecurityGroupsResponse><securityGroupInfo><item>
    <groupId>sg-1</groupId><groupDescription>d &amp; e</groupDescription><ipPermissions>
    <item><ipProtocol>-1</ipProtocol><groups><item><userId>1</userId><groupId>sg-2</groupId></item></groups></item>
    <item><ipProtocol>icmp</ipProtocol><fromPort>0</fromPort><toPort>-1</toPort></item></ipPermissions>
    <ipPermissionsEgress/></item></securityGroupInfo></DescribeSecurityGroupsResponse>)")});
  const auto answer =
      bench.run(&Client::describe_security_groups, ec2::DescribeSecurityGroupsRequest{});
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->security_groups.size(), 1u);
  const ec2::SecurityGroup& group = answer->security_groups[0];
  EXPECT_EQ(group.description, "d & e");
  ASSERT_EQ(group.ip_permissions.size(), 2u);
  EXPECT_FALSE(group.ip_permissions[0].from_port);
  EXPECT_EQ(group.ip_permissions[0].user_id_group_pairs.at(0).group_id, "sg-2");
  EXPECT_EQ(group.ip_permissions[1].from_port, 0);
  EXPECT_EQ(group.ip_permissions[1].to_port, -1);
}

}  // namespace
}  // namespace albatross::test
