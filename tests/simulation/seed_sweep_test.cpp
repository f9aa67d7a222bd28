#include "simulation/harness/scenario.hpp"

#include <gtest/gtest.h>

namespace albatross::simulation {
namespace {

TEST(SeedSweep, WholeLivesUnderFaultsKillsAndCancellationsEndAsTheyShould) {
  Verdict sum;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Verdict verdict = run_scenario(seed);
    for (const std::string& complaint : verdict.complaints) {
      ADD_FAILURE() << "seed " << seed << ": " << complaint;
    }
    sum.kills += verdict.kills;
    sum.cancellations += verdict.cancellations;
    for (const auto& [kind, count] : verdict.faults)
      sum.faults[kind] += count;
    if (HasFailure()) break;
  }
  // A sweep that never reaches the rare paths proves nothing.
  EXPECT_GT(sum.kills, 50U);
  EXPECT_GT(sum.cancellations, 10U);
  for (const char* kind : {"throttle", "api_error", "http_error", "reset_before", "lost_answer",
                           "delay", "truncated_body", "malformed_body"}) {
    EXPECT_GT(sum.faults[kind], 10U) << kind;
  }
}

TEST(SeedSweep, TheSameSeedGivesTheSameRunEventForEvent) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Verdict first = run_scenario(seed);
    const Verdict second = run_scenario(seed);
    EXPECT_EQ(first.trace, second.trace) << "seed " << seed;
    EXPECT_EQ(first.log, second.log) << "seed " << seed;
  }
}

}  // namespace
}  // namespace albatross::simulation
