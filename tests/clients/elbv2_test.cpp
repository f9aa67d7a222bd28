#include "albatross/clients/elbv2.hpp"

#include "wire_bench.hpp"

namespace albatross::test {
namespace {

using elbv2::Client;

const std::string arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";
const std::string lb = arn + "loadbalancer/app/demo/0123456789abcdef";
const std::string tg = arn + "targetgroup/n8n/0123456789abcdef";
const std::string listener = arn + "listener/app/demo/0123456789abcdef/fedcba9876543210";
const std::string rule =
    arn + "listener-rule/app/demo/0123456789abcdef/fedcba9876543210/aaaabbbbccccdddd";
const std::string certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1-2";

template <class Operation, class Request>
void expect_sent(const std::string& sample, Operation operation, Request request) {
  expect_like_botocore<Client>("elbv2", sample, operation, std::move(request));
}

TEST(Elbv2, SendsLoadBalancerOperationsAsBotocoreDoes) {
  using namespace elbv2;
  expect_sent("DescribeLoadBalancers", &Client::describe_load_balancers,
              DescribeLoadBalancersRequest{{lb}, {"demo"}, 20, "m"});
  expect_sent("CreateLoadBalancer", &Client::create_load_balancer,
              CreateLoadBalancerRequest{.name = "demo",
                                        .subnets = {"subnet-1", "subnet-2"},
                                        .security_groups = {"sg-1"},
                                        .scheme = "internet-facing",
                                        .type = "application",
                                        .ip_address_type = "ipv4",
                                        .tags = {{"k", ""}}});
  expect_sent("DeleteLoadBalancer", &Client::delete_load_balancer, DeleteLoadBalancerRequest{lb});
  expect_sent("DescribeLoadBalancerAttributes", &Client::describe_load_balancer_attributes,
              DescribeLoadBalancerAttributesRequest{lb});
  expect_sent("ModifyLoadBalancerAttributes", &Client::modify_load_balancer_attributes,
              ModifyLoadBalancerAttributesRequest{
                  lb, {{"idle_timeout.timeout_seconds", "60"}, {"access_logs.s3.bucket", ""}}});
  expect_sent("SetSecurityGroups", &Client::set_security_groups,
              SetSecurityGroupsRequest{lb, {"sg-1", "sg-2"}});
  expect_sent("SetSubnets", &Client::set_subnets, SetSubnetsRequest{lb, {"subnet-1"}, "dualstack"});
  expect_sent("SetIpAddressType", &Client::set_ip_address_type,
              SetIpAddressTypeRequest{lb, "dualstack"});
  expect_sent("DescribeAccountLimits", &Client::describe_account_limits,
              DescribeAccountLimitsRequest{20, "m"});
}

template <class Request>
Request with_health(Request request) {
  request.health_check_enabled = true;
  request.health_check_protocol = "HTTP";
  request.health_check_port = "traffic-port";
  request.health_check_path = "/healthz?a=b";
  request.health_check_interval_seconds = 30;
  request.health_check_timeout_seconds = 5;
  request.healthy_threshold_count = 2;
  request.unhealthy_threshold_count = 3;
  request.matcher = elbv2::Matcher{"200-299"};
  return request;
}

TEST(Elbv2, SendsTargetGroupOperationsAsBotocoreDoes) {
  using namespace elbv2;
  expect_sent("DescribeTargetGroups", &Client::describe_target_groups,
              DescribeTargetGroupsRequest{lb, {tg}, {"n8n"}, 20, "m"});
  CreateTargetGroupRequest create{.name = "n8n",
                                  .protocol = "HTTP",
                                  .protocol_version = "HTTP1",
                                  .port = 5678,
                                  .vpc_id = "vpc-1",
                                  .target_type = "instance",
                                  .ip_address_type = "ipv4"};
  create.tags = {{"k", "v"}};
  expect_sent("CreateTargetGroup", &Client::create_target_group, with_health(create));
  expect_sent("ModifyTargetGroup", &Client::modify_target_group,
              with_health(ModifyTargetGroupRequest{.target_group_arn = tg}));
  expect_sent("DescribeTargetGroupAttributes", &Client::describe_target_group_attributes,
              DescribeTargetGroupAttributesRequest{tg});
  expect_sent(
      "ModifyTargetGroupAttributes", &Client::modify_target_group_attributes,
      ModifyTargetGroupAttributesRequest{tg, {{"deregistration_delay.timeout_seconds", "0"}}});
  expect_sent("DeleteTargetGroup", &Client::delete_target_group, DeleteTargetGroupRequest{tg});
}

TEST(Elbv2, SendsTargetOperationsAsBotocoreDoes) {
  using namespace elbv2;
  expect_sent("RegisterTargets", &Client::register_targets,
              RegisterTargetsRequest{tg, {{"i-1", 5678, ""}, {"10.0.0.1", std::nullopt, "all"}}});
  expect_sent("DeregisterTargets", &Client::deregister_targets,
              DeregisterTargetsRequest{tg, {{.id = "i-1", .port = 5678}}});
  expect_sent("DescribeTargetHealth", &Client::describe_target_health,
              DescribeTargetHealthRequest{tg, {{.id = "i-1", .port = 5678}}});
}

elbv2::Action forward() {
  elbv2::Action action{.type = "forward", .order = 1};
  action.forward_config.emplace();
  action.forward_config->target_groups = {{tg, 0}, {tg + "2", 9}};
  action.forward_config->target_group_stickiness_config = {false, 60};
  return action;
}

elbv2::Action redirect() {
  elbv2::Action action{.type = "redirect"};
  action.redirect_config = {"HTTPS", "443", "#{host}", "/#{path}", "#{query}", "HTTP_301"};
  return action;
}

elbv2::Action fixed_response() {
  elbv2::Action action{.type = "fixed-response"};
  action.fixed_response_config = {
      .status_code = "404", .content_type = "text/plain", .message_body = "not here"};
  return action;
}

TEST(Elbv2, SendsListenerOperationsAsBotocoreDoes) {
  using namespace elbv2;
  expect_sent("DescribeListeners", &Client::describe_listeners,
              DescribeListenersRequest{lb, {listener}, 20, "m"});
  expect_sent("CreateListener", &Client::create_listener,
              CreateListenerRequest{.load_balancer_arn = lb,
                                    .protocol = "HTTP",
                                    .port = 80,
                                    .default_actions = {forward()},
                                    .tags = {{"k", "v"}}});
  expect_sent("CreateListener/https", &Client::create_listener,
              CreateListenerRequest{.load_balancer_arn = lb,
                                    .protocol = "HTTPS",
                                    .port = 443,
                                    .ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06",
                                    .certificates = {{certificate}},
                                    .default_actions = {fixed_response()}});
  expect_sent("ModifyListener", &Client::modify_listener,
              ModifyListenerRequest{.listener_arn = listener,
                                    .protocol = "HTTPS",
                                    .port = 8443,
                                    .ssl_policy = "p",
                                    .certificates = {{certificate}},
                                    .default_actions = {redirect()}});
  expect_sent("DeleteListener", &Client::delete_listener, DeleteListenerRequest{listener});
  expect_sent("DescribeListenerCertificates", &Client::describe_listener_certificates,
              DescribeListenerCertificatesRequest{listener, 20, "m"});
  expect_sent("AddListenerCertificates", &Client::add_listener_certificates,
              AddListenerCertificatesRequest{listener, {{"c"}}});
  expect_sent("RemoveListenerCertificates", &Client::remove_listener_certificates,
              RemoveListenerCertificatesRequest{listener, {{"c"}}});
  expect_sent("DescribeSSLPolicies", &Client::describe_ssl_policies,
              DescribeSSLPoliciesRequest{{"p"}, "application", 20, "m"});
}

std::vector<elbv2::RuleCondition> conditions() {
  using namespace elbv2;
  RuleCondition path{.field = "path-pattern"};
  path.path_pattern_config = PathPatternConditionConfig{{"/a/*", "/b"}};
  RuleCondition host{.field = "host-header"};
  host.host_header_config = HostHeaderConditionConfig{{"*.example.com"}};
  RuleCondition header{.field = "http-header"};
  header.http_header_config = HttpHeaderConditionConfig{"X-A", {"1"}};
  RuleCondition query{.field = "query-string"};
  query.query_string_config = QueryStringConditionConfig{{{"k", "v"}, {"", "w"}}};
  RuleCondition method{.field = "http-request-method"};
  method.http_request_method_config = HttpRequestMethodConditionConfig{{"GET"}};
  RuleCondition source{.field = "source-ip"};
  source.source_ip_config = SourceIpConditionConfig{{"10.0.0.0/8"}};
  RuleCondition old{.field = "path-pattern", .values = {"/old"}};
  return {path, host, header, query, method, source, old};
}

TEST(Elbv2, SendsRuleOperationsAsBotocoreDoes) {
  using namespace elbv2;
  expect_sent("DescribeRules", &Client::describe_rules,
              DescribeRulesRequest{listener, {rule}, 20, "m"});
  Action to_group{.type = "forward", .target_group_arn = tg};
  expect_sent("CreateRule", &Client::create_rule,
              CreateRuleRequest{listener, conditions(), 10, {to_group}, {{"k", "v"}}});
  expect_sent("ModifyRule", &Client::modify_rule,
              ModifyRuleRequest{rule, {conditions().front()}, {forward()}});
  expect_sent("SetRulePriorities", &Client::set_rule_priorities,
              SetRulePrioritiesRequest{{{rule, 1}, {rule + "2", 2}}});
  expect_sent("DeleteRule", &Client::delete_rule, DeleteRuleRequest{rule});
}

TEST(Elbv2, SendsTagOperationsAsBotocoreDoes) {
  using namespace elbv2;
  expect_sent("AddTags", &Client::add_tags, AddTagsRequest{{lb, tg}, {{"k", "v"}}});
  expect_sent("RemoveTags", &Client::remove_tags, RemoveTagsRequest{{lb}, {"k", "l"}});
  expect_sent("DescribeTags", &Client::describe_tags, DescribeTagsRequest{{lb, tg}});
}

TEST(Elbv2, ReadsTargetHealthAsAwsWritesIt) {
  WireBench<Client> bench({answer(
      200,
      R"(<DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
    <DescribeTargetHealthResult><TargetHealthDescriptions>
    <member><HealthCheckPort>80</HealthCheckPort><Target><Id>i-1</Id><Port>80</Port></Target>
    <TargetHealth><State>unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason>
    <Description>Health checks failed with these codes: [503]</Description></TargetHealth></member>
    <member><Target><Id>i-2</Id></Target><TargetHealth><State>healthy</State></TargetHealth></member>
    </TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>)")});
  const auto health =
      bench.run(&Client::describe_target_health, elbv2::DescribeTargetHealthRequest{});
  ASSERT_TRUE(health);
  ASSERT_EQ(health->target_health_descriptions.size(), 2u);
  const auto& bad = health->target_health_descriptions[0];
  EXPECT_EQ(bad.target.id, "i-1");
  EXPECT_EQ(bad.target.port, 80);
  EXPECT_EQ(bad.target_health.reason, "Target.ResponseCodeMismatch");
  EXPECT_EQ(bad.target_health.description, "Health checks failed with these codes: [503]");
  const auto& good = health->target_health_descriptions[1];
  EXPECT_EQ(good.target_health.state, "healthy");
  EXPECT_TRUE(good.target_health.reason.empty());
  EXPECT_FALSE(good.target.port);
}

TEST(Elbv2, ReadsTheEchoOfASingleForwardAndADefaultRule) {
  WireBench<Client> bench(
      {answer(200, R"(<DescribeRulesResponse><DescribeRulesResult><Rules><member>
    <RuleArn>r</RuleArn><Priority>default</Priority><Conditions/><IsDefault>true</IsDefault><Actions><member>
    <Type>forward</Type><Order>1</Order><TargetGroupArn>t</TargetGroupArn><ForwardConfig><TargetGroups><member>
    <TargetGroupArn>t</TargetGroupArn><Weight>1</Weight></member></TargetGroups><TargetGroupStickinessConfig>
    <Enabled>false</Enabled></TargetGroupStickinessConfig></ForwardConfig></member></Actions></member></Rules>
    </DescribeRulesResult></DescribeRulesResponse>)")});
  const auto rules = bench.run(&Client::all_rules, elbv2::DescribeRulesRequest{});
  ASSERT_TRUE(rules);
  ASSERT_EQ(rules->size(), 1u);
  EXPECT_EQ(rules->front().priority, "default");
  EXPECT_TRUE(rules->front().is_default);
  const elbv2::Action& action = rules->front().actions.at(0);
  EXPECT_EQ(action.target_group_arn, "t");
  ASSERT_TRUE(action.forward_config);
  EXPECT_EQ(action.forward_config->target_groups.at(0).weight, 1);
  EXPECT_EQ(action.forward_config->target_group_stickiness_config->enabled, false);
  EXPECT_FALSE(action.redirect_config);
}

TEST(Elbv2, AnEmptyResultAndNoResultAreTheSameSuccess) {
  WireBench<Client> with(
      {answer(200, "<DeleteRuleResponse><DeleteRuleResult/></DeleteRuleResponse>")});
  EXPECT_TRUE(with.run(&Client::delete_rule, elbv2::DeleteRuleRequest{"r"}));
  WireBench<Client> without({answer(200, "<DeleteRuleResponse/>")});
  EXPECT_TRUE(without.run(&Client::delete_rule, elbv2::DeleteRuleRequest{"r"}));
}

TEST(Elbv2, AsksForTheTagsOfTwentyAtATime) {
  const std::string page = R"(<DescribeTagsResponse><DescribeTagsResult><TagDescriptions><member>
    <ResourceArn>a</ResourceArn></member></TagDescriptions></DescribeTagsResult></DescribeTagsResponse>)";
  WireBench<Client> bench({answer(200, page), answer(200, page), answer(200, page)});
  elbv2::DescribeTagsRequest request;
  for (int i = 0; i < 41; ++i) {
    request.resource_arns.push_back("arn" + std::to_string(i));
  }
  const auto tags = bench.run(&Client::all_tags, request);
  ASSERT_TRUE(tags);
  EXPECT_EQ(tags->size(), 3u);
  ASSERT_EQ(bench.requests().size(), 3u);
  EXPECT_NE(bench.requests()[0].body.find("ResourceArns.member.20="), std::string::npos);
  EXPECT_NE(bench.requests()[2].body.find("ResourceArns.member.1=arn40"), std::string::npos);
}

}  // namespace
}  // namespace albatross::test
