#include "albatross/clients/retry.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Backoff, DoublesUpToTheCap) {
  const auto longest = [](int attempt) { return backoff(attempt, 1.0, seconds{20}); };
  EXPECT_EQ(longest(1), seconds{1});
  EXPECT_EQ(longest(2), seconds{2});
  EXPECT_EQ(longest(3), seconds{4});
  EXPECT_EQ(longest(5), seconds{16});
  EXPECT_EQ(longest(6), seconds{20});
  EXPECT_EQ(longest(1'000'000), seconds{20});
}

TEST(Backoff, JitterCoversTheWholeRange) {
  EXPECT_EQ(backoff(3, 0.0, seconds{20}), Duration::zero());
  EXPECT_EQ(backoff(3, 0.5, seconds{20}), seconds{2});
}

TEST(Backoff, CapBelowASecondHolds) {
  EXPECT_EQ(backoff(1, 1.0, milliseconds{200}), milliseconds{200});
}

TEST(RetryQuota, RetriesEmptyItAndTimeoutsCostDouble) {
  RetryQuota quota;
  EXPECT_TRUE(quota.take(false));
  EXPECT_EQ(quota.available(), 495);
  EXPECT_TRUE(quota.take(true));
  EXPECT_EQ(quota.available(), 485);
  while (quota.take(false)) {
  }
  EXPECT_LT(quota.available(), 5);
  EXPECT_FALSE(quota.take(true));
}

TEST(RetryQuota, RefusalTakesNothing) {
  RetryQuota quota;
  for (int i = 0; i < 99; ++i)
    quota.take(false);
  EXPECT_EQ(quota.available(), 5);
  EXPECT_FALSE(quota.take(true));
  EXPECT_EQ(quota.available(), 5);
  EXPECT_TRUE(quota.take(false));
}

TEST(RetryQuota, SuccessRefillsButNeverBeyondTheCapacity) {
  RetryQuota quota;
  quota.take(true);
  quota.give_back(true, true);
  EXPECT_EQ(quota.available(), 500);
  quota.take(false);
  quota.give_back(false, false);
  EXPECT_EQ(quota.available(), 496);
  quota.give_back(true, false);
  quota.give_back(true, false);
  EXPECT_EQ(quota.available(), 500);
}

}  // namespace
}  // namespace albatross
