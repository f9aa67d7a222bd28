#include "simulation/harness/scenario.hpp"
#include "support/effort.hpp"

#include <gtest/gtest.h>

namespace albatross::simulation {
namespace {

constexpr std::uint64_t seeds = test::effort(400, 40);

TEST(SeedSweep, WholeLivesUnderFaultsKillsAndInterruptionsEndAsTheyShould) {
  Verdict sum;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Verdict verdict = run_scenario(seed);
    for (const std::string& complaint : verdict.complaints) {
      ADD_FAILURE() << "seed " << seed << ": " << complaint;
    }
    sum.add(verdict);
    if (HasFailure()) break;
  }
  // A sweep that never reaches the rare paths proves nothing.
  EXPECT_GT(sum.kills, seeds / 4);
  EXPECT_GT(sum.cancellations, seeds / 20);
  if (seeds < 400) return;
  for (const char* kind : {"api_error", "throttle", "http_error", "reset_before", "lost_answer",
                           "delay", "stall", "truncated_body", "malformed_body", "capacity",
                           "load_balancer_failed", "never_healthy", "instance_terminates"}) {
    EXPECT_GT(sum.faults[kind], 0U) << kind;
  }
  for (const std::string& path : rare_paths())
    EXPECT_GT(sum.paths[path], 0U) << path;
}

TEST(SeedSweep, TheSameSeedGivesTheSameRunEventForEvent) {
  for (std::uint64_t seed = 1; seed <= seeds / 10; ++seed) {
    const Verdict first = run_scenario(seed, true);
    const Verdict second = run_scenario(seed, true);
    EXPECT_EQ(first.trace, second.trace) << "seed " << seed;
    EXPECT_EQ(first.log, second.log) << "seed " << seed;
  }
}

}  // namespace
}  // namespace albatross::simulation
