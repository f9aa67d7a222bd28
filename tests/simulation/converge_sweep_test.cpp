#include "simulation/harness/changes.hpp"
#include "support/effort.hpp"

#include <gtest/gtest.h>

namespace albatross::simulation {
namespace {

constexpr std::uint64_t seeds = test::effort(40, 6);

TEST(ConvergeSweep, StacksWhoseFilesChangeUnderFaultsAndKillsEndAsTheyShould) {
  Verdict sum;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Verdict verdict = run_changing_scenario(seed);
    for (const std::string& complaint : verdict.complaints)
      ADD_FAILURE() << "seed " << seed << ": " << complaint;
    sum.kills += verdict.kills;
    sum.cancellations += verdict.cancellations;
    if (HasFailure()) break;
  }
  EXPECT_GT(sum.kills, seeds / 4);
  EXPECT_GT(sum.cancellations, seeds / 8);
}

TEST(ConvergeSweep, TheSameSeedGivesTheSameRunEventForEvent) {
  const Verdict first = run_changing_scenario(5);
  const Verdict second = run_changing_scenario(5);
  EXPECT_EQ(first.trace, second.trace);
  EXPECT_EQ(first.log, second.log);
}

}  // namespace
}  // namespace albatross::simulation
