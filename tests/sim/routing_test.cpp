#include "sim/data_plane/routing.hpp"

#include "account.hpp"
#include "sim/core/cidr.hpp"

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
  return read_inbound(request, *parse_ipv4("10.1.2.3"), 80, false);
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
