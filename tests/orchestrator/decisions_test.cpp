// The engine's pure decisions, one by one.
#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/convergence.hpp"
#include "orchestrator/failure.hpp"
#include "orchestrator/results.hpp"
#include "orchestrator/survey.hpp"
#include "orchestrator/tier2.hpp"
#include "orchestrator/watching.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <set>

namespace albatross {
namespace {

using namespace std::chrono_literals;

TEST(ChangedProperties, WhatAwsShowsCountsMoreThanWhatWasAsked) {
  const Properties wanted{{"path", "/new"}, {"port", "80"}, {"name", "web"}};
  const Properties asked{{"path", "/old"}, {"port", "80"}, {"name", "web"}};
  const Properties actual{{"path", "/new"}, {"port", "81"}};
  EXPECT_EQ(changed_properties(wanted, asked, actual), std::vector<std::string>{"port"});
}

TEST(ChangedProperties, WithoutAViewOfAwsTheLastWishIsCompared) {
  EXPECT_EQ(changed_properties({{"user_data", "b"}}, {{"user_data", "a"}}, {}),
            std::vector<std::string>{"user_data"});
  EXPECT_TRUE(changed_properties({{"user_data", "a"}}, {{"user_data", "a"}}, {}).empty());
}

TEST(ChangedProperties, APropertyThatIsNoLongerAskedForHasChanged) {
  EXPECT_EQ(changed_properties({}, {{"key_name", "k"}}, {}), std::vector<std::string>{"key_name"});
}

TEST(IdempotencyToken, DiffersByNodeAndNonceAndIsShortEnough) {
  const std::string token = idempotency_token("0123456789ab", "instance.app.0", "11111111");
  EXPECT_NE(token, idempotency_token("0123456789ab", "instance.app.1", "11111111"));
  EXPECT_NE(token, idempotency_token("0123456789ab", "instance.app.0", "22222222"));
  const std::string long_one = idempotency_token("0123456789ab", std::string(200, 'n'), "1");
  EXPECT_LE(long_one.size(), 64U);
}

TimePoint at(Duration time) {
  return TimePoint{time};
}

TEST(NextLook, IsWithinASecondWhileItMayComeTrue) {
  const Watch watch{60s, 600s};
  EXPECT_EQ(next_look(at(0s), at(60s), watch, 5s), at(61s));
  EXPECT_EQ(next_look(at(0s), at(150s + 200ms), watch, 5s), at(151s));
  EXPECT_EQ(next_look(at(0s), at(150s + 900ms), watch, 5s), at(152s)) << "no sooner than this";
}

TEST(NextLook, IsLaterBeforeAndAfterButNeverMoreThanTheLongestPause) {
  const Watch watch{60s, 600s};
  EXPECT_EQ(next_look(at(0s), at(0s), watch, 5s), at(1s)) << "something quick is noticed quickly";
  EXPECT_EQ(next_look(at(0s), at(4s), watch, 5s), at(6s));
  EXPECT_EQ(next_look(at(0s), at(30s), watch, 5s), at(34s));
  EXPECT_EQ(next_look(at(0s), at(59s), watch, 5s), at(60s)) << "in time for the soonest";
  EXPECT_EQ(next_look(at(0s), at(600s), watch, 5s), at(604s));
  for (Duration now = 0s; now < 700s; now += 70ms) {
    const Duration pause = next_look(at(0s), at(now), watch, 5s) - at(now);
    EXPECT_LE(pause, Duration{5s});
    EXPECT_GE(pause, Duration{250ms});
  }
}

TEST(NextLook, FallsOnTheSameInstantsForAll) {
  const Watch watch;
  EXPECT_EQ(next_look(at(3100ms), at(3300ms), watch, 5s), at(4s));
  EXPECT_EQ(next_look(at(200ms), at(3700ms), watch, 5s), at(4s));
}

TEST(NextLook, KeepsTheBeatOfItsProcess) {
  EXPECT_EQ(next_look(at(10300ms), at(10700ms), Watch{}, 5s, at(10300ms)), at(11300ms));
}

TEST(NextLook, IsAPauseAfterTheLastOneWhereThereIsNoBeat) {
  EXPECT_EQ(next_look(at(10300ms), at(10700ms), Watch{}, 5s, std::nullopt), at(11700ms));
  EXPECT_EQ(next_look(at(10300ms), at(10700ms), Watch{}, 200ms, std::nullopt), at(10900ms));
}

TEST(NextLook, OfAShortPollDelayComesAsOftenAsThat) {
  const Watch watch{60s, 600s};
  EXPECT_EQ(next_look(at(0s), at(10s), watch, 200ms), at(10s + 200ms));
}

TEST(SubnetCidr, CutsTheBlockIntoSubnetsThatDoNotOverlap) {
  EXPECT_EQ(subnet_cidr("10.42.0.0/16", 0), "10.42.0.0/20");
  EXPECT_EQ(subnet_cidr("10.42.0.0/16", 1), "10.42.16.0/20");
  EXPECT_EQ(subnet_cidr("10.0.0.0/24", 1), "10.0.0.16/28");
  EXPECT_EQ(subnet_cidr("192.168.4.0/22", 3), "192.168.4.192/26");
}

ec2::Subnet subnet(const std::string& id, const std::string& zone, bool is_default = false) {
  ec2::Subnet out;
  out.subnet_id = id;
  out.availability_zone = zone;
  out.default_for_az = is_default;
  return out;
}

TEST(ChooseSubnets, TakesOnePerZoneDefaultsFirstInOrderOfZone) {
  const auto chosen =
      choose_subnets({subnet("subnet-3", "us-east-1b"), subnet("subnet-1", "us-east-1a"),
                      subnet("subnet-2", "us-east-1a", true)},
                     2, {});
  ASSERT_EQ(chosen.size(), 2U);
  EXPECT_EQ(chosen[0].id, "subnet-2");
  EXPECT_EQ(chosen[1].id, "subnet-3");
}

TEST(ChooseSubnets, PrefersTheZonesOfAnEarlierRun) {
  const auto chosen =
      choose_subnets({subnet("subnet-a", "us-east-1a"), subnet("subnet-b", "us-east-1b"),
                      subnet("subnet-c", "us-east-1c")},
                     2, {"us-east-1c", "us-east-1b"});
  EXPECT_EQ(chosen[0].id, "subnet-c");
  EXPECT_EQ(chosen[1].id, "subnet-b");
}

TEST(ChooseSubnets, NamesWhatWasFoundWhenTheZonesDoNotSuffice) {
  try {
    choose_subnets({subnet("subnet-1", "us-east-1a"), subnet("subnet-2", "us-east-1a")}, 2, {});
    FAIL() << "chosen";
  } catch (const NodeFailed& error) {
    EXPECT_NE(error.failure().message.find("subnet-1 in us-east-1a"), std::string::npos);
    EXPECT_NE(error.failure().message.find("two different zones"), std::string::npos);
    EXPECT_FALSE(error.failure().hint.empty());
  }
}

Survey two_zone_survey() {
  Survey out;
  out.network.vpc_id = "vpc-1";
  out.network.subnets = {{"a", "subnet-a", "us-east-1a", ""}, {"b", "subnet-b", "us-east-1b", ""}};
  return out;
}

std::set<std::string> names(const Graph& graph) {
  std::set<std::string> out;
  for (const Node& node : graph.nodes())
    out.insert(node.name);
  return out;
}

TEST(Tiers, TierTwoIsTierOnePlusLoadBalancingNodes) {
  Stack stack = test::stack_of(test::two_service_stack);
  const StackIdentity identity{.stack = "shop", .region = "us-east-1"};
  const Survey survey = two_zone_survey();
  const auto tier2 = names(build_graph(stack, survey, identity));
  stack.load_balancer.enabled = false;
  const auto tier1 = names(build_graph(stack, survey, identity));
  std::set<std::string> added;
  std::set_difference(tier2.begin(), tier2.end(), tier1.begin(), tier1.end(),
                      std::inserter(added, added.end()));
  EXPECT_EQ(added, (std::set<std::string>{"health.api", "health.web", "ingress.alb",
                                          "listener.http", "load_balancer", "registration.api",
                                          "registration.web", "rule.api", "security_group.alb",
                                          "target_group.api", "target_group.web"}));
  EXPECT_TRUE(std::includes(tier2.begin(), tier2.end(), tier1.begin(), tier1.end()));
}

TEST(Tiers, InstancesAreReachableFromTheLoadBalancerOnTheServicesPortsOnly) {
  const Stack stack = test::stack_of(test::two_service_stack);
  const StackIdentity identity{.stack = "shop", .region = "us-east-1"};
  const Graph graph = build_graph(stack, two_zone_survey(), identity);
  const Properties app =
      resolve(graph.find("ingress.app")->inputs, [](const Ref& ref) { return ref.node; });
  EXPECT_EQ(std::get<std::vector<std::string>>(app.at("ports")),
            (std::vector<std::string>{"8080", "9090"}));
  EXPECT_EQ(std::get<std::vector<std::string>>(app.at("sources")),
            (std::vector<std::string>{"security_group.alb"}));
  const Properties storage =
      resolve(graph.find("ingress.storage")->inputs, [](const Ref& ref) { return ref.node; });
  EXPECT_EQ(std::get<std::vector<std::string>>(storage.at("ports")),
            (std::vector<std::string>{"2049"}));
  EXPECT_EQ(std::get<std::vector<std::string>>(storage.at("sources")),
            (std::vector<std::string>{"security_group.app"}));
}

TEST(Tiers, LongNamesAreShortenedTheSameWayEveryTime) {
  Stack stack;
  stack.name = "a-stack-with-a-rather-long-name";
  const std::string name = target_group_name(stack, "a-service-with-a-long-name");
  EXPECT_LE(name.size(), 32U);
  EXPECT_EQ(name, target_group_name(stack, "a-service-with-a-long-name"));
  EXPECT_NE(name, target_group_name(stack, "a-service-with-a-long-nam2"));
}

TEST(StackOutputs, UrlsLeadThroughTheLoadBalancerByDefaultPathAndHost) {
  const Stack stack = test::stack_of(R"(
name: shop
services:
  web: {port: 1}
  api: {port: 2, route: {paths: ["/api/v1*"]}}
  docs: {port: 3, route: {hosts: [docs.example.com]}}
load_balancer: {enabled: true, listeners: [{port: 8080, default_service: web}]}
)");
  ResourceRecord balancer;
  balancer.node = "load_balancer";
  balancer.outputs["dns_name"] = "lb.example";
  const Properties out = stack_outputs(stack, {balancer});
  EXPECT_EQ(std::get<std::string>(out.at("url.web")), "http://lb.example:8080/");
  EXPECT_EQ(std::get<std::string>(out.at("url.api")), "http://lb.example:8080/api/v1");
  EXPECT_EQ(std::get<std::string>(out.at("url.docs")), "http://docs.example.com:8080/");
}

}  // namespace
}  // namespace albatross
