#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/admission.hpp"
#include "support/simulated_fleet.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

using test::LimitWatch;
using test::SimulatedFleet;

constexpr std::size_t many = 60;

Stack example() {
  return load_stack(test::source_dir() + "/examples/ai-stack.yaml");
}

std::string listed(const std::map<std::string, std::size_t>& counts) {
  std::string out;
  for (const auto& [name, count] : counts)
    out += name + ": " + std::to_string(count) + "\n";
  return out;
}

/// How long one takes by itself, and how many calls.
struct Alone {
  double seconds = 0;
  std::size_t calls = 0;
};

Alone alone() {
  SimulatedFleet fleet;
  fleet.deploy(example(), 1);
  EXPECT_EQ(fleet.done(), 1U);
  return {fleet.seconds(), fleet.calls().total()};
}

TEST(ManyStacks, AtOnceTakeAsLongAsTheLimitsOfAwsMakeThem) {
  const Alone one = alone();
  SimulatedFleet fleet;
  fleet.deploy(example(), many);
  EXPECT_EQ(fleet.done(), many);
  EXPECT_TRUE(fleet.failures().empty()) << fleet.failures().front();
  EXPECT_TRUE(fleet.calls().throttled.empty()) << listed(fleet.calls().throttled);
  EXPECT_TRUE(fleet.calls().exceeded.empty()) << listed(fleet.calls().exceeded);
  const double bound = fleet.calls().bound() + one.seconds;
  EXPECT_LE(fleet.seconds(), 1.1 * bound);
  // Nobody asks more often because others are there. To be tightened when looks are shared.
  EXPECT_LE(fleet.calls().total(), many * one.calls * 11 / 10);
}

TEST(ManyStacks, ThatNothingLimitsTakeAsLongAsOne) {
  const Alone one = alone();
  SimulatedFleet fleet(false);
  fleet.deploy(example(), many);
  EXPECT_EQ(fleet.done(), many);
  EXPECT_NEAR(fleet.seconds(), one.seconds, 10);
  // The watch works: so many at once are more than AWS takes.
  EXPECT_GT(fleet.calls().exceeded.size(), 3U);
}

TEST(ManyStacks, AreTakenDownWithinTheLimitsToo) {
  SimulatedFleet fleet;
  const std::size_t some = many / 4;
  fleet.deploy(example(), some);
  ASSERT_EQ(fleet.done(), some);
  fleet.destroy(some);
  EXPECT_EQ(fleet.done(), some);
  EXPECT_TRUE(fleet.failures().empty()) << fleet.failures().front();
  EXPECT_TRUE(fleet.calls().throttled.empty()) << listed(fleet.calls().throttled);
  EXPECT_TRUE(fleet.calls().exceeded.empty()) << listed(fleet.calls().exceeded);
}

TEST(ManyStacks, OneThatFailsDoesNotHurtTheOthers) {
  SimulatedFleet fleet;
  sim::FaultRule fault;
  fault.kind = sim::FaultKind::load_balancer_failed;
  fault.match = "*stack-3-*";
  fault.message = "no capacity";
  fleet.cloud().faults().add(fault);
  fleet.deploy(example(), 8);
  EXPECT_EQ(fleet.done(), 7U);
  ASSERT_EQ(fleet.failures().size(), 1U);
  EXPECT_NE(fleet.failures().front().find("no capacity"), std::string::npos);
}

TEST(ManyStacks, ThatAreUpAlreadyDoNotQueue) {
  SimulatedFleet fleet;
  const std::size_t some = many / 4;
  fleet.deploy(example(), some);
  ASSERT_EQ(fleet.done(), some);
  fleet.deploy(example(), some);
  EXPECT_EQ(fleet.done(), some);
  EXPECT_LT(fleet.seconds(), 60);
}

TEST(ManyStacks, SayThatTheyAreQueued) {
  SimulatedFleet fleet;
  std::size_t queued = 0;
  fleet.deploy(example(), 20, [&](const Event& event) {
    if (event.type == EventType::waiting && event.node.empty() && event.state == "queued") ++queued;
  });
  EXPECT_EQ(fleet.done(), 20U);
  EXPECT_GT(queued, 5U);
  EXPECT_LT(queued, 20U);  // the first never waits
}

TEST(CallEstimate, IsOfWhatIsNotThereYet) {
  const Stack stack = example();
  const CallEstimate all = calls_of_deploy(stack, {});
  EXPECT_EQ(all.at("CreateLoadBalancer"), 1);
  EXPECT_EQ(all.at("RunInstances"), 2);
  EXPECT_EQ(all.at("CreateTargetGroup"), 4);
  ResourceRecord balancer;
  balancer.kind = "load_balancer";
  ResourceRecord instance;
  instance.kind = "instance";
  const CallEstimate rest = calls_of_deploy(stack, {balancer, instance});
  EXPECT_FALSE(rest.contains("CreateLoadBalancer"));
  EXPECT_EQ(rest.at("RunInstances"), 1);
  balancer.provenance = Provenance::created;
  instance.provenance = Provenance::reused;
  const CallEstimate removal = calls_of_removal({balancer, instance});
  EXPECT_EQ(removal, (CallEstimate{{"DeleteLoadBalancer", 1.0}}));
}

}  // namespace
}  // namespace albatross
