#include "sim/data_plane/routing.hpp"

#include "account.hpp"
#include "sim/core/cidr.hpp"
#include "sim/data_plane/instance_ports.hpp"
#include "sim/data_plane/stickiness.hpp"

#include <gtest/gtest.h>

namespace albatross::sim::test {
namespace {

RuleCondition condition(const std::string& field, std::vector<std::string> values,
                        const std::string& header = "") {
  RuleCondition made;
  made.field = field;
  made.header_name = header;
  for (auto& value : values)
    made.values.emplace_back("", std::move(value));
  return made;
}

Inbound inbound(const std::string& target, const std::string& host = "Shop.example.com:8080") {
  http::Request request;
  request.method = "GET";
  request.target = target;
  request.headers.add("Host", host);
  request.headers.add("X-Canary", "Yes");
  return read_inbound(request, Peer{*parse_ipv4("10.1.2.3")}, 80);
}

TEST(Routing, MatchesEachFieldAsAnAlbDoes) {
  const Inbound request = inbound("/Img/a.png?Size=Big&x=1");
  const auto fits = [&](const RuleCondition& c) { return matches({c}, request); };
  EXPECT_TRUE(fits(condition("path-pattern", {"/Img/*"})));
  EXPECT_FALSE(fits(condition("path-pattern", {"/img/*"}))) << "paths are case-sensitive";
  EXPECT_TRUE(fits(condition("host-header", {"*.EXAMPLE.com"}))) << "hosts are not";
  EXPECT_TRUE(fits(condition("http-request-method", {"POST", "GET"})));
  EXPECT_FALSE(fits(condition("http-request-method", {"get"})));
  EXPECT_TRUE(fits(condition("http-header", {"y?s"}, "x-canary")));
  EXPECT_TRUE(fits(condition("source-ip", {"10.0.0.0/8"})));
  EXPECT_FALSE(fits(condition("source-ip", {"192.168.0.0/16"})));
  RuleCondition query = condition("query-string", {});
  query.values = {{"size", "b*"}};
  EXPECT_TRUE(fits(query));
  query.values = {{"", "2"}};
  EXPECT_FALSE(fits(query));
}

TEST(Routing, AllConditionsMustHold) {
  const Inbound request = inbound("/a");
  EXPECT_FALSE(
      matches({condition("path-pattern", {"/a"}), condition("host-header", {"other"})}, request));
}

TEST(Routing, FillsRedirectPlaceholders) {
  ListenerAction action;
  action.protocol = "HTTPS";
  action.port = "443";
  action.host = "#{host}";
  action.path = "/new/#{path}";
  action.query = "#{query}&from=#{port}";
  EXPECT_EQ(redirect_location(action, inbound("/a/b?c=d", "x.example:80")),
            "https://x.example/new/a/b?c=d&from=80");
}

TEST(Routing, LeadsToThePortThatServesHere) {
  ListenerAction action;
  action.protocol = "HTTPS";
  action.port = "443";
  action.host = "#{host}";
  action.path = "/#{path}";
  const auto served_at = [](int port) { return port == 443 ? 8443 : 0; };
  EXPECT_EQ(redirect_location(action, inbound("/a", "x.example:8080"), served_at),
            "https://x.example:8443/a");
  action.host = "elsewhere.example";
  EXPECT_EQ(redirect_location(action, inbound("/a", "x.example:8080"), served_at),
            "https://elsewhere.example/a");
}

TEST(Routing, FindsTheListenerByPortNameAndProtocol) {
  Account account;
  const Stack stack = build_stack(account);
  account.pass(300s);
  World& world = account.cloud.world();
  const std::string name = world.load_balancers.at(stack.load_balancer).dns_name;
  const auto found = [&](int port, const std::string& host) {
    return find_listener(world, port, host, false, account.now) != nullptr;
  };
  EXPECT_TRUE(found(80, name));
  EXPECT_TRUE(found(80, "shop.example")) << "a domain of one's own";
  EXPECT_FALSE(found(81, name));
  EXPECT_FALSE(found(80, "other-1.us-east-1.elb.amazonaws.com"));
  const LoadBalancer& balancer = world.load_balancers.at(stack.load_balancer);
  EXPECT_TRUE(admits(world, balancer, 80));
  EXPECT_FALSE(admits(world, balancer, 443));
}

TEST(Stickiness, KeepsAClientWithItsTargetWhileItIsThere) {
  Account account;
  const Stack stack = build_stack(account);
  World& world = account.cloud.world();
  TargetGroup& group = world.target_groups.at(stack.target_group);
  EXPECT_EQ(target_stickiness_seconds(group), 0);
  group.attributes["stickiness.enabled"] = "true";
  EXPECT_EQ(target_stickiness_seconds(group), 86400);
  const Target& target = group.targets.begin()->second;
  http::Response response;
  set_cookie(response, target_cookie, cookie_value(group, target), 60, WallTime{});
  http::Request request;
  request.headers.add("Cookie", "x=1; AWSALB=" + cookie_value(group, target));
  const Inbound inbound = read_inbound(request, Peer{}, 80);
  EXPECT_EQ(remembered_target(group, inbound, {&target}), &target);
  EXPECT_EQ(remembered_target(group, inbound, {}), nullptr) << "it is gone";
  EXPECT_EQ(response.headers.size(), 2U);
  EXPECT_NE(response.headers.find("set-cookie")->find("Expires=Thu, 01 Jan 1970 00:01:00 GMT"),
            std::string_view::npos);
  ListenerAction action;
  action.groups = {{stack.target_group, 1}};
  action.sticky = true;
  http::Request again;
  again.headers.add("Cookie", "AWSALBTG=" + cookie_value(group));
  EXPECT_EQ(remembered_group(world, action, read_inbound(again, Peer{}, 80)), &group);
}

TEST(InstancePorts, AreThoseOfTargetsAndOfSecurityGroupsOnceBooted) {
  Account account;
  const Stack stack = build_stack(account);
  World& world = account.cloud.world();
  NextChange booting{account.now};
  EXPECT_TRUE(listening_ports(world, booting).empty());
  EXPECT_LT(booting.at, TimePoint::max()) << "knows when to look again";
  account.pass(300s);
  NextChange next{account.now};
  EXPECT_EQ(listening_ports(world, next), (std::set<InstancePort>{{stack.instance, 8080}}));
  account.ec2("AuthorizeSecurityGroupIngress",
              {{"GroupId", stack.app_group},
               {"IpPermissions.1.IpProtocol", "tcp"},
               {"IpPermissions.1.FromPort", "22"},
               {"IpPermissions.1.ToPort", "22"},
               {"IpPermissions.1.IpRanges.1.CidrIp", "0.0.0.0/0"}});
  account.cloud.set_service(stack.instance, 0, false, account.now);
  EXPECT_TRUE(listening_ports(world, next).empty()) << "stopped, and SSH is no HTTP";
}

TEST(Routing, SharesTurnsByWeightAndPrefersHealthyTargets) {
  Account account;
  const Stack stack = build_stack(account);
  World& world = account.cloud.world();
  ListenerAction action;
  action.groups = {{stack.target_group, 3}, {"gone", 1}};
  int there = 0;
  for (std::uint64_t turn = 0; turn < 8; ++turn)
    there += choose_group(world, action, turn) != nullptr;
  EXPECT_EQ(there, 6);
  account.pass(300s);
  target_state(account, stack);
  const TargetGroup& group = world.target_groups.at(stack.target_group);
  EXPECT_EQ(eligible_targets(world, group, account.now).size(), 1U);
  account.cloud.set_service(stack.instance, 8080, false, account.now);
  account.pass(300s);
  ASSERT_EQ(target_state(account, stack), "unhealthy");
  EXPECT_EQ(eligible_targets(world, group, account.now).size(), 1U) << "it fails open";
  account.ec2("StopInstances", {{"InstanceId.1", stack.instance}});
  EXPECT_EQ(eligible_targets(world, group, account.now).size(), 0U);
}

TEST(Routing, RulesApplyByPriority) {
  Account account;
  const Stack stack = build_stack(account);
  for (const auto& [priority, code] : {std::pair{"20", "418"}, std::pair{"10", "403"}}) {
    account.elb("CreateRule", {{"ListenerArn", stack.listener},
                               {"Priority", priority},
                               {"Conditions.member.1.Field", "path-pattern"},
                               {"Conditions.member.1.Values.member.1", "/x*"},
                               {"Actions.member.1.Type", "fixed-response"},
                               {"Actions.member.1.FixedResponseConfig.StatusCode", code}});
  }
  const World& world = account.cloud.world();
  const Listener& listener = world.listeners.at(stack.listener);
  EXPECT_EQ(choose_action(world, listener, inbound("/xy")).status_code, "403");
  EXPECT_EQ(choose_action(world, listener, inbound("/y")).type, "forward");
}

}  // namespace
}  // namespace albatross::sim::test
