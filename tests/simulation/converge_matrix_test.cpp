// A change of a stack that stands, killed before or after any single call or write, is finished,
// taken back, or destroyed by the next run.
#include "simulation/harness/account.hpp"
#include "simulation/harness/changes.hpp"
#include "support/effort.hpp"
#include "support/lines.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace albatross::simulation {
namespace {

using test::joined;

// A sample of the points, with another first one for each change and outcome.
constexpr std::size_t stride = test::effort(7, 97);

enum class Then { deploy_again, take_back, destroy };

struct Case {
  std::size_t change = 0;
  Then then = Then::deploy_again;
};

class ConvergeMatrix : public ::testing::TestWithParam<Case> {};

void expect_done(const Life& life, const std::string& where) {
  ASSERT_TRUE(life.result.has_value()) << where << ": " << life.error;
  EXPECT_EQ(life.result->outcome, Outcome::done)
      << where << ": " << (life.result->failure ? life.result->failure->text() : "no failure");
}

TEST_P(ConvergeMatrix, AChangeKilledAnywhereLeavesNothingUnknown) {
  const StackChange change = sample_changes()[GetParam().change];
  const std::size_t which = GetParam().change * 3 + static_cast<std::size_t>(GetParam().then);
  const std::size_t first = which * 11 % stride;
  std::size_t points = 0;
  for (std::size_t at = first;; at += stride) {
    Account account(plain_cloud(), 7);
    const auto before = account.inventory();
    expect_done(account.live(Verb::deploy, change.before), "the first deploy");
    const Life killed = account.live(Verb::deploy, change.after, at);
    if (killed.killed_at.empty()) break;
    ++points;
    const std::string where = change.name + " killed " + killed.killed_at;
    account.wait(std::chrono::seconds{1});
    if (GetParam().then != Then::destroy) {
      const bool back = GetParam().then == Then::take_back;
      expect_done(account.live(Verb::deploy, back ? change.before : change.after), where);
      EXPECT_EQ(joined(account.disagreements()), "") << where;
    }
    expect_done(account.live(Verb::destroy, change.after), where + ", destroy");
    EXPECT_EQ(joined(account.difference(before)), "") << where;
    if (HasFailure()) break;
  }
  EXPECT_GE(points, test::effort(4, 0)) << "the matrix is too small to mean anything";
}

std::vector<Case> all_cases() {
  std::vector<Case> out;
  for (std::size_t change = 0; change < sample_changes().size(); ++change) {
    for (const Then then : {Then::deploy_again, Then::take_back, Then::destroy})
      out.push_back({change, then});
  }
  return out;
}

std::string name_of(const ::testing::TestParamInfo<Case>& tested) {
  static constexpr std::array<const char*, 3> names{"again", "back", "destroy"};
  return sample_changes()[tested.param.change].name + "_" +
         names.at(static_cast<std::size_t>(tested.param.then));
}

INSTANTIATE_TEST_SUITE_P(Changes, ConvergeMatrix, ::testing::ValuesIn(all_cases()), name_of);

}  // namespace
}  // namespace albatross::simulation
