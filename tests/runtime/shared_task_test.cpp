// One operation, several who wait for it.
#include "albatross/runtime/shared_task.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace albatross {
namespace {

using namespace std::chrono_literals;
using test::run_virtual;

/// How an operation that takes a second went.
struct Operation {
  int started = 0;
  int finished = 0;
  bool fails = false;
};

Task<> operate(Clock& clock, Operation& operation) {
  ++operation.started;
  co_await clock.sleep_for(1s);
  ++operation.finished;
  if (operation.fails) throw std::runtime_error("it failed");
}

Task<> wait_for(SharedTask& shared, int& returned, int& thrown) {
  std::exception_ptr error;
  try {
    co_await shared.wait();
  } catch (const std::runtime_error&) {
    error = std::current_exception();
  }
  ++(error ? thrown : returned);
}

/// Waits, but not longer than that.
Task<> wait_briefly(Clock& clock, SharedTask& shared, Duration patience, int& returned) {
  int thrown = 0;
  auto group = co_await TaskGroup::create();
  group.spawn(wait_for(shared, returned, thrown));
  co_await clock.sleep_for(patience);
  group.cancel();
  co_await group.join();
}

TEST(SharedTask, RunsOnceForAllWhoWait) {
  for (const bool fails : {false, true}) {
    run_virtual([fails](VirtualClock& clock) -> Task<> {
      Operation operation;
      operation.fails = fails;
      SharedTask shared(operate(clock, operation));
      int returned = 0;
      int thrown = 0;
      std::vector<Task<>> waiters;
      for (int i = 0; i < 3; ++i)
        waiters.push_back(wait_for(shared, returned, thrown));
      co_await when_all(std::move(waiters));
      EXPECT_EQ(operation.started, 1);
      EXPECT_EQ(fails ? thrown : returned, 3);
      EXPECT_FALSE(shared.goes_on());
      co_await wait_for(shared, returned, thrown);
      EXPECT_EQ(fails ? thrown : returned, 4) << "and who comes late hears the same";
    });
  }
}

TEST(SharedTask, IsNotStartedBeforeSomebodyWaits) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Operation operation;
    const SharedTask shared(operate(clock, operation));
    co_await clock.sleep_for(5s);
    EXPECT_EQ(operation.started, 0);
    EXPECT_TRUE(shared.goes_on());
  });
}

TEST(SharedTask, GoesOnWhenOneOfSeveralLeavesAlsoTheFirst) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Operation operation;
    SharedTask shared(operate(clock, operation));
    int left = 0;
    int returned = 0;
    int thrown = 0;
    std::vector<Task<>> waiters;
    waiters.push_back(wait_briefly(clock, shared, 300ms, left));
    waiters.push_back(wait_for(shared, returned, thrown));
    co_await when_all(std::move(waiters));
    EXPECT_EQ(left, 0);
    EXPECT_EQ(returned, 1);
    EXPECT_EQ(operation.finished, 1);
  });
}

TEST(SharedTask, IsCancelledByTheLastToLeaveWhoSeesItEnd) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Operation operation;
    SharedTask shared(operate(clock, operation));
    int returned = 0;
    std::vector<Task<>> waiters;
    waiters.push_back(wait_briefly(clock, shared, 300ms, returned));
    waiters.push_back(wait_briefly(clock, shared, 400ms, returned));
    co_await when_all(std::move(waiters));
    EXPECT_EQ(clock.now().time_since_epoch(), Duration{400ms});
    EXPECT_FALSE(shared.goes_on());
    EXPECT_EQ(operation.started, 1);
    EXPECT_EQ(operation.finished, 0);
    EXPECT_EQ(returned, 0);
  });
}

}  // namespace
}  // namespace albatross
