// No capacity in a zone: the others that the stack allows are tried, evenly, and it is remembered.
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;

constexpr const char* four_instances = R"(
name: shop
network: {vpc: create}
instances: {count: 4, type: t3.small}
services: {web: {port: 8080}}
load_balancer: true
)";

void fill(SimulatedRun& run, const std::string& zone, std::size_t times = sim::FaultRule::forever) {
  sim::FaultRule rule;
  rule.kind = sim::FaultKind::capacity;
  rule.match = zone;
  rule.times = times;
  run.cloud.faults().add(rule);
}

/// Where the instances are, by zone.
std::map<std::string, int> spread(const RunResult& result) {
  std::map<std::string, int> out;
  for (const ResourceRecord& record : result.resources) {
    if (record.kind == "instance") ++out[record.output("zone")];
  }
  return out;
}

std::string words(const RunResult& result) {
  return result.failure ? result.failure->text() : "no failure given";
}

std::size_t mutations(const SimulatedRun& run, std::uint64_t after) {
  std::size_t count = 0;
  for (const sim::CallRecord& call : run.cloud.calls()) {
    const bool reads = call.action.starts_with("Describe") || call.action.starts_with("Get") ||
                       call.action.starts_with("List");
    if (call.number > after && !reads) ++count;
  }
  return count;
}

TEST(Capacity, AFullZoneIsLeftForTheOtherAndThatIsSaid) {
  SimulatedRun run;
  fill(run, "us-east-1a");
  const RunResult up = run.deploy(stack_of(four_instances));

  ASSERT_EQ(up.outcome, Outcome::done) << words(up);
  EXPECT_EQ(spread(up), (std::map<std::string, int>{{"us-east-1b", 4}}));
  ASSERT_EQ(up.warnings.size(), 2U);
  EXPECT_EQ(up.warnings.front(),
            "no capacity for instance.app.0 in us-east-1a (InsufficientInstanceCapacity); trying "
            "us-east-1b");
}

TEST(Capacity, TheNextDeployLeavesThemWhereTheyAreEvenWhenTheZoneHasRoomAgain) {
  SimulatedRun run;
  fill(run, "us-east-1a", 2);
  const RunResult up = run.deploy(stack_of(four_instances));
  ASSERT_EQ(up.outcome, Outcome::done) << words(up);
  const auto calls = run.cloud.total_calls();

  const RunResult again = run.deploy(stack_of(four_instances));

  EXPECT_EQ(again.outcome, Outcome::done) << words(again);
  EXPECT_EQ(spread(again), spread(up));
  EXPECT_EQ(mutations(run, calls), 0U);
}

TEST(Capacity, ThoseThatMoveAreSpreadOverTheZonesThatAreLeft) {
  SimulatedRun run;
  Stack stack = stack_of(four_instances);
  stack.network.zones = {"us-east-1a", "us-east-1b", "us-east-1c"};
  stack.instances.count = 6;
  fill(run, "us-east-1a");
  const RunResult up = run.deploy(stack);
  ASSERT_EQ(up.outcome, Outcome::done) << words(up);
  EXPECT_EQ(spread(up), (std::map<std::string, int>{{"us-east-1b", 3}, {"us-east-1c", 3}}));
}

TEST(Capacity, AThirdZoneIsTakenWhenTheFileLeavesTheChoiceOpen) {
  for (const char* network : {"network: {vpc: create}", "network: {vpc: default}"}) {
    SimulatedRun run;
    const auto before = run.inventory();
    fill(run, "us-east-1a");
    fill(run, "us-east-1b");
    const std::string text = std::string(network) + R"(
name: shop
instances: {count: 2, type: t3.small}
services: {web: {port: 8080}}
load_balancer: true
)";
    const RunResult up = run.deploy(stack_of(text));
    ASSERT_EQ(up.outcome, Outcome::done) << network << ": " << words(up);
    EXPECT_EQ(spread(up), (std::map<std::string, int>{{"us-east-1c", 2}})) << network;
    const bool said =
        std::any_of(up.warnings.begin(), up.warnings.end(), [](const std::string& warning) {
          return warning.find("adding us-east-1c") != std::string::npos;
        });
    EXPECT_TRUE(said) << network;

    const auto calls = run.cloud.total_calls();
    EXPECT_EQ(run.deploy(stack_of(text)).outcome, Outcome::done);
    EXPECT_EQ(mutations(run, calls), 0U) << network;
    EXPECT_EQ(run.destroy("shop").outcome, Outcome::done);
    EXPECT_EQ(run.inventory(), before) << network;
  }
}

TEST(Capacity, ZonesThatTheFileNamesAreAllThatIsTried) {
  SimulatedRun run;
  Stack stack = stack_of(four_instances);
  stack.network.zones = {"us-east-1a", "us-east-1b"};
  fill(run, "us-east-1a");
  fill(run, "us-east-1b");
  const RunResult failed = run.deploy(stack);
  EXPECT_EQ(failed.outcome, Outcome::failed);
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_EQ(failed.failure->code, "InsufficientInstanceCapacity");
  EXPECT_EQ(run.inventory("instance").size(), 0U);
}

TEST(Capacity, AnInstanceThatAwsTakesBackAtItsStartIsLaunchedElsewhere) {
  SimulatedRun run;
  sim::FaultRule taken_back;
  taken_back.kind = sim::FaultKind::instance_terminates;
  taken_back.code = "Server.InsufficientInstanceCapacity";
  run.cloud.faults().add(taken_back);

  const RunResult up = run.deploy(stack_of(four_instances));

  ASSERT_EQ(up.outcome, Outcome::done) << words(up);
  EXPECT_EQ(run.inventory("instance").size(), 4U);
  EXPECT_EQ(run.succeeded("RunInstances"), 5U);
  ASSERT_EQ(up.warnings.size(), 1U);
}

TEST(Capacity, EachTryHasATokenOfItsOwn) {
  SimulatedRun run;
  fill(run, "us-east-1a", 1);
  const RunResult up = run.deploy(stack_of(four_instances));
  ASSERT_EQ(up.outcome, Outcome::done) << words(up);
  std::set<std::string> tokens;
  std::size_t launches = 0;
  for (const sim::CallRecord& call : run.cloud.calls()) {
    if (call.action != "RunInstances") continue;
    ++launches;
    const auto at = call.parameters.find("ClientToken=");
    ASSERT_NE(at, std::string::npos) << call.parameters;
    tokens.insert(call.parameters.substr(at, call.parameters.find(' ', at) - at));
  }
  EXPECT_EQ(launches, 5U);
  EXPECT_EQ(tokens.size(), launches) << "one that was refused in a zone is not used in another";
}

}  // namespace
}  // namespace albatross
