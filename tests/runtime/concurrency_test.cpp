// when_all, TaskGroup, shielded, and what cancellation does to each.
#include "albatross/runtime/concurrency.hpp"

#include "support/run_coro.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace albatross {
namespace {

using namespace std::chrono_literals;
using test::run_virtual;

/// Counts coroutines that are alive.
struct Alive {
  explicit Alive(int& count) : count_(&count) { ++*count_; }
  Alive(const Alive&) = delete;
  Alive& operator=(const Alive&) = delete;
  ~Alive() { --*count_; }
  int* count_;
};

Task<> work(VirtualClock& clock, Duration time, int& alive, int& finished) {
  const Alive guard(alive);
  co_await clock.sleep_for(time);
  ++finished;
}

Task<> fail(VirtualClock& clock, Duration time, std::string what) {
  co_await clock.sleep_for(time);
  throw std::runtime_error(what);
}

Task<std::string> error_of(Task<> op) {
  std::string what = "no error";
  try {
    co_await std::move(op);
  } catch (const boost::system::system_error&) {
    what = "cancelled";
  } catch (const std::exception& e) {
    what = e.what();
  }
  co_return what;
}

TEST(WhenAll, OfNothingIsDone) {
  run_virtual([](VirtualClock&) -> Task<> {
    std::vector<Task<>> none;
    co_await when_all(std::move(none));
  });
}

TEST(WhenAll, TakesAsLongAsTheSlowest) {
  int alive = 0;
  int finished = 0;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    std::vector<Task<>> tasks;
    for (int i = 1; i <= 5; ++i)
      tasks.push_back(work(clock, i * 10s, alive, finished));
    co_await when_all(std::move(tasks));
    EXPECT_EQ(clock.now(), TimePoint{50s});
  });
  EXPECT_EQ(finished, 5);
}

TEST(WhenAll, ThrowsTheFirstFailureInTimeAfterAllSiblingsUnwound) {
  int alive = 0;
  int finished = 0;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    std::vector<Task<>> tasks;
    tasks.push_back(work(clock, 1h, alive, finished));
    tasks.push_back(fail(clock, 30s, "late"));
    tasks.push_back(fail(clock, 20s, "first"));
    tasks.push_back(work(clock, 10s, alive, finished));
    const auto what = co_await error_of(when_all(std::move(tasks)));
    EXPECT_EQ(what, "first");
    EXPECT_EQ(clock.now(), TimePoint{20s});
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(clock.sleeping(), 0U);
  });
  EXPECT_EQ(finished, 1);
}

Task<> fail_at_once() {
  throw std::runtime_error("at once");
  co_return;
}

TEST(WhenAll, AFailureBeforeTheFirstWaitCancelsTheSiblingsToo) {
  int alive = 0;
  int finished = 0;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    std::vector<Task<>> tasks;
    tasks.push_back(work(clock, 1h, alive, finished));
    tasks.push_back(fail_at_once());
    tasks.push_back(work(clock, 1h, alive, finished));
    const auto what = co_await error_of(when_all(std::move(tasks)));
    EXPECT_EQ(what, "at once");
    EXPECT_EQ(clock.now(), TimePoint{});
  });
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(finished, 0);
}

TEST(WhenAll, CancellationFromOutsideReachesEveryChild) {
  int alive = 0;
  int finished = 0;
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  std::vector<Task<>> tasks;
  for (int i = 0; i < 3; ++i)
    tasks.push_back(work(clock, 1h, alive, finished));
  test::Root root(context, when_all(std::move(tasks)));
  clock.drive_until(TimePoint{1s});
  EXPECT_EQ(alive, 3);
  root.cancel();
  clock.drive();
  ASSERT_TRUE(root.done());
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(finished, 0);
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

TEST(TaskGroup, SpawnDoesNotRunTheChildYet) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    int alive = 0;
    int finished = 0;
    auto group = co_await TaskGroup::create();
    group.spawn(work(clock, 1s, alive, finished));
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(group.size(), 1U);
    co_await group.join();
    EXPECT_EQ(finished, 1);
    EXPECT_EQ(group.size(), 0U);
  });
}

TEST(TaskGroup, CancelledOnPurposeJoinsWithoutError) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    int alive = 0;
    int finished = 0;
    auto group = co_await TaskGroup::create();
    group.spawn(work(clock, 1h, alive, finished));
    group.spawn(work(clock, 2h, alive, finished));
    co_await clock.sleep_for(1s);
    EXPECT_EQ(alive, 2);
    group.cancel();
    EXPECT_TRUE(group.cancelled());
    group.spawn(work(clock, 1s, alive, finished));  // dropped
    co_await group.join();
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(finished, 0);
    EXPECT_EQ(clock.now(), TimePoint{1s});
  });
}

TEST(TaskGroup, ChildrenMaySpawnSiblingsAndJoinWaitsForThoseToo) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    int alive = 0;
    int finished = 0;
    co_await TaskGroup::run([&](TaskGroup& group) -> Task<> {
      co_await clock.sleep_for(1s);
      group.spawn(work(clock, 5s, alive, finished));
    });
    EXPECT_EQ(finished, 1);
    EXPECT_EQ(clock.now(), TimePoint{6s});
  });
}

TEST(TaskGroup, CancelledJoinerStillWaitsForItsChildren) {
  int unwound_at = 0;
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  auto slow_to_leave = [&]() -> Task<> {
    std::exception_ptr error;
    try {
      co_await clock.sleep_for(1h);
    } catch (...) {
      error = std::current_exception();
    }
    co_await ignore_cancellation();
    co_await clock.sleep_for(30s);
    unwound_at = static_cast<int>(clock.now().time_since_epoch() / 1s);
    if (error) std::rethrow_exception(error);
  };
  auto body = [&]() -> Task<> {
    auto group = co_await TaskGroup::create();
    group.spawn(slow_to_leave());
    co_await group.join();
  };
  test::Root root(context, body());
  clock.drive_until(TimePoint{10s});
  root.cancel();
  clock.drive();
  ASSERT_TRUE(root.done());
  EXPECT_EQ(unwound_at, 40);
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

TEST(TaskGroup, RunSurvivesABodyThatIsCancelledBetweenSpawnAndJoin) {
  int alive = 0;
  int finished = 0;
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  auto run = TaskGroup::run([&](TaskGroup& group) -> Task<> {
    group.spawn(work(clock, 1h, alive, finished));
    co_await clock.sleep_for(2h);
  });
  test::Root root(context, std::move(run));
  clock.drive_until(TimePoint{1s});
  EXPECT_EQ(alive, 1);
  root.cancel();
  clock.drive();
  ASSERT_TRUE(root.done());
  EXPECT_EQ(alive, 0);
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

TEST(TaskGroup, RunThrowsTheBodysErrorAfterTheSiblingsUnwound) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    int alive = 0;
    int finished = 0;
    auto run = TaskGroup::run([&](TaskGroup& group) -> Task<> {
      group.spawn(work(clock, 1h, alive, finished));
      co_await clock.sleep_for(1s);
      throw std::runtime_error("body");
    });
    const auto what = co_await error_of(std::move(run));
    EXPECT_EQ(what, "body");
    EXPECT_EQ(alive, 0);
  });
}

TEST(TaskGroup, AChildThatCancelsItsGroupAtOnceEndsInOrder) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    int alive = 0;
    int finished = 0;
    co_await TaskGroup::run([&](TaskGroup& group) -> Task<> {
      group.spawn(work(clock, 1h, alive, finished));
      group.cancel();
      co_return;
    });
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(finished, 0);
  });
}

TEST(TaskGroupDeathTest, DestroyedWithChildrenAborts) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(run_virtual([](VirtualClock& clock) -> Task<> {
                 auto group = co_await TaskGroup::create();
                 group.spawn(clock.sleep_for(1h));
               }),
               "joined");
}

TEST(Shielded, FinishesDespiteCancellationWhichIsSeenAtTheNextAwait) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  int alive = 0;
  int finished = 0;
  bool returned = false;
  auto body = [&]() -> Task<> {
    co_await shielded(work(clock, 60s, alive, finished));
    returned = true;
    co_await clock.sleep_for(1h);
  };
  test::Root root(context, body());
  clock.drive_until(TimePoint{1s});
  root.cancel();
  clock.drive();
  ASSERT_TRUE(root.done());
  EXPECT_EQ(finished, 1);
  EXPECT_TRUE(returned);
  EXPECT_EQ(clock.now(), TimePoint{60s});
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

TEST(Shielded, PassesErrorsOn) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const auto what = co_await error_of(shielded(fail(clock, 1s, "inner")));
    EXPECT_EQ(what, "inner");
  });
}

TEST(Shielded, BoundByADeadlineOfItsOwn) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    auto bounded = with_deadline(clock, clock.sleep_for(1h), Deadline::after(clock, 5s));
    const auto what = co_await error_of(shielded(std::move(bounded)));
    EXPECT_EQ(what, "deadline exceeded");
    EXPECT_EQ(clock.now(), TimePoint{5s});
  });
}

TEST(IgnoreCancellation, LetsCleanupRunInACancelledCoroutine) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  bool cleaned = false;
  auto body = [&]() -> Task<> {
    std::exception_ptr error;
    try {
      co_await clock.sleep_for(1h);
    } catch (...) {
      error = std::current_exception();
    }
    co_await ignore_cancellation();
    co_await clock.sleep_for(5s);
    cleaned = true;
    if (error) std::rethrow_exception(error);
  };
  test::Root root(context, body());
  clock.drive_until(TimePoint{1s});
  root.cancel();
  clock.drive();
  ASSERT_TRUE(root.done());
  EXPECT_TRUE(cleaned);
  EXPECT_EQ(clock.now(), TimePoint{6s});
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

TEST(IsCancellation, TellsAnAbortedWaitFromEveryOtherError) {
  using boost::system::system_error;
  EXPECT_TRUE(is_cancellation(
      std::make_exception_ptr(system_error(boost::asio::error::operation_aborted))));
  EXPECT_FALSE(
      is_cancellation(std::make_exception_ptr(system_error(boost::asio::error::connection_reset))));
  EXPECT_FALSE(is_cancellation(std::make_exception_ptr(DeadlineExceeded())));
  EXPECT_FALSE(is_cancellation(std::make_exception_ptr(5)));
  EXPECT_FALSE(is_cancellation(nullptr));
}

TEST(CancellationRequested, IsFalseInACoroutineNobodyCancelled) {
  run_virtual([](VirtualClock&) -> Task<> {
    const bool requested = co_await cancellation_requested();
    EXPECT_FALSE(requested);
  });
}

TEST(WhenAll, WorksOnTheRealClock) {
  test::run_coro([](Clock& clock) -> Task<> {
    const TimePoint start = clock.now();
    std::vector<Task<>> tasks;
    for (int i = 0; i < 50; ++i)
      tasks.push_back(clock.sleep_for(20ms));
    co_await when_all(std::move(tasks));
    EXPECT_LT(clock.now() - start, 500ms);  // one after the other: a second
  });
}

}  // namespace
}  // namespace albatross
