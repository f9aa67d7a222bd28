#include "albatross/runtime/deadline.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "support/run_coro.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

namespace albatross {
namespace {

using namespace std::chrono_literals;
using test::run_virtual;

Task<std::string> answer_after(VirtualClock& clock, Duration delay) {
  co_await clock.sleep_for(delay);
  co_return "an answer that does not fit a small-string buffer";
}

/// Notes that it was unwound, however it ends.
struct Unwound {
  explicit Unwound(bool& flag) : flag_(&flag) {}
  Unwound(const Unwound&) = delete;
  Unwound& operator=(const Unwound&) = delete;
  ~Unwound() { *flag_ = true; }
  bool* flag_;
};

Task<> sleep_noting(VirtualClock& clock, Duration delay, bool& unwound) {
  const Unwound guard(unwound);
  co_await clock.sleep_for(delay);
}

TEST(Deadline, AfterALimitTooLongToRepresentIsNever) {
  boost::asio::io_context context;
  const VirtualClock clock(context);
  EXPECT_TRUE(Deadline::after(clock, Duration::max()).is_never());
  EXPECT_FALSE(Deadline::after(clock, 1h).is_never());
  EXPECT_EQ(Deadline::never().remaining(clock), Duration::max());
  EXPECT_EQ(Deadline(TimePoint{} - 1s).remaining(clock), Duration::zero());
  EXPECT_TRUE(Deadline(TimePoint{}).reached(clock));
  EXPECT_EQ(earlier(Deadline::never(), Deadline(TimePoint{5s})).at(), TimePoint{5s});
}

TEST(WithDeadline, ReturnsTheValueWhenInTime) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const auto deadline = Deadline::after(clock, 10s);
    const auto value = co_await with_deadline(clock, answer_after(clock, 1s), deadline);
    EXPECT_TRUE(value.starts_with("an answer"));
    EXPECT_EQ(clock.now(), TimePoint{1s});
    EXPECT_EQ(clock.sleeping(), 0U);
  });
}

TEST(WithDeadline, CancelsTheOperationWaitsForItAndThrows) {
  bool unwound = false;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    bool exceeded = false;
    try {
      co_await with_deadline(clock, sleep_noting(clock, 1h, unwound), Deadline::after(clock, 10s));
    } catch (const DeadlineExceeded&) {
      exceeded = true;
    }
    EXPECT_TRUE(exceeded);
    EXPECT_TRUE(unwound);
    EXPECT_EQ(clock.now(), TimePoint{10s});
    EXPECT_EQ(clock.sleeping(), 0U);
  });
}

TEST(WithDeadline, NeverSetsNoTimer) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const auto value = co_await with_deadline(clock, answer_after(clock, 100h), Deadline::never());
    EXPECT_FALSE(value.empty());
  });
}

TEST(WithDeadline, AValueAtTheVeryInstantOfTheDeadlineIsKept) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const auto deadline = Deadline::after(clock, 5s);
    const auto value = co_await with_deadline(clock, answer_after(clock, 5s), deadline);
    EXPECT_FALSE(value.empty());
  });
}

/// Cannot be cancelled, and so comes back late with a value.
Task<int> stubborn(VirtualClock& clock) {
  co_await shielded(clock.sleep_for(20s));
  co_return 20;
}

TEST(WithDeadline, AnOutcomeThatArrivesAfterAllIsNotDiscarded) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const auto deadline = Deadline::after(clock, 5s);
    const int value = co_await with_deadline(clock, stubborn(clock), deadline);
    EXPECT_EQ(value, 20);
    EXPECT_EQ(clock.now(), TimePoint{20s});
  });
}

Task<> fail_after(VirtualClock& clock, Duration delay, std::string what) {
  co_await clock.sleep_for(delay);
  throw std::runtime_error(what);
}

TEST(WithDeadline, TheOperationsOwnErrorPassesThrough) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    std::string what;
    auto op = fail_after(clock, 1s, "broken");
    try {
      co_await with_deadline(clock, std::move(op), Deadline::after(clock, 5s));
    } catch (const std::runtime_error& e) {
      what = e.what();
    }
    EXPECT_EQ(what, "broken");
    EXPECT_EQ(clock.now(), TimePoint{1s});
  });
}

Task<std::string> nested(VirtualClock& clock, Duration inner, Duration outer, Duration work) {
  auto op = with_deadline(clock, answer_after(clock, work), Deadline::after(clock, inner));
  co_return co_await with_deadline(clock, std::move(op), Deadline::after(clock, outer));
}

Task<bool> nested_expires_at(VirtualClock& clock, Duration inner, Duration outer, TimePoint at) {
  bool exceeded = false;
  try {
    co_await nested(clock, inner, outer, 1h);
  } catch (const DeadlineExceeded&) {
    exceeded = true;
  }
  co_return exceeded&& clock.now() == at;
}

TEST(WithDeadline, NestedTheEarlierOneCounts) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const bool inner_first = co_await nested_expires_at(clock, 2s, 10s, TimePoint{2s});
    EXPECT_TRUE(inner_first);
    const bool outer_first = co_await nested_expires_at(clock, 10s, 2s, TimePoint{4s});
    EXPECT_TRUE(outer_first);
    const bool together = co_await nested_expires_at(clock, 3s, 3s, TimePoint{7s});
    EXPECT_TRUE(together);
    const auto value = co_await nested(clock, 3s, 4s, 1s);
    EXPECT_FALSE(value.empty());
  });
}

TEST(WithDeadline, CancellationFromOutsideReachesTheOperationAndIsNotATimeout) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  bool unwound = false;
  auto op = sleep_noting(clock, 1h, unwound);
  test::Root root(context, with_deadline(clock, std::move(op), Deadline::after(clock, 10s)));
  clock.drive_until(TimePoint{2s});
  root.cancel();
  clock.drive();
  ASSERT_TRUE(root.done());
  EXPECT_TRUE(unwound);
  EXPECT_EQ(clock.now(), TimePoint{2s});
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

TEST(WithDeadline, APassedDeadlineStillEndsTheOperationInOrder) {
  bool unwound = false;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    co_await clock.sleep_for(1h);
    bool exceeded = false;
    try {
      co_await with_deadline(clock, sleep_noting(clock, 1s, unwound), Deadline(TimePoint{1s}));
    } catch (const DeadlineExceeded&) {
      exceeded = true;
    }
    EXPECT_TRUE(exceeded);
    EXPECT_TRUE(unwound);
    EXPECT_EQ(clock.now(), TimePoint{1h});
  });
}

Task<std::unique_ptr<int>> move_only(VirtualClock& clock) {
  co_await clock.sleep_for(1s);
  co_return std::make_unique<int>(3);
}

TEST(WithDeadline, ValuesMayBeMoveOnly) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    auto bounded = with_deadline(clock, move_only(clock), Deadline::after(clock, 2s));
    const auto value = co_await std::move(bounded);
    EXPECT_EQ(*value, 3);
    const auto shielded_value = co_await shielded(move_only(clock));
    EXPECT_EQ(*shielded_value, 3);
  });
}

TEST(WithDeadline, WorksOnTheRealClock) {
  test::run_coro([](Clock& clock) -> Task<> {
    const TimePoint start = clock.now();
    bool exceeded = false;
    try {
      co_await with_deadline(clock, clock.sleep_for(1h), Deadline::after(clock, 3ms));
    } catch (const DeadlineExceeded&) {
      exceeded = true;
    }
    EXPECT_TRUE(exceeded);
    EXPECT_GE(clock.now() - start, 3ms);
    co_await with_deadline(clock, clock.sleep_for(1ms), Deadline::after(clock, 1h));
  });
}

// An operation may be the very one that cancels the run it belongs to (a callback of an embedder),
// before it has ever suspended.
TEST(WithDeadline, AnOperationThatCancelsItsOwnRunBeforeItSuspendsEndsIt) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  std::optional<test::Root> root;
  auto op = [&]() -> Task<> {
    root->cancel();
    co_await clock.sleep_for(std::chrono::seconds{1});
  };
  auto body = [&]() -> Task<> {
    co_await clock.sleep_for(std::chrono::seconds{1});
    auto cancelling = op();
    co_await with_deadline(clock, std::move(cancelling),
                           Deadline::after(clock, std::chrono::seconds{5}));
  };
  root.emplace(context, body());
  clock.drive();
  ASSERT_TRUE(root->done());
  EXPECT_THROW(root->rethrow(), boost::system::system_error);
}

}  // namespace
}  // namespace albatross
