// The first Ctrl-C: nothing new begins, what was sent is recorded, and it takes no longer than
// that.
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

sim::FaultRule fault(sim::FaultKind kind, const std::string& action) {
  sim::FaultRule rule;
  rule.kind = kind;
  rule.action = action;
  rule.times = sim::FaultRule::forever;
  return rule;
}

double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

/// A deploy that is interrupted at the first event that `when` accepts.
struct Interrupted {
  explicit Interrupted(SimulatedRun& run, const std::function<bool(const Event&)>& when) {
    std::optional<TimePoint> pressed;
    run.on_event = [&](const Event& event) {
      if (pressed || !when(event)) return;
      pressed = run.clock.now();
      calls_at_ctrl_c = run.cloud.total_calls();
      run.cancel();
    };
    result = run.deploy(stack_of(two_service_stack));
    run.on_event = nullptr;
    if (pressed) time_to_stop = seconds(run.last_run_end - *pressed);
    calls_after = run.cloud.total_calls() - calls_at_ctrl_c;
  }

  RunResult result;
  double time_to_stop = -1;
  std::uint64_t calls_at_ctrl_c = 0;
  std::uint64_t calls_after = 0;
};

TEST(Interruption, StopsWithinASecondEvenWhileACallWaitsToBeSentAgain) {
  for (const auto kind :
       {sim::FaultKind::throttle, sim::FaultKind::reset_before, sim::FaultKind::lost_answer}) {
    SimulatedRun run;
    run.cloud.faults().add(fault(kind, "RunInstances"));
    int retries = 0;
    const Interrupted stopped(run, [&](const Event& event) {
      return event.type == EventType::retrying && event.node == "instance.app.0" && ++retries == 2;
    });
    EXPECT_EQ(stopped.result.outcome, Outcome::interrupted);
    EXPECT_GE(stopped.time_to_stop, 0) << "Ctrl-C was never pressed";
    EXPECT_LE(stopped.time_to_stop, 1) << sim::to_string(kind);

    run.cloud.faults().clear();
    const RunResult up = run.deploy(stack_of(two_service_stack));
    EXPECT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
    EXPECT_EQ(run.inventory("instance").size(), 2U) << "and nothing was made twice";
  }
}

TEST(Interruption, WhileItOnlyWaitsItEndsAtOnce) {
  SimulatedRun run;
  const Interrupted stopped(run, [](const Event& event) {
    const bool alone = event.elapsed > std::chrono::seconds{100};
    return alone && event.type == EventType::waiting && event.node == "load_balancer";
  });
  EXPECT_EQ(stopped.result.outcome, Outcome::interrupted);
  EXPECT_EQ(stopped.time_to_stop, 0);
  EXPECT_EQ(stopped.calls_after, 0U);
}

TEST(Interruption, AtAWarningOfThePreparationChangesNothing) {
  SimulatedRun run;
  run.cloud.faults().add(fault(sim::FaultKind::malformed_body, "DescribeInstanceTypes"));
  const Interrupted stopped(run,
                            [](const Event& event) { return event.type == EventType::warning; });
  EXPECT_EQ(stopped.result.outcome, Outcome::interrupted);
  EXPECT_EQ(stopped.time_to_stop, 0) << "there was a warning";
  EXPECT_EQ(stopped.calls_after, 0U);
}

TEST(Interruption, ACallThatIsNeverAnsweredIsGivenUpAndItsResourceFoundByTheNextRun) {
  SimulatedRun run;
  sim::FaultRule stall = fault(sim::FaultKind::stall, "CreateVpc");
  stall.times = 1;
  run.cloud.faults().add(stall);
  const Interrupted stopped(run, [](const Event& event) {
    // Sent in the same turn as the call that stalls, and answered.
    return event.type == EventType::resource_created && event.node == "role";
  });
  EXPECT_EQ(stopped.result.outcome, Outcome::interrupted);
  EXPECT_GE(stopped.time_to_stop, 9) << "it was given time to be answered";
  EXPECT_LE(stopped.time_to_stop, 11);
  // A run that comes right after must not take it for never made because AWS does not show it yet.
  for (const ResourceRecord& record : stopped.result.resources) {
    if (record.node != "vpc") continue;
    const auto now = run.clock.wall().time_since_epoch();
    EXPECT_LT(now - std::chrono::milliseconds(record.created_at_ms), std::chrono::seconds{1});
  }

  const RunResult up = run.deploy(stack_of(two_service_stack));
  EXPECT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  EXPECT_EQ(run.succeeded("CreateVpc"), 1U);
}

/// A deploy whose load balancer fails, interrupted at the first event of that type; then a destroy.
void interrupt_a_failed_deploy(EventType at, bool rolled_back_before) {
  SimulatedRun run;
  const auto before = run.inventory();
  run.cloud.faults().add(fault(sim::FaultKind::load_balancer_failed, "*"));
  const Interrupted stopped(run, [at](const Event& event) { return event.type == at; });
  EXPECT_EQ(stopped.result.outcome, Outcome::interrupted);
  EXPECT_GE(stopped.time_to_stop, 0) << "Ctrl-C was never pressed";
  EXPECT_LE(stopped.time_to_stop, 1);
  ASSERT_TRUE(stopped.result.failure.has_value()) << "why it had failed is told all the same";
  EXPECT_EQ(stopped.result.failure->node, "load_balancer");
  EXPECT_EQ(run.event(EventType::rollback_started, "") != nullptr, rolled_back_before);
  EXPECT_FALSE(run.inventory("load-balancer").empty());

  const RunResult down = run.destroy("shop");
  EXPECT_EQ(down.outcome, Outcome::done) << (down.failure ? down.failure->text() : "");
  EXPECT_EQ(run.inventory(), before);
}

TEST(Interruption, StopsTheRollbackOfAFailedDeploy) {
  interrupt_a_failed_deploy(EventType::resource_destroying, true);
}

TEST(Interruption, WhileADeployFailsKeepsItFromRollingBack) {
  interrupt_a_failed_deploy(EventType::resource_failed, false);
}

TEST(Interruption, CallsInFlightAreFinishedAndRecorded) {
  SimulatedRun run;
  const auto before = run.inventory();
  const Interrupted stopped(run, [](const Event& event) {
    return event.type == EventType::resource_started && event.node == "instance.app.1";
  });
  EXPECT_EQ(stopped.result.outcome, Outcome::interrupted);
  EXPECT_LE(stopped.time_to_stop, 1);
  std::set<std::string> recorded;
  for (const ResourceRecord& record : stopped.result.resources)
    recorded.insert(record.id);
  for (const char* type : {"vpc", "subnet", "security-group", "instance", "file-system"}) {
    for (const sim::Item& item : run.inventory(type)) {
      if (std::find(before.begin(), before.end(), item) != before.end()) continue;
      // Each VPC has a group of its own, made by AWS.
      if (item.name == "default") continue;
      EXPECT_TRUE(recorded.contains(item.id)) << type << " " << item.id << " " << item.name;
    }
  }
}

}  // namespace
}  // namespace albatross
