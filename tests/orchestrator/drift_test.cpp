// What others changed is found, told, and put right; what the file changes is changed in place.
#include "support/service_watch.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

class Drift : public ::testing::Test {
 protected:
  void SetUp() override {
    const RunResult up = run.deploy(stack);
    ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
    resources = up.resources;
  }

  const ResourceRecord& record(const std::string& node) const {
    return *std::find_if(resources.begin(), resources.end(),
                         [&](const ResourceRecord& r) { return r.node == node; });
  }

  /// A plan says it and changes nothing, a deploy does it, and then there is nothing more to do.
  void expect_repaired(const std::string& node, PlanAction action, const std::string& told) {
    const auto before = run.cloud.total_calls();
    const Plan plan = run.plan(stack);
    EXPECT_FALSE(plan.failure.has_value()) << plan.failure->text();
    EXPECT_EQ(run.mutations(before), std::vector<std::string>());
    EXPECT_TRUE(plan.changes());
    const auto line = std::find_if(plan.nodes.begin(), plan.nodes.end(),
                                   [&](const PlanNode& n) { return n.node == node; });
    ASSERT_NE(line, plan.nodes.end());
    EXPECT_EQ(line->action, action);
    std::string text = line->why;
    for (const PlanChange& change : line->changes) {
      if (action != PlanAction::create)
        text += change.property + " " + change.before + " > " + change.after;
    }
    EXPECT_NE(text.find(told), std::string::npos) << text;

    run.events.clear();
    const RunResult repaired = run.deploy(stack);
    EXPECT_EQ(repaired.outcome, Outcome::done)
        << (repaired.failure ? repaired.failure->text() : "");
    EXPECT_NE(run.mutations(before), std::vector<std::string>());
    const bool said = std::any_of(run.events.begin(), run.events.end(), [&](const Event& event) {
      const bool kind = event.type == EventType::warning ||
                        event.type == EventType::resource_updated ||
                        event.type == EventType::resource_replacing;
      return event.node == node && kind && !event.detail.empty();
    });
    EXPECT_TRUE(said) << node;
    expect_settled();
  }

  void expect_settled() {
    const auto before = run.cloud.total_calls();
    EXPECT_FALSE(run.plan(stack).changes());
    const RunResult again = run.deploy(stack);
    EXPECT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
    EXPECT_EQ(run.mutations(before), std::vector<std::string>());
  }

  SimulatedRun run;
  Stack stack = stack_of(two_service_stack);
  std::vector<ResourceRecord> resources;
};

TEST_F(Drift, ADeletedRuleIsMadeAgain) {
  const std::string arn = record("rule.api").id;
  run.meanwhile([arn](AwsClients& aws) -> Task<> {
    elbv2::DeleteRuleRequest request;
    request.rule_arn = arn;
    co_await aws.elbv2.delete_rule(std::move(request));
  });
  expect_repaired("rule.api", PlanAction::create, "removed outside");
}

TEST_F(Drift, ARevokedSecurityGroupRuleIsOpenedAgain) {
  const std::string group = record("security_group.app").id;
  run.meanwhile([group](AwsClients& aws) -> Task<> {
    ec2::DescribeSecurityGroupRulesRequest look;
    look.filters = {ec2::Filter{"group-id", {group}}};
    auto rules = co_await aws.ec2.all_security_group_rules(std::move(look));
    ec2::RevokeSecurityGroupIngressRequest request;
    request.group_id = group;
    for (const auto& rule : rules) {
      if (!rule.is_egress && rule.from_port == 9090)
        request.security_group_rule_ids = {rule.security_group_rule_id};
    }
    co_await aws.ec2.revoke_security_group_ingress(std::move(request));
  });
  expect_repaired("ingress.app", PlanAction::update, "ports 8080 > 8080, 9090");
}

TEST_F(Drift, ARuleThatSomebodyAddedToOurGroupIsClosed) {
  const std::string group = record("security_group.app").id;
  run.meanwhile([group](AwsClients& aws) -> Task<> {
    ec2::AuthorizeSecurityGroupIngressRequest request;
    request.group_id = group;
    request.ip_permissions.resize(1);
    request.ip_permissions[0].ip_protocol = "tcp";
    request.ip_permissions[0].from_port = 22;
    request.ip_permissions[0].to_port = 22;
    request.ip_permissions[0].ip_ranges.push_back({"0.0.0.0/0", "just a moment"});
    co_await aws.ec2.authorize_security_group_ingress(std::move(request));
  });
  expect_repaired("security_group.app", PlanAction::update, "tcp 22-22 from 0.0.0.0/0");
}

TEST_F(Drift, ADeregisteredTargetIsRegisteredAgain) {
  const std::string arn = record("target_group.web").id;
  const std::string instance = record("instance.app.0").id;
  run.meanwhile([arn, instance](AwsClients& aws) -> Task<> {
    elbv2::DeregisterTargetsRequest request;
    request.target_group_arn = arn;
    request.targets.resize(1);
    request.targets[0].id = instance;
    request.targets[0].port = 8080;
    co_await aws.elbv2.deregister_targets(std::move(request));
  });
  expect_repaired("registration.web", PlanAction::update, record("instance.app.1").id + " > ");
}

TEST_F(Drift, AChangedAndAMissingTagArePutRight) {
  const std::string instance = record("instance.app.0").id;
  const std::string group = record("target_group.api").id;
  run.meanwhile([instance, group](AwsClients& aws) -> Task<> {
    ec2::CreateTagsRequest request;
    request.resources = {instance};
    request.tags = {{"Name", "mine now"}, {"cost-center", "42"}};
    co_await aws.ec2.create_tags(std::move(request));
    elbv2::RemoveTagsRequest removal;
    removal.resource_arns = {group};
    removal.tag_keys = {tag_node};
    co_await aws.elbv2.remove_tags(std::move(removal));
  });
  expect_repaired("instance.app.0", PlanAction::update, "Name=mine now");
  for (const sim::Item& item : run.inventory("instance")) {
    if (item.id != instance) continue;
    const bool kept = std::any_of(item.tags.begin(), item.tags.end(),
                                  [](const auto& tag) { return tag.first == "cost-center"; });
    EXPECT_TRUE(kept) << "what others add is theirs";
  }
}

TEST_F(Drift, AModifiedHealthCheckIsPutBack) {
  const std::string arn = record("target_group.web").id;
  run.meanwhile([arn](AwsClients& aws) -> Task<> {
    elbv2::ModifyTargetGroupRequest request;
    request.target_group_arn = arn;
    request.health_check_path = "/elsewhere";
    co_await aws.elbv2.modify_target_group(std::move(request));
  });
  expect_repaired("target_group.web", PlanAction::update, "health_check.path /elsewhere > /health");
  const Event* said = run.event(EventType::resource_updated, "target_group.web");
  ASSERT_NE(said, nullptr);
  EXPECT_EQ(said->detail, "health_check.path: /elsewhere -> /health (changed outside)");
}

TEST_F(Drift, ATerminatedInstanceIsReplacedAndServesAgain) {
  const std::string instance = record("instance.app.1").id;
  run.meanwhile([instance](AwsClients& aws) -> Task<> {
    ec2::TerminateInstancesRequest request;
    request.instance_ids = {instance};
    co_await aws.ec2.terminate_instances(std::move(request));
  });
  run.clock.drive_until(run.clock.now() + std::chrono::minutes{2});
  expect_repaired("instance.app.1", PlanAction::create, "removed outside");
  EXPECT_EQ(run.inventory("instance").size(), 2U);
  for (const sim::Item& target : run.inventory("target"))
    EXPECT_EQ(target.state, "healthy");
}

TEST_F(Drift, ADeletedListenerComesBackWithItsRules) {
  const std::string arn = record("listener.http").id;
  run.meanwhile([arn](AwsClients& aws) -> Task<> {
    elbv2::DeleteListenerRequest request;
    request.listener_arn = arn;
    co_await aws.elbv2.delete_listener(std::move(request));
  });
  expect_repaired("listener.http", PlanAction::create, "removed outside");
  EXPECT_EQ(run.succeeded("CreateRule"), 2U);
}

TEST_F(Drift, WhatTheFileChangesIsChangedInPlace) {
  const auto held = run.inventory("target-group").size();
  const auto calls = run.cloud.total_calls();
  stack.services[0].health_check.path = "/healthz";
  stack.services[1].route.paths = {"/api/*", "/v2/*"};
  stack.services[1].route.priority = 77;
  stack.load_balancer.allow_from = {"10.0.0.0/8"};
  stack.tags = {{"owner", "shop-team"}};
  const RunResult changed = run.deploy(stack);
  EXPECT_EQ(changed.outcome, Outcome::done) << (changed.failure ? changed.failure->text() : "");
  EXPECT_EQ(run.inventory("target-group").size(), held);
  const auto actions = run.mutations(calls);
  for (const char* made :
       {"CreateTargetGroup", "CreateRule", "RunInstances", "CreateSecurityGroup"})
    EXPECT_EQ(std::count(actions.begin(), actions.end(), made), 0) << made;
  for (const char* done : {"ModifyTargetGroup", "ModifyRule", "SetRulePriorities", "AddTags",
                           "CreateTags", "AuthorizeSecurityGroupIngress"})
    EXPECT_GT(std::count(actions.begin(), actions.end(), done), 0) << done;
  expect_settled();
}

TEST_F(Drift, ARuleThatAnEarlierTryAddedDoesNotFailTheChange) {
  sim::FaultRule there;
  there.kind = sim::FaultKind::api_error;
  there.action = "AuthorizeSecurityGroupIngress";
  there.code = "InvalidPermission.Duplicate";
  run.cloud.faults().add(there);
  stack.load_balancer.allow_from = {"10.0.0.0/8"};
  const RunResult changed = run.deploy(stack);
  EXPECT_EQ(changed.outcome, Outcome::done) << (changed.failure ? changed.failure->text() : "");
  EXPECT_EQ(run.cloud.faults().total_injected(), 1U);
  // The fault kept it from being added: the next run sees that.
  EXPECT_EQ(run.deploy(stack).outcome, Outcome::done);
  expect_settled();
}

TEST_F(Drift, TheThroughputModeOfTheFileSystemChangesInPlaceOnceADay) {
  const std::string id = record("file_system").id;
  auto calls = run.cloud.total_calls();
  stack.file_system.throughput_mode = "bursting";
  const RunResult changed = run.deploy(stack);
  EXPECT_EQ(changed.outcome, Outcome::done) << (changed.failure ? changed.failure->text() : "");
  EXPECT_EQ(run.mutations(calls), std::vector<std::string>{"UpdateFileSystem"});
  ASSERT_EQ(run.inventory("file-system").size(), 1U);
  EXPECT_EQ(run.inventory("file-system")[0].id, id);
  expect_settled();
  EXPECT_EQ(run.inventory("file-system")[0].state, "available");

  // AWS says from when on it can change again: repeating the call until then would be in vain.
  calls = run.cloud.total_calls();
  stack.file_system.throughput_mode = "elastic";
  const TimePoint began = run.clock.now();
  const RunResult refused = run.deploy(stack);
  ASSERT_TRUE(refused.failure.has_value());
  EXPECT_EQ(refused.failure->code, "TooManyRequests");
  EXPECT_NE(refused.failure->message.find("Wait until "), std::string::npos);
  EXPECT_NE(refused.failure->hint.find("storage.efs.throughput_mode"), std::string::npos)
      << refused.failure->hint;
  EXPECT_FALSE(refused.failure->retryable);
  EXPECT_EQ(run.mutations(calls).size(), 1U);
  EXPECT_LT(run.clock.now() - began, std::chrono::seconds{30});
}

TEST_F(Drift, TagsOfTheFileComeAndGoOnEveryKindThatAwsTags) {
  const auto tagged = [this](const std::string& type) {
    std::size_t count = 0;
    for (const sim::Item& item : run.inventory(type)) {
      for (const auto& [key, value] : item.tags)
        count += key == "owner" && value == "shop-team" ? 1U : 0U;
    }
    return count;
  };
  const std::vector<std::string> types{"vpc",         "subnet",        "security-group",
                                       "file-system", "role",          "instance-profile",
                                       "instance",    "load-balancer", "target-group"};
  stack.tags = {{"owner", "shop-team"}};
  EXPECT_EQ(run.deploy(stack).outcome, Outcome::done);
  for (const std::string& type : types)
    EXPECT_GT(tagged(type), 0U) << type;
  expect_settled();

  stack.tags.clear();
  EXPECT_EQ(run.deploy(stack).outcome, Outcome::done);
  for (const std::string& type : types)
    EXPECT_EQ(tagged(type), 0U) << type << ": a tag that the file no longer has";
  expect_settled();
}

}  // namespace
}  // namespace albatross
