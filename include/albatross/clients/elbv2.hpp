#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/elbv2/listeners.hpp"
#include "albatross/clients/elbv2/load_balancers.hpp"
#include "albatross/clients/elbv2/target_groups.hpp"
#include "albatross/runtime/task.hpp"

#include <string>
#include <vector>

namespace albatross::elbv2 {

/// Elastic Load Balancing, API version 2015-12-01 (application load balancers). Source: Elastic
/// Load Balancing API Reference. Errors, cancellation, lifetimes and the naming of pages
/// (`describe_x` one page, `all_x` all of them) as in ec2::Client.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  // Load balancers
  Task<DescribeLoadBalancersResponse> describe_load_balancers(DescribeLoadBalancersRequest request,
                                                              CallOptions options = CallOptions());
  Task<CreateLoadBalancerResponse> create_load_balancer(CreateLoadBalancerRequest request,
                                                        CallOptions options = CallOptions());
  Task<DeleteLoadBalancerResponse> delete_load_balancer(DeleteLoadBalancerRequest request,
                                                        CallOptions options = CallOptions());
  Task<DescribeLoadBalancerAttributesResponse> describe_load_balancer_attributes(
      DescribeLoadBalancerAttributesRequest request, CallOptions options = CallOptions());
  Task<ModifyLoadBalancerAttributesResponse> modify_load_balancer_attributes(
      ModifyLoadBalancerAttributesRequest request, CallOptions options = CallOptions());
  Task<SetSecurityGroupsResponse> set_security_groups(SetSecurityGroupsRequest request,
                                                      CallOptions options = CallOptions());
  Task<SetSubnetsResponse> set_subnets(SetSubnetsRequest request,
                                       CallOptions options = CallOptions());
  Task<SetIpAddressTypeResponse> set_ip_address_type(SetIpAddressTypeRequest request,
                                                     CallOptions options = CallOptions());
  Task<DescribeAccountLimitsResponse> describe_account_limits(DescribeAccountLimitsRequest request,
                                                              CallOptions options = CallOptions());
  Task<std::vector<LoadBalancer>> all_load_balancers(DescribeLoadBalancersRequest request,
                                                     CallOptions options = CallOptions());
  Task<std::vector<Limit>> all_account_limits(DescribeAccountLimitsRequest request,
                                              CallOptions options = CallOptions());

  // Target groups
  Task<DescribeTargetGroupsResponse> describe_target_groups(DescribeTargetGroupsRequest request,
                                                            CallOptions options = CallOptions());
  Task<CreateTargetGroupResponse> create_target_group(CreateTargetGroupRequest request,
                                                      CallOptions options = CallOptions());
  Task<ModifyTargetGroupResponse> modify_target_group(ModifyTargetGroupRequest request,
                                                      CallOptions options = CallOptions());
  Task<DescribeTargetGroupAttributesResponse> describe_target_group_attributes(
      DescribeTargetGroupAttributesRequest request, CallOptions options = CallOptions());
  Task<ModifyTargetGroupAttributesResponse> modify_target_group_attributes(
      ModifyTargetGroupAttributesRequest request, CallOptions options = CallOptions());
  Task<DeleteTargetGroupResponse> delete_target_group(DeleteTargetGroupRequest request,
                                                      CallOptions options = CallOptions());
  Task<RegisterTargetsResponse> register_targets(RegisterTargetsRequest request,
                                                 CallOptions options = CallOptions());
  Task<DeregisterTargetsResponse> deregister_targets(DeregisterTargetsRequest request,
                                                     CallOptions options = CallOptions());
  Task<DescribeTargetHealthResponse> describe_target_health(DescribeTargetHealthRequest request,
                                                            CallOptions options = CallOptions());
  Task<std::vector<TargetGroup>> all_target_groups(DescribeTargetGroupsRequest request,
                                                   CallOptions options = CallOptions());

  // Listeners and rules
  Task<DescribeListenersResponse> describe_listeners(DescribeListenersRequest request,
                                                     CallOptions options = CallOptions());
  Task<CreateListenerResponse> create_listener(CreateListenerRequest request,
                                               CallOptions options = CallOptions());
  Task<ModifyListenerResponse> modify_listener(ModifyListenerRequest request,
                                               CallOptions options = CallOptions());
  Task<DeleteListenerResponse> delete_listener(DeleteListenerRequest request,
                                               CallOptions options = CallOptions());
  Task<DescribeListenerCertificatesResponse> describe_listener_certificates(
      DescribeListenerCertificatesRequest request, CallOptions options = CallOptions());
  Task<AddListenerCertificatesResponse> add_listener_certificates(
      AddListenerCertificatesRequest request, CallOptions options = CallOptions());
  Task<RemoveListenerCertificatesResponse> remove_listener_certificates(
      RemoveListenerCertificatesRequest request, CallOptions options = CallOptions());
  Task<DescribeRulesResponse> describe_rules(DescribeRulesRequest request,
                                             CallOptions options = CallOptions());
  Task<CreateRuleResponse> create_rule(CreateRuleRequest request,
                                       CallOptions options = CallOptions());
  Task<ModifyRuleResponse> modify_rule(ModifyRuleRequest request,
                                       CallOptions options = CallOptions());
  Task<SetRulePrioritiesResponse> set_rule_priorities(SetRulePrioritiesRequest request,
                                                      CallOptions options = CallOptions());
  Task<DeleteRuleResponse> delete_rule(DeleteRuleRequest request,
                                       CallOptions options = CallOptions());
  Task<DescribeSSLPoliciesResponse> describe_ssl_policies(DescribeSSLPoliciesRequest request,
                                                          CallOptions options = CallOptions());
  Task<std::vector<Listener>> all_listeners(DescribeListenersRequest request,
                                            CallOptions options = CallOptions());
  Task<std::vector<Certificate>> all_listener_certificates(
      DescribeListenerCertificatesRequest request, CallOptions options = CallOptions());
  Task<std::vector<Rule>> all_rules(DescribeRulesRequest request,
                                    CallOptions options = CallOptions());
  Task<std::vector<SslPolicy>> all_ssl_policies(DescribeSSLPoliciesRequest request,
                                                CallOptions options = CallOptions());

  // Tags
  Task<AddTagsResponse> add_tags(AddTagsRequest request, CallOptions options = CallOptions());
  Task<RemoveTagsResponse> remove_tags(RemoveTagsRequest request,
                                       CallOptions options = CallOptions());
  Task<DescribeTagsResponse> describe_tags(DescribeTagsRequest request,
                                           CallOptions options = CallOptions());
  Task<std::vector<TagDescription>> all_tags(DescribeTagsRequest request,
                                             CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

}  // namespace albatross::elbv2
