// More instances, fewer instances, and what becomes of those that leave.
#include "support/service_watch.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace albatross {
namespace {

using test::ServiceWatch;
using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

Stack shop_of(int instances) {
  Stack stack = stack_of(two_service_stack);
  stack.instances.count = instances;
  return stack;
}

std::ptrdiff_t place(const std::vector<std::string>& actions, const char* action) {
  return std::find(actions.begin(), actions.end(), action) - actions.begin();
}

TEST(Scaling, OutAddsOnlyWhatIsMissing) {
  SimulatedRun run;
  ServiceWatch watch(run.cloud);
  run.deploy(shop_of(1));
  const auto calls = run.cloud.total_calls();
  run.on_event = [&](const Event&) { watch.look(run.clock.now()); };

  const RunResult more = run.deploy(shop_of(3));

  EXPECT_EQ(more.outcome, Outcome::done) << (more.failure ? more.failure->text() : "");
  EXPECT_EQ(run.inventory("instance").size(), 3U);
  EXPECT_EQ(run.mutations(calls), (std::vector<std::string>{"RunInstances", "RunInstances",
                                                            "RegisterTargets", "RegisterTargets"}));
  EXPECT_TRUE(watch.was_serving());
  EXPECT_EQ(watch.outages(), std::vector<std::string>());
  EXPECT_EQ(run.inventory("target").size(), 6U);
  for (const sim::Item& target : run.inventory("target"))
    EXPECT_EQ(target.state, "healthy");
}

TEST(Scaling, InDrainsWithACountdownBeforeItTerminates) {
  SimulatedRun run;
  ServiceWatch watch(run.cloud);
  run.deploy(shop_of(3));
  const auto calls = run.cloud.total_calls();
  run.on_event = [&](const Event&) { watch.look(run.clock.now()); };
  run.events.clear();

  const RunResult fewer = run.deploy(shop_of(1));

  EXPECT_EQ(fewer.outcome, Outcome::done) << (fewer.failure ? fewer.failure->text() : "");
  EXPECT_EQ(run.inventory("instance").size(), 1U);
  const auto actions = run.mutations(calls);
  EXPECT_EQ(actions, (std::vector<std::string>{"DeregisterTargets", "DeregisterTargets",
                                               "TerminateInstances"}));
  EXPECT_GE(run.last_run_seconds, 300) << "the deregistration delay";
  EXPECT_LT(run.last_run_seconds, 400);
  EXPECT_EQ(watch.outages(), std::vector<std::string>());
  const auto counted = std::find_if(run.events.begin(), run.events.end(), [](const Event& event) {
    return event.type == EventType::waiting && event.detail.ends_with("s left");
  });
  ASSERT_NE(counted, run.events.end());
  EXPECT_EQ(counted->state, "draining");
  EXPECT_TRUE(counted->detail.starts_with("draining i-")) << counted->detail;
  EXPECT_NE(counted->detail.find(" and 1 more"), std::string::npos) << counted->detail;
}

TEST(Scaling, TheCountdownIsThatOfTheServicesOwnDelay) {
  SimulatedRun run;
  Stack stack = shop_of(2);
  for (ServiceSpec& service : stack.services)
    service.attributes.deregistration_delay = std::chrono::seconds{30};
  run.deploy(stack);
  run.events.clear();
  stack.instances.count = 1;
  const RunResult fewer = run.deploy(stack);
  EXPECT_EQ(fewer.outcome, Outcome::done) << (fewer.failure ? fewer.failure->text() : "");
  EXPECT_LT(run.last_run_seconds, 150);
  const auto counted = std::find_if(run.events.begin(), run.events.end(), [](const Event& event) {
    return event.type == EventType::waiting && event.state == "draining";
  });
  ASSERT_NE(counted, run.events.end());
  EXPECT_TRUE(counted->detail.ends_with(", 30 s left") || counted->detail.ends_with(", 29 s left"))
      << counted->detail;
}

TEST(Scaling, InWithoutDrainingDoesNotWait) {
  SimulatedRun run;
  run.deploy(shop_of(2));
  RunOptions at_once;
  at_once.drain = false;
  const RunResult fewer = run.deploy(shop_of(1), at_once);
  EXPECT_EQ(fewer.outcome, Outcome::done) << (fewer.failure ? fewer.failure->text() : "");
  EXPECT_EQ(run.inventory("instance").size(), 1U);
  EXPECT_LT(run.last_run_seconds, 120);
}

TEST(Scaling, ADrainThatWasInterruptedIsWaitedForByTheNextRun) {
  SimulatedRun run;
  run.deploy(shop_of(2));
  run.on_event = [&](const Event& event) {
    if (event.type == EventType::waiting && event.state == "draining") run.cancel();
  };
  const RunResult stopped = run.deploy(shop_of(1));
  EXPECT_EQ(stopped.outcome, Outcome::interrupted);
  EXPECT_EQ(run.succeeded("TerminateInstances"), 0U);
  run.on_event = nullptr;
  run.events.clear();

  const RunResult fewer = run.deploy(shop_of(1));

  EXPECT_EQ(fewer.outcome, Outcome::done) << (fewer.failure ? fewer.failure->text() : "");
  EXPECT_EQ(run.inventory("instance").size(), 1U);
  EXPECT_EQ(run.succeeded("DeregisterTargets"), 2U);
  const bool waited = std::any_of(run.events.begin(), run.events.end(), [](const Event& event) {
    return event.type == EventType::waiting && event.state == "draining";
  });
  EXPECT_TRUE(waited);
}

TEST(Scaling, DestroyDrainsBeforeItTerminatesUnlessToldNotTo) {
  for (const bool drain : {true, false}) {
    SimulatedRun run;
    run.deploy(shop_of(1));
    const auto calls = run.cloud.total_calls();
    RunOptions how;
    how.drain = drain;
    const RunResult down = run.destroy("shop", how);
    EXPECT_EQ(down.outcome, Outcome::done) << (down.failure ? down.failure->text() : "");
    const auto actions = run.mutations(calls);
    if (drain) {
      EXPECT_LT(place(actions, "DeregisterTargets"), place(actions, "TerminateInstances"));
      EXPECT_LT(place(actions, "DeregisterTargets"), place(actions, "DeleteLoadBalancer"));
      EXPECT_GE(run.last_run_seconds, 300);
    } else {
      // They go with their target groups.
      EXPECT_EQ(std::count(actions.begin(), actions.end(), "DeregisterTargets"), 0);
      EXPECT_LT(run.last_run_seconds, 200);
    }
  }
}

TEST(Scaling, NewOnesAreHealthyBeforeOldOnesAreLetGo) {
  SimulatedRun run;
  run.deploy(shop_of(2));
  Stack bigger = shop_of(1);
  bigger.instances.type = "t3.large";
  ServiceWatch watch(run.cloud);
  watch.look(run.clock.now());
  run.on_event = [&](const Event&) { watch.look(run.clock.now()); };
  const RunResult changed = run.deploy(bigger);
  EXPECT_EQ(changed.outcome, Outcome::done) << (changed.failure ? changed.failure->text() : "");
  EXPECT_TRUE(watch.was_serving());
  EXPECT_EQ(watch.outages(), std::vector<std::string>());
  EXPECT_EQ(run.inventory("instance").size(), 1U);
}

}  // namespace
}  // namespace albatross
