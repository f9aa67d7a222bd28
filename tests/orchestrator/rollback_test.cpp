// Taking back: by policy, on demand, again after an interruption; and the receipt at the end.
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

std::vector<std::string> ids(const std::vector<sim::Item>& items) {
  std::vector<std::string> out;
  for (const sim::Item& item : items)
    out.push_back(item.id);
  return out;
}

std::string words(const RunResult& result) {
  return result.failure ? result.failure->text() : "no failure given";
}

/// In the default VPC, where it has neighbours.
constexpr const char* balanced_stack = R"(
name: web
instances: {count: 1, type: t3.small}
services: {web: {port: 8080}}
load_balancer: true
timeouts: {destroy: 2m}
)";

std::string id_of(const std::vector<ResourceRecord>& records, const std::string& node) {
  for (const ResourceRecord& record : records) {
    if (record.node == node) return record.id;
  }
  return "";
}

/// Somebody puts the guest's instance into the group of web's instances.
Task<> move_in(AwsClients& aws, Store& store, std::string& group) {
  const auto web = co_await store.resources("web");
  const auto guest = co_await store.resources("guest");
  group = id_of(web, "security_group.app");
  ec2::ModifyInstanceAttributeRequest request;
  request.instance_id = id_of(guest, "instance.app.0");
  request.groups = {group};
  co_await aws.ec2.modify_instance_attribute(std::move(request));
}

/// The records are lost, the things are not.
Task<> forget_storage_group(Store& store) {
  co_await store.erase_resource("shop", "ingress.storage");
  co_await store.erase_resource("shop", "security_group.storage");
}

Task<> read_state(Store& store, std::optional<StackState>& state) {
  const auto stack = co_await store.stack("shop");
  if (stack) state = stack->state;
}

sim::FaultRule refusal(const std::string& service, const std::string& action,
                       const std::string& code, std::size_t times = 1) {
  sim::FaultRule rule;
  rule.service = service;
  rule.action = action;
  rule.code = code;
  rule.message = "refused by the test";
  rule.times = times;
  return rule;
}

TEST(Rollback, TakesTheLoadBalancersPartAndLeavesTheRestAsItIs) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  const auto instances = ids(run.inventory("instance"));

  const RunResult back = run.rollback("shop", RollbackScope::load_balancer);

  EXPECT_EQ(back.outcome, Outcome::done) << words(back);
  EXPECT_EQ(back.stack.state, StackState::rolled_back);
  EXPECT_TRUE(back.stack.outputs.empty()) << "it offers no DNS name any more";
  EXPECT_TRUE(run.inventory("load-balancer").empty());
  EXPECT_TRUE(run.inventory("target-group").empty());
  EXPECT_EQ(ids(run.inventory("instance")), instances);
  ASSERT_TRUE(back.receipt.has_value());
  EXPECT_TRUE(back.receipt->clean());

  const RunResult again = run.deploy(stack_of(two_service_stack));
  EXPECT_EQ(again.outcome, Outcome::done) << words(again);
  EXPECT_EQ(ids(run.inventory("instance")), instances);
}

TEST(Rollback, OfEverythingLeavesNothingButTheStacksName) {
  SimulatedRun run;
  const auto before = run.inventory();
  run.deploy(stack_of(two_service_stack));

  const RunResult back = run.rollback("shop", RollbackScope::everything);

  EXPECT_EQ(back.outcome, Outcome::done) << words(back);
  EXPECT_EQ(run.inventory(), before);
  ASSERT_TRUE(back.receipt.has_value());
  EXPECT_EQ(back.receipt->checked, (std::vector<std::string>{"ELB", "EC2", "EFS", "IAM"}));
  EXPECT_TRUE(back.receipt->clean());
  EXPECT_EQ(run.deploy(stack_of(two_service_stack)).outcome, Outcome::done);
  EXPECT_EQ(run.destroy("shop").outcome, Outcome::done);
}

TEST(Rollback, OfAStackThatNobodyKnowsIsRefused) {
  SimulatedRun run;
  EXPECT_THROW(run.rollback("nobody", RollbackScope::everything), UnknownStack);
}

TEST(Rollback, InterruptedIsGoneOnWithByItselfByDeployAndByDestroy) {
  for (const int next : {0, 1, 2}) {
    SimulatedRun run;
    const auto before = run.inventory();
    run.deploy(stack_of(two_service_stack));
    run.on_event = [&](const Event& event) {
      if (event.type == EventType::resource_gone && event.node == "target_group.web") run.cancel();
    };
    const RunResult stopped = run.rollback("shop", RollbackScope::load_balancer);
    EXPECT_EQ(stopped.outcome, Outcome::interrupted);
    EXPECT_FALSE(stopped.receipt.has_value());
    run.on_event = nullptr;

    RunResult after;
    if (next == 0) after = run.rollback("shop", RollbackScope::load_balancer);
    if (next == 1) after = run.deploy(stack_of(two_service_stack));
    if (next == 2) after = run.destroy("shop");
    EXPECT_EQ(after.outcome, Outcome::done) << next << ": " << words(after);
    EXPECT_EQ(run.inventory("load-balancer").size(), next == 1 ? 1U : 0U);
    if (next != 2) run.destroy("shop");
    EXPECT_EQ(run.inventory(), before);
  }
}

TEST(Rollback, ADestroyThatWasInterruptedIsTurnedRoundByADeploy) {
  SimulatedRun run;
  const auto before = run.inventory();
  run.deploy(stack_of(two_service_stack));
  run.on_event = [&](const Event& event) {
    if (event.type == EventType::resource_destroying && event.node == "load_balancer") run.cancel();
  };
  EXPECT_EQ(run.destroy("shop").outcome, Outcome::interrupted);
  run.on_event = nullptr;

  const RunResult up = run.deploy(stack_of(two_service_stack));

  EXPECT_EQ(up.outcome, Outcome::done) << words(up);
  EXPECT_EQ(run.inventory("load-balancer").size(), 1U);
  run.destroy("shop");
  EXPECT_EQ(run.inventory(), before);
}

TEST(Rollback, GoesOnPastWhatCannotBeRemovedAndSaysHowToRemoveIt) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  run.cloud.faults().add(
      refusal("elbv2", "DeleteLoadBalancer", "OperationNotPermitted", sim::FaultRule::forever));

  const RunResult back = run.rollback("shop", RollbackScope::load_balancer);

  EXPECT_EQ(back.outcome, Outcome::left_behind);
  EXPECT_EQ(back.stack.state, StackState::rolling_back);
  EXPECT_TRUE(run.inventory("target-group").empty()) << "the rest went all the same";
  ASSERT_TRUE(back.receipt.has_value());
  ASSERT_EQ(back.receipt->remnants.size(), 1U);
  const Remnant& remnant = back.receipt->remnants.front();
  EXPECT_EQ(remnant.node, "load_balancer");
  EXPECT_EQ(remnant.type, "load-balancer");
  EXPECT_EQ(remnant.command, "aws elbv2 delete-load-balancer --load-balancer-arn " + remnant.id +
                                 " --region us-east-1");

  run.cloud.faults().clear();
  EXPECT_EQ(run.rollback("shop", RollbackScope::load_balancer).outcome, Outcome::done);
}

TEST(Rollback, AStrangerInTheGroupIsNamedInTheWaitAndInTheReceipt) {
  SimulatedRun run;
  run.deploy(stack_of(balanced_stack));
  run.deploy(stack_of("name: guest\ninstances: {count: 1, type: t3.small}\n"));
  std::string group;
  run.meanwhile([&](AwsClients& aws) { return move_in(aws, run.store, group); });

  Event last;
  run.on_event = [&](const Event& event) {
    if (event.type == EventType::waiting && event.detail.starts_with("still used by "))
      last = event;
  };
  const RunResult down = run.destroy("web");

  EXPECT_EQ(down.outcome, Outcome::left_behind);
  EXPECT_NE(last.detail.find("eni-"), std::string::npos) << last.detail;
  EXPECT_NE(last.detail.find("instance i-"), std::string::npos) << last.detail;
  ASSERT_TRUE(down.receipt.has_value());
  const auto& remnants = down.receipt->remnants;
  const auto held = std::find_if(remnants.begin(), remnants.end(),
                                 [&](const Remnant& remnant) { return remnant.id == group; });
  ASSERT_NE(held, remnants.end());
  EXPECT_NE(held->why.find("still used by eni-"), std::string::npos) << held->why;
  EXPECT_EQ(held->command,
            "aws ec2 delete-security-group --group-id " + group + " --region us-east-1");
}

TEST(Rollback, AChangeThatFailsAfterADeployThatWasKilledKeepsTheLoadBalancerThatServed) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  // The next deploy is interrupted on its way, the one after it fails.
  Stack more = stack_of(two_service_stack);
  more.instances.count = 3;
  run.on_event = [&](const Event& event) {
    if (event.type == EventType::resource_started && event.node == "instance.app.2") run.cancel();
  };
  EXPECT_EQ(run.deploy(more).outcome, Outcome::interrupted);
  run.on_event = nullptr;
  run.cloud.faults().add(refusal("ec2", "RunInstances", "VcpuLimitExceeded"));

  const RunResult failed = run.deploy(more);

  EXPECT_EQ(failed.outcome, Outcome::failed) << words(failed);
  EXPECT_EQ(run.inventory("load-balancer").size(), 1U);
}

TEST(Receipt, FindsByTagWhatNoRecordKnowsAndKeepsTheStackKnown) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  run.meanwhile([&](AwsClients&) { return forget_storage_group(run.store); });

  const RunResult down = run.destroy("shop");

  EXPECT_EQ(down.outcome, Outcome::left_behind);
  ASSERT_TRUE(down.receipt.has_value());
  const auto& remnants = down.receipt->remnants;
  const auto lost = std::find_if(remnants.begin(), remnants.end(), [](const Remnant& remnant) {
    return remnant.node == "security_group.storage";
  });
  ASSERT_NE(lost, remnants.end());
  EXPECT_EQ(lost->type, "security-group");
  std::optional<StackState> state;
  run.meanwhile([&](AwsClients&) { return read_state(run.store, state); });
  EXPECT_EQ(state, StackState::destroying) << "forgotten only when nothing is left";
}

TEST(Receipt, AServiceThatCannotBeAskedIsNamed) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  run.cloud.faults().add(
      refusal("ec2", "DescribeTags", "UnauthorizedOperation", sim::FaultRule::forever));

  const RunResult down = run.destroy("shop");

  EXPECT_EQ(down.outcome, Outcome::done) << words(down);
  ASSERT_TRUE(down.receipt.has_value());
  EXPECT_FALSE(down.receipt->clean());
  ASSERT_EQ(down.receipt->unchecked.size(), 1U);
  EXPECT_EQ(down.receipt->unchecked.front(), "EC2: UnauthorizedOperation: refused by the test");
}

}  // namespace
}  // namespace albatross
