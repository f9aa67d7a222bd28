// Timeouts, and waits that end at once because what is awaited can never come.
#include "albatross/clients/credentials_provider.hpp"

#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;
using namespace std::chrono_literals;

sim::FaultRule fault(sim::FaultKind kind, const std::string& match = "*") {
  sim::FaultRule rule;
  rule.kind = kind;
  rule.match = match;
  return rule;
}

Stack kept_stack() {
  Stack stack = stack_of(two_service_stack);
  stack.on_failure = FailurePolicy::keep;
  return stack;
}

double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

TEST(Timeouts, AStepThatTakesTooLongSaysWhatWasAwaitedAndWhatToDo) {
  SimulatedRun run;
  Stack stack = kept_stack();
  stack.timeouts.load_balancer = 60s;

  const RunResult failed = run.deploy(stack);

  EXPECT_EQ(failed.outcome, Outcome::failed);
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_EQ(failed.failure->code, "Timeout");
  EXPECT_EQ(failed.failure->node, "load_balancer");
  EXPECT_NE(failed.failure->message.find("not ready after "), std::string::npos);
  EXPECT_NE(failed.failure->message.find("last seen provisioning"), std::string::npos)
      << failed.failure->message;
  EXPECT_NE(failed.failure->hint.find("--step-timeout load_balancer="), std::string::npos)
      << failed.failure->hint;
  EXPECT_LT(run.last_run_seconds, 100);
}

TEST(Timeouts, OfTheWholeRunEndsItWhateverStepsMayTake) {
  SimulatedRun run;
  Stack stack = kept_stack();
  stack.timeouts.run = 90s;

  const RunResult failed = run.deploy(stack);

  EXPECT_EQ(failed.outcome, Outcome::failed);
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_EQ(failed.failure->code, "Timeout");
  EXPECT_NE(failed.failure->hint.find("--timeout"), std::string::npos) << failed.failure->hint;
  EXPECT_NEAR(run.last_run_seconds, 90, 2);
}

TEST(Timeouts, RollbackAfterTheRunsTimeIsUpHasItsOwn) {
  SimulatedRun run;
  Stack stack = stack_of(two_service_stack);
  stack.timeouts.run = 90s;
  stack.on_failure = FailurePolicy::rollback_all;
  const auto before = run.inventory();

  const RunResult failed = run.deploy(stack);

  EXPECT_EQ(failed.outcome, Outcome::failed);
  EXPECT_EQ(run.inventory(), before);
  ASSERT_TRUE(failed.receipt.has_value());
  EXPECT_TRUE(failed.receipt->clean());
}

TEST(Timeouts, OfTheWholeRunBoundADestroyToo) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  RunOptions hurried;
  hurried.timeouts.run = 10s;

  const RunResult stopped = run.destroy("shop", hurried);

  EXPECT_EQ(stopped.outcome, Outcome::left_behind);
  EXPECT_EQ(run.destroy("shop").outcome, Outcome::done) << "and the next one goes on";
}

TEST(Waiting, EndsAtOnceWhenTheLoadBalancerFails) {
  SimulatedRun run;
  run.cloud.faults().add(fault(sim::FaultKind::load_balancer_failed));
  const RunResult failed = run.deploy(kept_stack());
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_EQ(failed.failure->node, "load_balancer");
  EXPECT_EQ(failed.failure->code, "failed");
  EXPECT_LT(run.last_run_seconds, 250) << "and not after the step's ten minutes";
}

TEST(Waiting, EndsAtOnceWithTheReasonWhenAnInstanceEndsByItself) {
  SimulatedRun run;
  sim::FaultRule rule = fault(sim::FaultKind::instance_terminates);
  rule.code = "Client.InternalError";
  rule.message = "Client.InternalError: Client error on launch";
  run.cloud.faults().add(rule);
  const RunResult failed = run.deploy(kept_stack());
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_TRUE(failed.failure->node.starts_with("instance.app.")) << failed.failure->node;
  const std::string& state = failed.failure->code;
  EXPECT_TRUE(state == "terminated" || state == "shutting-down") << state;
  EXPECT_NE(failed.failure->message.find("Client.InternalError"), std::string::npos)
      << failed.failure->message;
  EXPECT_LT(run.last_run_seconds, 60);
}

Task<> stop_first(AwsClients& aws) {
  ec2::DescribeInstancesRequest all;
  auto found = co_await aws.ec2.all_instances(std::move(all));
  ec2::TerminateInstancesRequest request;
  request.instance_ids = {found.front().instance_id};
  co_await aws.ec2.terminate_instances(std::move(request));
}

TEST(Waiting, EndsAtOnceWhenATargetIsTerminatedWhileItsHealthIsAwaited) {
  SimulatedRun run;
  run.cloud.faults().add(fault(sim::FaultKind::never_healthy, "shop-api"));
  Stack stack = kept_stack();
  stack.timeouts.health = 3600s;
  std::optional<TimePoint> ended;
  run.on_event = [&](const Event& event) {
    if (event.type != EventType::waiting || event.node != "health.api" || ended) return;
    ended = run.clock.now();
    run.beside([](AwsClients& aws) { return stop_first(aws); });
  };

  const RunResult failed = run.deploy(stack);

  ASSERT_TRUE(ended.has_value());
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_TRUE(failed.failure->node.starts_with("health.")) << failed.failure->text();
  EXPECT_NE(failed.failure->message.find("has ended or was stopped"), std::string::npos)
      << failed.failure->message;
  EXPECT_LT(seconds(run.clock.now() - *ended), 180);
}

TEST(Waiting, EndsAtOnceWhenTheCredentialsAreGone) {
  SimulatedRun run;
  run.on_event = [&](const Event& event) {
    if (event.type != EventType::waiting || event.node != "load_balancer") return;
    sim::FaultRule expired;
    expired.service = "elbv2";
    expired.action = "Describe*";
    expired.code = "ExpiredToken";
    expired.status = 403;
    expired.times = sim::FaultRule::forever;
    if (run.cloud.faults().empty()) run.cloud.faults().add(expired);
  };
  const RunResult failed = run.deploy(kept_stack());
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_TRUE(failed.failure->access_denied) << failed.failure->text();
  EXPECT_EQ(failed.failure->code, "ExpiredToken");
  EXPECT_LT(run.last_run_seconds, 60);
}

TEST(Waiting, EndsAtOnceWhenAFileSystemIsInError) {
  // The simulator's file systems never are: AWS's own answer, replaced on its way.
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  run.alter_answers = [](const std::string& path, std::string& body) {
    if (!path.starts_with("/2015-02-01/file-systems")) return;
    const std::string state = R"("LifeCycleState":"available")";
    const auto at = body.find(state);
    if (at != std::string::npos) body.replace(at, state.size(), R"("LifeCycleState":"error")");
  };
  Stack other = kept_stack();
  other.name = "other";
  other.load_balancer.name = "other-alb";
  const RunResult failed = run.deploy(other);
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_EQ(failed.failure->node, "file_system") << failed.failure->text();
  EXPECT_EQ(failed.failure->code, "error");
  EXPECT_LT(run.last_run_seconds, 60);
}

}  // namespace
}  // namespace albatross
