// How many round trips a deployment and its removal take when AWS itself takes no time: the
// critical path, and nothing beside it.
#include "support/instant_cloud.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace albatross {
namespace {

using test::instant_cloud;
using test::SimulatedRun;
using test::stack_of;
using test::whole_stack;
using namespace std::chrono_literals;

constexpr Duration round_trip = 100ms;

class RoundTrips : public ::testing::Test {
 protected:
  SimulatedRun run{instant_cloud(), 1, round_trip};

  int trips() const { return static_cast<int>(std::lround(run.last_run_seconds / 0.1)); }

  /// The calls since call number `since`, a line for each round trip.
  std::string story(std::uint64_t since) const {
    std::string out;
    TimePoint at{};
    for (const sim::CallRecord& call : run.cloud.calls()) {
      if (call.number <= since) continue;
      out += call.at == at ? " " : "\n";
      at = call.at;
      out += call.action + (call.error_code.empty() ? "" : "(" + call.error_code + ")");
    }
    return out;
  }
};

TEST_F(RoundTrips, ADeploymentTakesSevenAndItsLookAround) {
  const RunResult up = run.deploy(stack_of(whole_stack));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  // VPC; subnets and groups; instances; load balancer; listener; rules; health. Two more at most
  // for what is asked before.
  EXPECT_LE(trips(), 9) << story(0);
}

TEST_F(RoundTrips, ARemovalTakesFiveAndTheReadsAroundIt) {
  run.deploy(stack_of(whole_stack));
  const auto before = run.cloud.total_calls();
  RunOptions how;
  how.drain = false;
  const RunResult down = run.destroy("shop", how);
  ASSERT_EQ(down.outcome, Outcome::done) << (down.failure ? down.failure->text() : "");
  // Load balancer and instances; seeing them gone; groups and subnets; gateway and route table;
  // VPC. One more before, whose account it is, and one after, for the receipt.
  EXPECT_LE(trips(), 7) << story(before);
}

TEST_F(RoundTrips, BothTogetherTakeFewCalls) {
  run.deploy(stack_of(whole_stack));
  RunOptions how;
  how.drain = false;
  run.destroy("shop", how);
  // What is asked before the first change is asked at once, and depends on what there is to check.
  const auto& calls = run.cloud.calls();
  const auto first = std::find_if(calls.begin(), calls.end(), [](const auto& call) {
    return call.action == "CreateVpc" && call.error_code.empty();
  });
  EXPECT_LE(calls.end() - first, 80) << story(0);
  // The role that lets instances mount the file system comes on top.
  const auto role =
      std::count_if(first, calls.end(), [](const auto& call) { return call.service == "iam"; });
  EXPECT_LE(calls.end() - first - role, 75) << story(0);
}

}  // namespace
}  // namespace albatross
