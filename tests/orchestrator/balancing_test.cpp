// The features of a load balancer, deployed to the simulated AWS, changed, drifted and taken down.
#include "sim/data_plane/routing.hpp"
#include "sim/world.hpp"
#include "support/aws_view.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

using test::ask;
using test::changes_since;
using test::SimulatedRun;
using test::stack_of;
using Changes = std::map<std::string, int>;

std::string certificate(const std::string& name) {
  return "arn:aws:acm:us-east-1:123456789012:certificate/" + name;
}

/// The stack of these tests; parts of it are replaced by the tests that change something.
struct Shop {
  std::string web = "{port: 8080, stickiness: 1h, deregistration_delay: 10s}";
  std::string certificates = certificate("a") + ", " + certificate("b");
  std::string canary = "{headers: {X-Canary: '1'}, forward: {web: 3, next: 1}, stickiness: 10m}";
  std::string more_services;
  std::string attributes = "{idle_timeout: 2m, deletion_protection: true}";

  Stack stack() const {
    return stack_of(R"(
name: shop
network: {vpc: create}
instances: {count: 1, type: t3.small}
services:
  web: )" + web + more_services +
                    R"(
  api: {port: 9090, route: {paths: ["/api/*"]}}
  next: {port: 9191}
load_balancer:
  listeners:
    - redirect: https
    - {protocol: HTTPS, certificate: [)" +
                    certificates + R"(], default_service: web}
  rules:
    canary: )" + canary +
                    R"(
    closed: {paths: [/closed], methods: [POST], query: {v: ['1', '2']},
             fixed_response: {status: 503, body: closed}}
    moved: {hosts: [old.example.com], source_ips: 10.0.0.0/8, redirect: {host: new.example.com}}
  attributes: )" + attributes +
                    "\n");
  }
};

class Balancing : public testing::Test {
 protected:
  void deploy(const Shop& shop) {
    calls_ = run_.cloud.total_calls();
    const RunResult up = run_.deploy(shop.stack());
    ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  }
  Changes changes() const { return changes_since(run_, calls_); }

  const sim::World& world() const { return std::as_const(run_.cloud).world(); }
  const sim::Listener& listener(int port) const {
    for (const auto& [arn, listener] : world().listeners) {
      if (listener.port == port) return listener;
    }
    throw std::runtime_error("no listener");
  }
  const sim::TargetGroup& group(const std::string& name) const {
    for (const auto& [arn, group] : world().target_groups) {
      if (group.name == name) return group;
    }
    throw std::runtime_error("no group");
  }
  const sim::LoadBalancer& balancer() const { return world().load_balancers.begin()->second; }

  /// What the load balancer does with a request.
  const sim::ListenerAction& action(int port, sim::Inbound request) const {
    return sim::choose_action(world(), listener(port), request);
  }
  std::string goes_to(int port, sim::Inbound request) const {
    const sim::ListenerAction& chosen = action(port, std::move(request));
    return chosen.groups.empty() ? chosen.type
                                 : world().target_groups.at(chosen.groups[0].arn).name;
  }
  std::map<std::string, int> priorities() const {
    std::map<std::string, int> out;
    for (const auto& [arn, rule] : world().rules) {
      const auto node = rule.tags.find(tag_node);
      if (node != rule.tags.end()) out[node->second] = rule.priority;
    }
    return out;
  }

  SimulatedRun run_;
  std::uint64_t calls_ = 0;
};

TEST_F(Balancing, RequestsGoWhereTheFileSaysAndNothingIsLeftAfterwards) {
  const auto before = run_.inventory();
  deploy({});

  EXPECT_EQ(listener(80).actions.at(0).type, "redirect");
  EXPECT_EQ(sim::redirect_location(action(80, {.host = "a.b", .port = 80, .path = "/x"}),
                                   {.host = "a.b", .port = 80, .path = "/x", .query = "q=1"}),
            "https://a.b/x?q=1");
  EXPECT_EQ(goes_to(443, {.path = "/"}), "shop-web");
  EXPECT_EQ(goes_to(443, {.path = "/api/users"}), "shop-api");
  const auto& canary = action(443, {.path = "/", .headers = {{"x-canary", "1"}}});
  ASSERT_EQ(canary.groups.size(), 2U);
  std::map<std::string, int> weights;
  for (const auto& share : canary.groups)
    weights[world().target_groups.at(share.arn).name] = share.weight;
  EXPECT_EQ(weights, (std::map<std::string, int>{{"shop-web", 3}, {"shop-next", 1}}));
  EXPECT_TRUE(canary.sticky);
  EXPECT_EQ(canary.sticky_seconds, 600);
  const auto& closed = action(443, {.method = "POST", .path = "/closed", .query = "v=2"});
  EXPECT_EQ(closed.status_code, "503");
  EXPECT_EQ(closed.message_body, "closed");
  EXPECT_EQ(goes_to(443, {.method = "GET", .path = "/closed", .query = "v=2"}), "shop-web");
  EXPECT_EQ(goes_to(443, {.method = "POST", .path = "/closed", .query = "v=3"}), "shop-web");
  const sim::Inbound old{.host = "old.example.com", .path = "/", .source = 0x0A000001};
  EXPECT_EQ(action(443, old).host, "new.example.com");
  EXPECT_EQ(goes_to(443, {.host = "old.example.com", .path = "/", .source = 0x0B000001}),
            "shop-web");

  EXPECT_EQ(listener(443).certificates,
            (std::vector<std::string>{certificate("a"), certificate("b")}));
  EXPECT_EQ(group("shop-web").attributes.at("stickiness.enabled"), "true");
  EXPECT_EQ(group("shop-web").attributes.at("stickiness.lb_cookie.duration_seconds"), "3600");
  EXPECT_EQ(group("shop-web").attributes.at("deregistration_delay.timeout_seconds"), "10");
  EXPECT_EQ(group("shop-api").attributes.at("stickiness.enabled"), "false");
  EXPECT_EQ(balancer().attributes.at("idle_timeout.timeout_seconds"), "120");
  EXPECT_EQ(balancer().attributes.at("deletion_protection.enabled"), "true");

  // The protection that the file gave is taken back; nobody has to do it by hand.
  const RunResult down = run_.destroy("shop");
  EXPECT_EQ(down.outcome, Outcome::done) << (down.failure ? down.failure->text() : "");
  EXPECT_EQ(run_.inventory(), before);
}

TEST_F(Balancing, ASecondDeployChangesNothing) {
  deploy({});
  deploy({});
  EXPECT_EQ(changes(), Changes{});
}

TEST_F(Balancing, ChangesInTheFileAreMadeInPlace) {
  deploy({});
  const auto rules = world().rules.size();
  Shop other;
  other.web = "{port: 8080, deregistration_delay: 20s, algorithm: least_outstanding_requests}";
  other.certificates = certificate("a") + ", " + certificate("c");
  other.canary = "{headers: {X-Canary: ['1', yes]}, forward: {web: 1, next: 1}}";
  other.attributes = "{deletion_protection: true, access_logs: {bucket: my-logs, prefix: shop}}";
  deploy(other);

  EXPECT_EQ(changes(), (Changes{{"AddListenerCertificates", 1},
                                {"RemoveListenerCertificates", 1},
                                {"ModifyRule", 1},
                                {"ModifyTargetGroupAttributes", 1},
                                {"ModifyLoadBalancerAttributes", 1}}));
  EXPECT_EQ(listener(443).certificates,
            (std::vector<std::string>{certificate("a"), certificate("c")}));
  EXPECT_EQ(world().rules.size(), rules);
  const auto& canary = action(443, {.path = "/", .headers = {{"X-Canary", "yes"}}});
  ASSERT_EQ(canary.groups.size(), 2U);
  EXPECT_EQ(canary.groups[0].weight, 1);
  EXPECT_FALSE(canary.sticky);
  const auto& attributes = group("shop-web").attributes;
  EXPECT_EQ(attributes.at("stickiness.enabled"), "false") << "as AWS has it, once it is not asked";
  EXPECT_EQ(attributes.at("deregistration_delay.timeout_seconds"), "20");
  EXPECT_EQ(attributes.at("load_balancing.algorithm.type"), "least_outstanding_requests");
  EXPECT_EQ(balancer().attributes.at("idle_timeout.timeout_seconds"), "60");
  EXPECT_EQ(balancer().attributes.at("access_logs.s3.bucket"), "my-logs");
}

TEST_F(Balancing, SettingsThatTheFileDropsAltogetherFallBackToAwsDefaults) {
  deploy({});
  Shop plain;
  plain.web = "{port: 8080}";
  plain.attributes = "{}";
  deploy(plain);
  EXPECT_EQ(group("shop-web").attributes.at("stickiness.enabled"), "false");
  EXPECT_EQ(group("shop-web").attributes.at("deregistration_delay.timeout_seconds"), "300");
  EXPECT_EQ(balancer().attributes.at("deletion_protection.enabled"), "false");
  deploy(plain);
  EXPECT_EQ(changes(), Changes{});
}

TEST_F(Balancing, ACertificateMayBecomeTheDefaultOne) {
  deploy({});
  Shop swapped;
  swapped.certificates = certificate("b") + ", " + certificate("a");
  deploy(swapped);
  EXPECT_EQ(listener(443).certificates,
            (std::vector<std::string>{certificate("b"), certificate("a")}));
  deploy(swapped);
  EXPECT_EQ(changes(), Changes{});
}

TEST_F(Balancing, AServiceInTheMiddleOfTheFileRenumbersNoRule) {
  deploy({});
  const auto before = priorities();
  Shop more;
  more.more_services = "\n  cart: {port: 9292, route: {paths: [/cart]}}";
  deploy(more);
  auto now = priorities();
  const int cart = now.at("rule.cart.443");
  EXPECT_GT(cart, before.at("rule.moved.443")) << "rules come before services' routes";
  EXPECT_LT(cart, before.at("rule.api.443"));
  now.erase("rule.cart.443");
  EXPECT_EQ(now, before);
  EXPECT_EQ(changes().count("SetRulePriorities"), 0U);
}

TEST_F(Balancing, FixedPrioritiesMaySwap) {
  Shop shop;
  shop.more_services =
      "\n  b: {port: 1, route: {paths: [/b], priority: 1}}\n"
      "  c: {port: 2, route: {paths: [/c], priority: 2}}";
  deploy(shop);
  shop.more_services =
      "\n  b: {port: 1, route: {paths: [/b], priority: 2}}\n"
      "  c: {port: 2, route: {paths: [/c], priority: 1}}";
  deploy(shop);
  EXPECT_EQ(priorities().at("rule.b.443"), 2);
  EXPECT_EQ(priorities().at("rule.c.443"), 1);
}

TEST_F(Balancing, AFixedPriorityOfARuleThatGoesIsFreeForAnother) {
  Shop shop;
  shop.more_services = "\n  b: {port: 1, route: {paths: [/b], priority: 7}}";
  deploy(shop);
  shop.more_services = "\n  c: {port: 1, route: {paths: [/c], priority: 7}}";
  deploy(shop);
  EXPECT_EQ(priorities().at("rule.c.443"), 7);
  EXPECT_EQ(priorities().count("rule.b.443"), 0U);
}

TEST_F(Balancing, WhatOthersChangedIsRepaired) {
  deploy({});
  const std::string rule =
      std::find_if(world().rules.begin(), world().rules.end(), [](auto& entry) {
        const auto node = entry.second.tags.find(tag_node);
        return node != entry.second.tags.end() && node->second == "rule.canary.443";
      })->first;
  ask<elbv2::ModifyRuleResponse>(run_, [&](AwsClients& aws) {
    elbv2::ModifyRuleRequest request;
    request.rule_arn = rule;
    request.actions.resize(1);
    request.actions[0].type = "fixed-response";
    request.actions[0].fixed_response_config = {"500", "text/plain", "drifted"};
    return aws.elbv2.modify_rule(std::move(request));
  });
  ask<elbv2::Done>(run_, [&](AwsClients& aws) {
    elbv2::RemoveListenerCertificatesRequest request;
    request.listener_arn = listener(443).arn;
    request.certificates.resize(1);
    request.certificates[0].certificate_arn = certificate("b");
    return aws.elbv2.remove_listener_certificates(std::move(request));
  });
  ask<elbv2::ModifyLoadBalancerAttributesResponse>(run_, [&](AwsClients& aws) {
    elbv2::ModifyLoadBalancerAttributesRequest request;
    request.load_balancer_arn = balancer().arn;
    request.attributes = {{"idle_timeout.timeout_seconds", "5"}};
    return aws.elbv2.modify_load_balancer_attributes(std::move(request));
  });

  deploy({});

  EXPECT_EQ(action(443, {.path = "/", .headers = {{"X-Canary", "1"}}}).groups.size(), 2U);
  EXPECT_EQ(listener(443).certificates.size(), 2U);
  EXPECT_EQ(balancer().attributes.at("idle_timeout.timeout_seconds"), "120");
}

TEST_F(Balancing, ConditionsThatOthersAddedAreRepaired) {
  deploy({});
  const std::string rule =
      std::find_if(world().rules.begin(), world().rules.end(), [](auto& entry) {
        const auto node = entry.second.tags.find(tag_node);
        return node != entry.second.tags.end() && node->second == "rule.api.443";
      })->first;
  ask<elbv2::ModifyRuleResponse>(run_, [&](AwsClients& aws) {
    elbv2::ModifyRuleRequest request;
    request.rule_arn = rule;
    elbv2::RuleCondition path{.field = "path-pattern"};
    path.path_pattern_config = elbv2::PathPatternConditionConfig{{"/api/*"}};
    elbv2::RuleCondition header{.field = "http-header"};
    header.http_header_config = elbv2::HttpHeaderConditionConfig{"X-Only", {"me"}};
    request.conditions = {path, header};
    return aws.elbv2.modify_rule(std::move(request));
  });
  EXPECT_EQ(goes_to(443, {.path = "/api/users"}), "shop-web");
  deploy({});
  EXPECT_EQ(goes_to(443, {.path = "/api/users"}), "shop-api");
}

TEST_F(Balancing, LostAnswersLeaveNothingTwiceAndNothingBehind) {
  for (const char* name : {"AddListenerCertificates", "ModifyLoadBalancerAttributes",
                           "ModifyTargetGroupAttributes", "CreateRule", "CreateListener"}) {
    SimulatedRun run;
    const auto before = run.inventory();
    sim::FaultRule lost;
    lost.kind = sim::FaultKind::lost_answer;
    lost.action = name;
    run.cloud.faults().add(lost);
    const RunResult up = run.deploy(Shop().stack());
    EXPECT_EQ(up.outcome, Outcome::done) << name << (up.failure ? up.failure->text() : "");
    EXPECT_EQ(run.inventory("listener-rule").size(), 6U) << name << ": four and two defaults";
    run.destroy("shop");
    EXPECT_EQ(run.inventory(), before) << name;
  }
}

constexpr const char* dual_stack = R"(
name: dual
instances: {count: 1, type: t3.small}
services: {web: {port: 8080}}
load_balancer: {ip_address_type: dualstack}
)";

TEST_F(Balancing, Ipv6NeedsSubnetsThatHaveIt) {
  const auto before = run_.inventory();
  const RunResult refused = run_.deploy(stack_of(dual_stack));
  ASSERT_TRUE(refused.failure.has_value());
  EXPECT_EQ(refused.failure->code, "NoIpv6");
  EXPECT_EQ(run_.inventory(), before);
}

TEST_F(Balancing, Ipv6IsSwitchedOnAndOffInPlace) {
  for (auto& [id, subnet] : run_.cloud.world().subnets)
    subnet.ipv6_cidr = "2001:db8::/64";
  Stack stack = stack_of(dual_stack);
  const RunResult up = run_.deploy(stack);
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  EXPECT_EQ(balancer().ip_address_type, "dualstack");
  bool open_to_ipv6 = false;
  for (const auto& [id, group] : world().groups) {
    for (const sim::SecurityRule& rule : group.rules)
      open_to_ipv6 = open_to_ipv6 || (!rule.egress && rule.ipv6 == "::/0" && rule.from == 80);
  }
  EXPECT_TRUE(open_to_ipv6);

  stack.load_balancer.ip_address_type = "ipv4";
  const auto calls = run_.cloud.total_calls();
  run_.deploy(stack);
  EXPECT_EQ(balancer().ip_address_type, "ipv4");
  EXPECT_EQ(changes_since(run_, calls), (Changes{{"SetIpAddressType", 1}}));
}

TEST_F(Balancing, AGrpcServiceIsCheckedInItsOwnWay) {
  Shop shop;
  shop.more_services = "\n  rpc: {port: 50051, protocol_version: GRPC, route: {paths: [/rpc/*]}}";
  deploy(shop);
  EXPECT_EQ(group("shop-rpc").protocol_version, "GRPC");
  EXPECT_EQ(group("shop-rpc").grpc_matcher, "12");
  EXPECT_EQ(group("shop-rpc").health_path, "/AWS.ALB/healthcheck");
  deploy(shop);
  EXPECT_EQ(changes(), Changes{});
}

}  // namespace
}  // namespace albatross
