#include "simulation/harness/scenario.hpp"

#include <gtest/gtest.h>

namespace albatross::simulation {
namespace {

#ifdef __OPTIMIZE__
constexpr std::uint64_t seeds = 200;
#else
constexpr std::uint64_t seeds = 40;
#endif

TEST(SeedSweep, WholeLivesUnderFaultsKillsAndCancellationsEndAsTheyShould) {
  Verdict sum;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
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
  EXPECT_GT(sum.kills, seeds / 4);
  EXPECT_GT(sum.cancellations, seeds / 20);
  for (const char* kind : {"throttle", "api_error", "http_error", "reset_before", "lost_answer",
                           "delay", "truncated_body", "malformed_body"}) {
    EXPECT_GT(sum.faults[kind], seeds / 20) << kind;
  }
}

TEST(SeedSweep, TheSameSeedGivesTheSameRunEventForEvent) {
  for (std::uint64_t seed = 1; seed <= seeds / 10; ++seed) {
    const Verdict first = run_scenario(seed);
    const Verdict second = run_scenario(seed);
    EXPECT_EQ(first.trace, second.trace) << "seed " << seed;
    EXPECT_EQ(first.log, second.log) << "seed " << seed;
  }
}

}  // namespace
}  // namespace albatross::simulation
