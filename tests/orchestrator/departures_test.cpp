// Who waits for whom on the way down, and what goes with something else.
#include "orchestrator/departures.hpp"

#include "support/instant_cloud.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace albatross {
namespace {

using test::instant_cloud;
using test::SimulatedRun;
using test::stack_of;
using test::whole_stack;

std::vector<ResourceRecord> records_of(SimulatedRun& run) {
  std::vector<ResourceRecord> out;
  auto collect = [&]() -> Task<> { out = co_await run.store.resources("shop"); };
  boost::asio::co_spawn(run.context, collect(), [](std::exception_ptr) {});
  run.clock.drive();
  return out;
}

class DeparturesOfAStack : public ::testing::Test {
 protected:
  DeparturesOfAStack() {
    run.deploy(stack_of(whole_stack));
    records = records_of(run);
  }

  static std::string whole_of(const Departures& departures, const std::string& node) {
    const Departure* whole = departures.all().at(node)->whole;
    return whole == nullptr ? "" : whole->record.node;
  }

  static bool waits(const Departures& departures, const std::string& node,
                    const std::string& other) {
    const auto& before = departures.all().at(node)->before;
    return std::any_of(before.begin(), before.end(),
                       [&](const Departure* one) { return one->record.node == other; });
  }

  /// How many steps one after the other there are.
  static int depth(const Departure& departure, std::set<const Departure*> above = {}) {
    if (!above.insert(&departure).second) {
      ADD_FAILURE() << "a circle through " << departure.record.node;
      return 0;
    }
    int deepest = departure.whole == nullptr ? 0 : depth(*departure.whole, above);
    for (const Departure* other : departure.before)
      deepest = std::max(deepest, depth(*other, above));
    return deepest + (departure.whole == nullptr ? 1 : 0);
  }

  SimulatedRun run{instant_cloud()};
  std::vector<ResourceRecord> records;
};

TEST_F(DeparturesOfAStack, PartsFollowTheirWholes) {
  const Departures going(records, true, false);
  EXPECT_EQ(whole_of(going, "rule.api"), "listener.http");
  EXPECT_EQ(whole_of(going, "listener.http"), "load_balancer");
  EXPECT_EQ(whole_of(going, "registration.web"), "target_group.web");
  EXPECT_EQ(whole_of(going, "route.internet"), "route_table");
  EXPECT_EQ(whole_of(going, "route_table_association.a"), "subnet.a");
  EXPECT_EQ(whole_of(going, "ingress.alb"), "security_group.alb");
  EXPECT_EQ(whole_of(going, "vpc.dns_hostnames"), "vpc");
  EXPECT_EQ(going.all().at("load_balancer")->parts.size(), 3U) << "rules of listeners included";
}

TEST_F(DeparturesOfAStack, RulesThatNameAnotherGroupAreRemovedForThatOnesSake) {
  const Departures going(records, true, false);
  EXPECT_EQ(whole_of(going, "ingress.app"), "");
  EXPECT_TRUE(waits(going, "security_group.alb", "ingress.app"));
}

TEST_F(DeparturesOfAStack, WhatAwsInsistsOnIsKept) {
  const Departures going(records, true, false);
  EXPECT_TRUE(waits(going, "target_group.api", "rule.api"));
  EXPECT_TRUE(waits(going, "route_table", "route_table_association.a"));
  EXPECT_TRUE(waits(going, "subnet.a", "load_balancer"));
  EXPECT_TRUE(waits(going, "internet_gateway.attachment", "instance.app.0"));
  EXPECT_TRUE(waits(going, "security_group.storage", "mount_target.a"));
  EXPECT_FALSE(waits(going, "instance.app.0", "load_balancer"));
  EXPECT_FALSE(waits(going, "load_balancer", "target_group.api"));
}

TEST_F(DeparturesOfAStack, DrainingComesBeforeEverythingThatCutsConnections) {
  const Departures going(records, true, true);
  EXPECT_EQ(whole_of(going, "registration.web"), "");
  for (const char* node : {"load_balancer", "instance.app.0", "instance.app.1"}) {
    for (const char* registration : {"registration.web", "registration.api"})
      EXPECT_TRUE(waits(going, node, registration)) << node;
  }
}

TEST_F(DeparturesOfAStack, TheLoadBalancerAloneGoesStepByStep) {
  std::erase_if(records, [](const ResourceRecord& record) { return record.tier != 2; });
  const Departures going(records, false, false);
  for (const auto& [node, departure] : going.all())
    EXPECT_EQ(departure->whole, nullptr) << node;
  EXPECT_TRUE(waits(going, "rule.api", "registration.api"));
  EXPECT_TRUE(waits(going, "listener.http", "rule.api"));
  EXPECT_TRUE(waits(going, "target_group.web", "listener.http"));
  EXPECT_TRUE(waits(going, "load_balancer", "target_group.web"));
}

TEST_F(DeparturesOfAStack, NobodyWaitsInACircleWhateverIsLeftOfAStack) {
  for (const bool drain : {false, true}) {
    for (std::size_t missing = 0; missing <= records.size(); ++missing) {
      auto some = records;
      if (missing < some.size()) some.erase(some.begin() + static_cast<std::ptrdiff_t>(missing));
      const Departures going(std::move(some), true, drain);
      for (const auto& [node, departure] : going.all())
        EXPECT_LE(depth(*departure), drain ? 6 : 5) << node;
    }
  }
}

TEST_F(DeparturesOfAStack, PartsOfWhatCannotBeRemovedStayAndTheNextRunGoesOn) {
  sim::FaultRule refused;
  refused.action = "DeleteLoadBalancer";
  refused.code = "OperationNotPermitted";
  run.cloud.faults().add(refused);
  RunOptions how;
  how.drain = false;

  const RunResult stuck = run.destroy("shop", how);

  EXPECT_EQ(stuck.outcome, Outcome::left_behind);
  std::set<std::string> left;
  for (const Leftover& leftover : stuck.left)
    left.insert(leftover.resource.node);
  for (const char* node : {"load_balancer", "listener.http", "rule.api", "target_group.api"})
    EXPECT_TRUE(left.contains(node)) << node;
  EXPECT_GE(run.inventory("listener-rule").size(), 2U);
  EXPECT_TRUE(run.inventory("instance").empty());

  EXPECT_EQ(run.destroy("shop", how).outcome, Outcome::done);
  EXPECT_TRUE(records_of(run).empty());
  EXPECT_TRUE(run.inventory("load-balancer").empty());
}

}  // namespace
}  // namespace albatross
