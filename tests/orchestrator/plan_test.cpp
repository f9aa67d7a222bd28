// What a plan says is what a deploy does.
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

std::map<std::string, PlanAction> actions_of(const Plan& plan) {
  std::map<std::string, PlanAction> out;
  for (const PlanNode& node : plan.nodes)
    out[node.node] = node.action;
  return out;
}

/// What the events of a run say was done to the nodes.
std::map<std::string, PlanAction> actions_of(const std::vector<Event>& events) {
  std::map<std::string, PlanAction> out;
  for (const Event& event : events) {
    if (event.type == EventType::resource_created) out.emplace(event.node, PlanAction::create);
    if (event.type == EventType::resource_updated) out.emplace(event.node, PlanAction::update);
    if (event.type == EventType::resource_replacing) out.emplace(event.node, PlanAction::replace);
    const bool older = event.node.find('@') != std::string::npos;
    if (event.type == EventType::resource_gone && !older)
      out.emplace(event.node, PlanAction::remove);
  }
  return out;
}

std::map<std::string, PlanAction> changes_of(const Plan& plan) {
  auto out = actions_of(plan);
  std::erase_if(out, [](const auto& entry) {
    return entry.second == PlanAction::keep || entry.second == PlanAction::reuse;
  });
  return out;
}

void expect_the_deploy_to_do_it(SimulatedRun& run, const Stack& stack) {
  const auto calls = run.cloud.total_calls();
  const Plan plan = run.plan(stack);
  ASSERT_FALSE(plan.failure.has_value()) << plan.failure->text();
  EXPECT_EQ(run.mutations(calls), std::vector<std::string>());
  run.events.clear();
  const RunResult result = run.deploy(stack);
  EXPECT_EQ(result.outcome, Outcome::done) << (result.failure ? result.failure->text() : "");
  EXPECT_EQ(changes_of(plan), actions_of(run.events));
}

TEST(Plan, OfANewStackCreatesEverythingAndReadsOnly) {
  SimulatedRun run;
  const Plan plan = run.plan(stack_of(two_service_stack));
  EXPECT_FALSE(plan.exists);
  EXPECT_EQ(plan.account, "123456789012");
  EXPECT_EQ(plan.count(PlanAction::create), plan.nodes.size());
  expect_the_deploy_to_do_it(run, stack_of(two_service_stack));
}

TEST(Plan, OfAnUnchangedStackIsToKeepAll) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  const Plan plan = run.plan(stack_of(two_service_stack));
  EXPECT_TRUE(plan.exists);
  EXPECT_FALSE(plan.changes());
  EXPECT_EQ(plan.count(PlanAction::keep), plan.nodes.size());
}

TEST(Plan, FollowsAReplacementToAllThatDependOnIt) {
  SimulatedRun run;
  Stack stack = stack_of(two_service_stack);
  run.deploy(stack);
  stack.services[1].port = 9091;
  stack.instances.type = "t3.large";
  const Plan plan = run.plan(stack);
  auto actions = actions_of(plan);
  EXPECT_EQ(actions["target_group.api"], PlanAction::replace);
  EXPECT_EQ(actions["instance.app.0"], PlanAction::replace);
  EXPECT_EQ(actions["registration.api"], PlanAction::replace);
  EXPECT_EQ(actions["registration.web"], PlanAction::update);
  EXPECT_EQ(actions["rule.api"], PlanAction::update);
  EXPECT_EQ(actions["listener.http"], PlanAction::keep);
  EXPECT_EQ(actions["load_balancer"], PlanAction::keep);
  expect_the_deploy_to_do_it(run, stack);
}

TEST(Plan, TellsOldAndNewMemberByMemberAndNoSecret) {
  SimulatedRun run;
  Stack stack = stack_of(two_service_stack);
  run.deploy(stack);
  stack.instances.type = "t3.large";
  stack.instances.user_data = Secret("#!/bin/sh\nserve --password=hunter3\n");
  const Plan plan = run.plan(stack);
  const auto node = std::find_if(plan.nodes.begin(), plan.nodes.end(),
                                 [](const PlanNode& n) { return n.node == "instance.app.0"; });
  ASSERT_NE(node, plan.nodes.end());
  ASSERT_EQ(node->changes.size(), 2U);
  EXPECT_EQ(node->changes[0].property, "type");
  EXPECT_EQ(node->changes[0].before, "t3.small");
  EXPECT_EQ(node->changes[0].after, "t3.large");
  EXPECT_EQ(node->changes[1].property, "user_data");
  for (const PlanNode& any : plan.nodes) {
    for (const PlanChange& change : any.changes) {
      EXPECT_EQ(change.before.find("hunter"), std::string::npos);
      EXPECT_EQ(change.after.find("hunter"), std::string::npos);
    }
  }
}

TEST(Plan, ShowsWhatIsNoLongerAskedFor) {
  SimulatedRun run;
  Stack stack = stack_of(two_service_stack);
  run.deploy(stack);
  stack.services.pop_back();
  stack.instances.count = 1;
  auto actions = actions_of(run.plan(stack));
  EXPECT_EQ(actions["target_group.api"], PlanAction::remove);
  EXPECT_EQ(actions["rule.api"], PlanAction::remove);
  EXPECT_EQ(actions["instance.app.1"], PlanAction::remove);
  expect_the_deploy_to_do_it(run, stack);
}

TEST(Plan, SaysWhatADeployWillRefuse) {
  SimulatedRun run;
  Stack stack = stack_of(two_service_stack);
  run.deploy(stack);
  stack.file_system.encrypted = false;
  const Plan plan = run.plan(stack);
  EXPECT_EQ(actions_of(plan)["file_system"], PlanAction::refuse);
}

TEST(Plan, SaysWhyItCannotBeMade) {
  SimulatedRun run;
  Credentials wrong = run.cloud.credentials();
  wrong.secret_access_key = Secret("not-the-secret");
  run.credentials = wrong;
  const Plan plan = run.plan(stack_of(two_service_stack));
  ASSERT_TRUE(plan.failure.has_value());
  EXPECT_TRUE(plan.failure->access_denied);
  EXPECT_TRUE(plan.nodes.empty());
}

}  // namespace
}  // namespace albatross
