// Killed before or after any single call or write, the next run goes on where the dead one stood.
#include "simulation/harness/account.hpp"
#include "simulation/harness/scenario.hpp"

#include <gtest/gtest.h>

#include <string>

namespace albatross::simulation {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines)
    out += line + "\n";
  return out;
}

// Every single point in an optimised build; a sample of them where each run is twenty times slower.
#ifdef __OPTIMIZE__
constexpr std::size_t stride = 1;
#else
constexpr std::size_t stride = 29;
#endif

sim::CloudOptions plain_cloud() {
  return {};
}

class CrashMatrix : public ::testing::TestWithParam<std::size_t> {
 protected:
  Stack stack() const { return sample_stacks()[GetParam()]; }
};

TEST_P(CrashMatrix, ADeployKilledAnywhereIsFinishedByTheNext) {
  for (std::size_t at = 0;; at += stride) {
    Account account(plain_cloud(), 7);
    const auto before = account.inventory();
    const Life killed = account.live(Verb::deploy, stack(), at);
    if (killed.killed_at.empty()) {
      EXPECT_GT(at, 100U) << "the matrix is too small to mean anything";
      break;
    }
    account.wait(std::chrono::seconds{1});
    const Life next = account.live(Verb::deploy, stack());
    ASSERT_TRUE(next.result.has_value()) << killed.killed_at << ": " << next.error;
    EXPECT_EQ(next.result->outcome, Outcome::done)
        << killed.killed_at << ": "
        << (next.result->failure ? next.result->failure->text() : "no failure given");
    EXPECT_EQ(joined(account.disagreements()), "") << killed.killed_at;
    account.live(Verb::destroy, stack());
    EXPECT_EQ(joined(account.difference(before)), "") << killed.killed_at;
    if (HasFailure()) break;
  }
}

TEST_P(CrashMatrix, ADeployKilledAnywhereCanBeDestroyedAtOnce) {
  for (std::size_t at = 0;; at += stride) {
    Account account(plain_cloud(), 7);
    const auto before = account.inventory();
    const Life killed = account.live(Verb::deploy, stack(), at);
    if (killed.killed_at.empty()) break;
    const Life next = account.live(Verb::destroy, stack());
    const bool nothing_known = next.error.starts_with("there is no stack");
    EXPECT_TRUE(nothing_known || (next.result && next.result->outcome == Outcome::done))
        << killed.killed_at << ": " << next.error;
    EXPECT_EQ(joined(account.difference(before)), "") << killed.killed_at;
    if (HasFailure()) break;
  }
}

TEST_P(CrashMatrix, ADestroyKilledAnywhereIsFinishedByTheNext) {
  for (std::size_t at = 0;; at += stride) {
    Account account(plain_cloud(), 7);
    const auto before = account.inventory();
    account.live(Verb::deploy, stack());
    const Life killed = account.live(Verb::destroy, stack(), at);
    if (killed.killed_at.empty()) break;
    const Life next = account.live(Verb::destroy, stack());
    const bool nothing_known = next.error.starts_with("there is no stack");
    EXPECT_TRUE(nothing_known || (next.result && next.result->outcome == Outcome::done))
        << killed.killed_at << ": " << next.error;
    EXPECT_EQ(joined(account.difference(before)), "") << killed.killed_at;
    if (HasFailure()) break;
  }
}

INSTANTIATE_TEST_SUITE_P(SampleStacks, CrashMatrix, ::testing::Values(0U, 1U, 2U, 3U));

}  // namespace
}  // namespace albatross::simulation
