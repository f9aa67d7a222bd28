#include "albatross/runtime/virtual_clock.hpp"

#include "albatross/runtime/concurrency.hpp"
#include "albatross/runtime/entropy.hpp"

#include "support/run_coro.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace albatross {
namespace {

using namespace std::chrono_literals;
using test::run_virtual;

Task<> note_after(VirtualClock& clock, Duration delay, int id, std::vector<int>& order) {
  co_await clock.sleep_for(delay);
  order.push_back(id);
}

TEST(VirtualClock, SleepersDueAtTheSameInstantWakeInTheOrderTheyWentToSleep) {
  std::vector<int> order;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 9; ++i)
      tasks.push_back(note_after(clock, 5s, i, order));
    co_await when_all(std::move(tasks));
  });
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST(VirtualClock, SleepersWakeByTimeNotByStart) {
  std::vector<int> order;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    std::vector<Task<>> tasks;
    tasks.push_back(note_after(clock, 3s, 3, order));
    tasks.push_back(note_after(clock, 1s, 1, order));
    tasks.push_back(note_after(clock, 2s, 2, order));
    co_await when_all(std::move(tasks));
    EXPECT_EQ(clock.now(), TimePoint{3s});
  });
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
}

TEST(VirtualClock, TimeStandsStillWhileAnythingCanRun) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    for (int i = 0; i < 100; ++i)
      co_await clock.sleep_for(0s);
    EXPECT_EQ(clock.now(), TimePoint{});
    co_await clock.sleep_until(TimePoint{} - 1h);
    EXPECT_EQ(clock.now(), TimePoint{});
  });
}

TEST(VirtualClock, WallFollowsNowAndTheSkewMovesOnlyTheWall) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const WallTime start = clock.wall();
    co_await clock.sleep_for(90s);
    EXPECT_EQ(clock.wall() - start, 90s);
    clock.set_wall_skew(-15min);
    EXPECT_EQ(clock.wall() - start, 90s - 15min);
    EXPECT_EQ(clock.now(), TimePoint{90s});
  });
}

TEST(VirtualClock, AHundredThousandSleepsTakeNoRealTime) {
  const SystemClock real;
  const TimePoint start = real.now();
  run_virtual([](VirtualClock& clock) -> Task<> {
    for (int i = 0; i < 100'000; ++i)
      co_await clock.sleep_for(15s);
    EXPECT_EQ(clock.now(), TimePoint{1'500'000s});
  });
  // Seventeen days of virtual time; the bound leaves room for a sanitizer on a busy machine.
  EXPECT_LT(real.now() - start, 60s);
}

TEST(VirtualClock, DriveUntilStopsBeforeTheLimitAndGoesOnLater) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  std::vector<int> order;
  test::Root first(context, note_after(clock, 10s, 1, order));
  test::Root second(context, note_after(clock, 20s, 2, order));
  clock.drive_until(TimePoint{15s});
  EXPECT_EQ(clock.now(), TimePoint{15s});
  EXPECT_EQ(order, std::vector<int>{1});
  EXPECT_EQ(clock.sleeping(), 1U);
  clock.drive();
  EXPECT_TRUE(first.done());
  EXPECT_TRUE(second.done());
  EXPECT_EQ(clock.now(), TimePoint{20s});
}

TEST(VirtualClock, DriveReturnsWhenACoroutineWaitsForWhatNeverHappens) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Gate gate;
  test::Root root(context, gate.wait());
  clock.drive();
  EXPECT_FALSE(root.done());
  root.cancel();
  clock.drive();
  EXPECT_TRUE(root.done());
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

TEST(VirtualClock, SleepingUntilTheEndOfTimeIsWaitingForNothing) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  test::Root root(context, clock.sleep_for(Duration::max()));
  clock.drive();
  EXPECT_FALSE(root.done());
  EXPECT_EQ(clock.now(), TimePoint{});
  root.cancel();
  clock.drive();
  EXPECT_TRUE(root.done());
}

TEST(VirtualClock, CancelledSleeperWakesAtOnceWithOperationAborted) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  test::Root root(context, clock.sleep_for(1h));
  clock.drive_until(TimePoint{1s});
  root.cancel();
  clock.drive();
  EXPECT_EQ(clock.sleeping(), 0U);
  EXPECT_TRUE(root.done());
  EXPECT_EQ(clock.now(), TimePoint{1s});
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

TEST(VirtualClock, AbandonedSleepersAreDestroyedWithTheClock) {
  auto alive = std::make_shared<int>(1);
  {
    boost::asio::io_context context{1};
    VirtualClock clock(context);
    auto sleeper = [](VirtualClock& on, std::shared_ptr<int> kept) -> Task<> {
      co_await on.sleep_for(1h);
      ++*kept;
    };
    test::Root root(context, sleeper(clock, alive));
    clock.drive_until(TimePoint{1s});
    EXPECT_EQ(alive.use_count(), 2);
  }
  EXPECT_EQ(alive.use_count(), 1);
}

Task<> wander(VirtualClock& clock, Entropy& entropy, int id, std::string& trace) {
  for (int i = 0; i < 20; ++i) {
    co_await clock.sleep_for(std::chrono::milliseconds(entropy.below(4)));
    trace +=
        std::to_string(clock.now().time_since_epoch().count()) + ":" + std::to_string(id) + " ";
  }
}

std::string wandering_trace(std::uint64_t seed) {
  std::string trace;
  SeededEntropy entropy(seed);
  run_virtual([&](VirtualClock& clock) -> Task<> {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 8; ++i)
      tasks.push_back(wander(clock, entropy, i, trace));
    co_await when_all(std::move(tasks));
  });
  return trace + std::to_string(entropy.next());
}

TEST(VirtualClock, TheSameSeedTwiceGivesTheSameTrace) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_EQ(wandering_trace(seed), wandering_trace(seed)) << "seed " << seed;
  }
  EXPECT_NE(wandering_trace(1), wandering_trace(2));
}

}  // namespace
}  // namespace albatross
