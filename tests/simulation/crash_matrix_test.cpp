// Killed before or after any single call, read or write, the next run goes on where the dead one
// stood, whatever that next run is.
#include "simulation/harness/account.hpp"
#include "simulation/harness/scenario.hpp"
#include "support/effort.hpp"
#include "support/lines.hpp"

#include <gtest/gtest.h>

#include <string>

namespace albatross::simulation {
namespace {

using test::joined;

// Every single point, or a sample of them.
constexpr std::size_t stride = test::effort(1, 29);

Fate killed_at(std::size_t point) {
  Fate fate;
  fate.kill_at = point;
  return fate;
}

class CrashMatrix : public ::testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override { stack_ = sample_stacks()[GetParam()]; }

  /// That run ends well, or there is nothing that it could work on.
  static void expect_done(const Life& life, const std::string& after) {
    const bool nothing_known = life.error.starts_with("there is no stack");
    ASSERT_TRUE(nothing_known || life.result.has_value()) << after << ": " << life.error;
    if (nothing_known) return;
    EXPECT_EQ(life.result->outcome, Outcome::done)
        << after << ": "
        << (life.result->failure ? life.result->failure->text() : "no failure given");
  }

  /// A stack that stands; `killed` is killed at every point in turn, then `next` has to end well
  /// and store and cloud agree; at last a destroy leaves nothing.
  /// @return how many points there were
  std::size_t walk(bool deployed_before, Verb killed, Verb next) {
    for (std::size_t at = 0;; at += stride) {
      Account account(plain_cloud(), 7);
      const auto before = account.inventory();
      if (deployed_before) account.live(Verb::deploy, stack_);
      Fate fate = killed_at(at);
      fate.drain = drain_;
      const Life life = account.live(killed, stack_, fate);
      if (life.killed_at.empty()) return at;
      account.wait(std::chrono::seconds{1});
      expect_done(account.live(next, stack_), life.killed_at);
      EXPECT_EQ(joined(account.disagreements()), "") << life.killed_at;
      EXPECT_EQ(joined(account.duplicates()), "") << life.killed_at;
      if (next != Verb::destroy) account.live(Verb::destroy, stack_);
      EXPECT_EQ(joined(account.difference(before)), "") << life.killed_at;
      if (HasFailure()) return at;
    }
  }

  Stack stack_;
  bool drain_ = true;
};

TEST_P(CrashMatrix, ADeployKilledAnywhereIsFinishedByTheNext) {
  EXPECT_GT(walk(false, Verb::deploy, Verb::deploy), 100U) << "too small to mean anything";
}

TEST_P(CrashMatrix, ADeployKilledAnywhereCanBeDestroyedAtOnce) {
  EXPECT_GT(walk(false, Verb::deploy, Verb::destroy), 100U);
}

TEST_P(CrashMatrix, ADeployKilledAnywhereCanBeRolledBackAtOnce) {
  EXPECT_GT(walk(false, Verb::deploy, Verb::rollback_load_balancer), 100U);
}

TEST_P(CrashMatrix, ADestroyKilledAnywhereIsFinishedByTheNext) {
  EXPECT_GT(walk(true, Verb::destroy, Verb::destroy), 50U);
}

TEST_P(CrashMatrix, ADestroyKilledAnywhereIsTurnedRoundByADeploy) {
  EXPECT_GT(walk(true, Verb::destroy, Verb::deploy), 50U);
}

// Without draining, more goes along with something else.
TEST_P(CrashMatrix, AHurriedDestroyKilledAnywhereIsFinishedByTheNext) {
  drain_ = false;
  EXPECT_GT(walk(true, Verb::destroy, Verb::destroy), 50U);
}

TEST_P(CrashMatrix, AHurriedDestroyKilledAnywhereIsTurnedRoundByADeploy) {
  drain_ = false;
  EXPECT_GT(walk(true, Verb::destroy, Verb::deploy), 50U);
}

TEST_P(CrashMatrix, ARollbackKilledAnywhereIsFinishedByTheNext) {
  EXPECT_GT(walk(true, Verb::rollback_load_balancer, Verb::rollback_load_balancer), 5U);
}

TEST_P(CrashMatrix, ARollbackKilledAnywhereIsTurnedRoundByADeploy) {
  EXPECT_GT(walk(true, Verb::rollback_load_balancer, Verb::deploy), 5U);
}

TEST_P(CrashMatrix, ARollbackOfEverythingKilledAnywhereIsFinishedByADestroy) {
  EXPECT_GT(walk(true, Verb::rollback_all, Verb::destroy), 50U);
}

INSTANTIATE_TEST_SUITE_P(SampleStacks, CrashMatrix, ::testing::Values(0U, 1U, 2U, 3U, 4U));

}  // namespace
}  // namespace albatross::simulation
