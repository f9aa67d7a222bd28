#include "albatross/clients/ec2/security_groups.hpp"

#include "clients/ec2_shapes.hpp"

namespace albatross::ec2 {

static void write(QueryWriter& out, const IpRange& range) {
  out.member("CidrIp", range.cidr_ip);
  out.member("Description", range.description);
}

static void read(XmlReader& in, IpRange& range) {
  in.member("cidrIp", range.cidr_ip);
  in.member("description", range.description);
}

static void write(QueryWriter& out, const Ipv6Range& range) {
  out.member("CidrIpv6", range.cidr_ipv6);
  out.member("Description", range.description);
}

static void read(XmlReader& in, Ipv6Range& range) {
  in.member("cidrIpv6", range.cidr_ipv6);
  in.member("description", range.description);
}

static void write(QueryWriter& out, const UserIdGroupPair& pair) {
  out.member("GroupId", pair.group_id);
  out.member("UserId", pair.user_id);
  out.member("Description", pair.description);
}

static void read(XmlReader& in, UserIdGroupPair& pair) {
  in.member("userId", pair.user_id);
  in.member("groupId", pair.group_id);
  in.member("description", pair.description);
}

static void write(QueryWriter& out, const PrefixListId& list) {
  out.member("PrefixListId", list.prefix_list_id);
  out.member("Description", list.description);
}

static void read(XmlReader& in, PrefixListId& list) {
  in.member("prefixListId", list.prefix_list_id);
  in.member("description", list.description);
}

static void write(QueryWriter& out, const IpPermission& permission) {
  out.member("IpProtocol", permission.ip_protocol);
  out.member("FromPort", permission.from_port);
  out.member("ToPort", permission.to_port);
  out.member("IpRanges", permission.ip_ranges);
  out.member("Ipv6Ranges", permission.ipv6_ranges);
  out.member("Groups", permission.user_id_group_pairs);
  out.member("PrefixListIds", permission.prefix_list_ids);
}

static void read(XmlReader& in, IpPermission& permission) {
  in.member("ipProtocol", permission.ip_protocol);
  in.member("fromPort", permission.from_port);
  in.member("toPort", permission.to_port);
  in.member("groups", permission.user_id_group_pairs);
  in.member("ipRanges", permission.ip_ranges);
  in.member("ipv6Ranges", permission.ipv6_ranges);
  in.member("prefixListIds", permission.prefix_list_ids);
}

static void read(XmlReader& in, SecurityGroup& group) {
  in.member("ownerId", group.owner_id);
  in.member("groupId", group.group_id);
  in.member("groupName", group.group_name);
  in.member("groupDescription", group.description);
  in.member("vpcId", group.vpc_id);
  in.member("ipPermissions", group.ip_permissions);
  in.member("ipPermissionsEgress", group.ip_permissions_egress);
  in.member("tagSet", group.tags);
}

static void write(QueryWriter& out, const DescribeSecurityGroupsRequest& request) {
  out.member("GroupId", request.group_ids);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeSecurityGroupsResponse& response) {
  in.member("securityGroupInfo", response.security_groups);
  in.member("nextToken", response.next_token);
}

static void read(XmlReader& in, ReferencedSecurityGroup& group) {
  in.member("groupId", group.group_id);
  in.member("userId", group.user_id);
  in.member("vpcId", group.vpc_id);
}

static void read(XmlReader& in, SecurityGroupRule& rule) {
  in.member("securityGroupRuleId", rule.security_group_rule_id);
  in.member("groupId", rule.group_id);
  in.member("groupOwnerId", rule.group_owner_id);
  in.member("isEgress", rule.is_egress);
  in.member("ipProtocol", rule.ip_protocol);
  in.member("fromPort", rule.from_port);
  in.member("toPort", rule.to_port);
  in.member("cidrIpv4", rule.cidr_ipv4);
  in.member("cidrIpv6", rule.cidr_ipv6);
  in.member("prefixListId", rule.prefix_list_id);
  in.member("referencedGroupInfo", rule.referenced_group_info);
  in.member("description", rule.description);
  in.member("tagSet", rule.tags);
}

static void write(QueryWriter& out, const DescribeSecurityGroupRulesRequest& request) {
  out.member("SecurityGroupRuleId", request.security_group_rule_ids);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeSecurityGroupRulesResponse& response) {
  in.member("securityGroupRuleSet", response.security_group_rules);
  in.member("nextToken", response.next_token);
}

static void write(QueryWriter& out, const CreateSecurityGroupRequest& request) {
  out.member("GroupName", request.group_name);
  out.member("GroupDescription", request.description);
  out.member("VpcId", request.vpc_id);
  out.member("TagSpecification", request.tag_specifications);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, CreateSecurityGroupResponse& response) {
  in.member("groupId", response.group_id);
  in.member("tagSet", response.tags);
}

static void write(QueryWriter& out, const DeleteSecurityGroupRequest& request) {
  out.member("GroupId", request.group_id);
  out.member("DryRun", request.dry_run);
}

template <class Request>
static void write_authorization(QueryWriter& out, const Request& request) {
  out.member("GroupId", request.group_id);
  out.member("IpPermissions", request.ip_permissions);
  out.member("TagSpecification", request.tag_specifications);
  out.member("DryRun", request.dry_run);
}

static void write(QueryWriter& out, const AuthorizeSecurityGroupIngressRequest& request) {
  write_authorization(out, request);
}

static void write(QueryWriter& out, const AuthorizeSecurityGroupEgressRequest& request) {
  write_authorization(out, request);
}

static void read(XmlReader& in, AuthorizeSecurityGroupIngressResponse& response) {
  in.member("return", response.result);
  in.member("securityGroupRuleSet", response.security_group_rules);
}

static void read(XmlReader& in, AuthorizeSecurityGroupEgressResponse& response) {
  in.member("return", response.result);
  in.member("securityGroupRuleSet", response.security_group_rules);
}

template <class Request>
static void write_revocation(QueryWriter& out, const Request& request) {
  out.member("GroupId", request.group_id);
  out.member("SecurityGroupRuleId", request.security_group_rule_ids);
  out.member("IpPermissions", request.ip_permissions);
  out.member("DryRun", request.dry_run);
}

static void write(QueryWriter& out, const RevokeSecurityGroupIngressRequest& request) {
  write_revocation(out, request);
}

static void write(QueryWriter& out, const RevokeSecurityGroupEgressRequest& request) {
  write_revocation(out, request);
}

static void read(XmlReader& in, RevokeSecurityGroupIngressResponse& response) {
  in.member("return", response.result);
  in.member("unknownIpPermissionSet", response.unknown_ip_permissions);
}

static void read(XmlReader& in, RevokeSecurityGroupEgressResponse& response) {
  in.member("return", response.result);
  in.member("unknownIpPermissionSet", response.unknown_ip_permissions);
}

static constexpr std::tuple operations{
    Ec2Operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse>{
        "DescribeSecurityGroups", Repeat::read},
    Ec2Operation<DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResponse>{
        "DescribeSecurityGroupRules", Repeat::read},
    Ec2Operation<CreateSecurityGroupRequest, CreateSecurityGroupResponse>{"CreateSecurityGroup",
                                                                          Repeat::never},
    Ec2Operation<DeleteSecurityGroupRequest, DeleteSecurityGroupResponse>{"DeleteSecurityGroup",
                                                                          Repeat::harmless},
    Ec2Operation<AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResponse>{
        "AuthorizeSecurityGroupIngress", Repeat::never},
    Ec2Operation<AuthorizeSecurityGroupEgressRequest, AuthorizeSecurityGroupEgressResponse>{
        "AuthorizeSecurityGroupEgress", Repeat::never},
    Ec2Operation<RevokeSecurityGroupIngressRequest, RevokeSecurityGroupIngressResponse>{
        "RevokeSecurityGroupIngress", Repeat::harmless},
    Ec2Operation<RevokeSecurityGroupEgressRequest, RevokeSecurityGroupEgressResponse>{
        "RevokeSecurityGroupEgress", Repeat::harmless},
};

std::vector<OperationInfo> security_group_operations() {
  return describe_all(operations);
}

Task<DescribeSecurityGroupsResponse> Client::describe_security_groups(
    DescribeSecurityGroupsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeSecurityGroupRulesResponse> Client::describe_security_group_rules(
    DescribeSecurityGroupRulesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateSecurityGroupResponse> Client::create_security_group(CreateSecurityGroupRequest request,
                                                                CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteSecurityGroupResponse> Client::delete_security_group(DeleteSecurityGroupRequest request,
                                                                CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<AuthorizeSecurityGroupIngressResponse> Client::authorize_security_group_ingress(
    AuthorizeSecurityGroupIngressRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<AuthorizeSecurityGroupEgressResponse> Client::authorize_security_group_egress(
    AuthorizeSecurityGroupEgressRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<RevokeSecurityGroupIngressResponse> Client::revoke_security_group_ingress(
    RevokeSecurityGroupIngressRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<RevokeSecurityGroupEgressResponse> Client::revoke_security_group_egress(
    RevokeSecurityGroupEgressRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<SecurityGroup>> Client::all_security_groups(DescribeSecurityGroupsRequest request,
                                                             CallOptions options) {
  const bool has_ids = !request.group_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeSecurityGroupsResponse::security_groups, std::move(options));
}

Task<std::vector<SecurityGroupRule>> Client::all_security_group_rules(
    DescribeSecurityGroupRulesRequest request, CallOptions options) {
  const bool has_ids = !request.security_group_rule_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeSecurityGroupRulesResponse::security_group_rules,
                      std::move(options));
}

}  // namespace albatross::ec2
