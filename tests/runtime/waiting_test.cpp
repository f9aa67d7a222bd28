// Gate and Semaphore.
#include "albatross/runtime/concurrency.hpp"

#include "support/run_coro.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace albatross {
namespace {

using namespace std::chrono_literals;
using test::run_virtual;

Task<> pass(Gate& gate, int id, std::vector<int>& order) {
  co_await gate.wait();
  order.push_back(id);
}

Task<> open_after(VirtualClock& clock, Duration delay, Gate& gate) {
  co_await clock.sleep_for(delay);
  gate.open();
}

TEST(Gate, OpeningWakesEveryWaiterInOrder) {
  std::vector<int> order;
  Gate gate;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 4; ++i)
      tasks.push_back(pass(gate, i, order));
    tasks.push_back(open_after(clock, 3s, gate));
    co_await when_all(std::move(tasks));
    EXPECT_EQ(clock.now(), TimePoint{3s});
    co_await gate.wait();
    EXPECT_TRUE(gate.is_open());
  });
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
}

TEST(Gate, ClosedAgainItHoldsNewcomersButNotThoseAlreadyWoken) {
  std::vector<int> order;
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Gate gate;
  test::Root early(context, pass(gate, 1, order));
  clock.drive();
  gate.open();
  gate.close();
  test::Root late(context, pass(gate, 2, order));
  clock.drive();
  EXPECT_TRUE(early.done());
  EXPECT_FALSE(late.done());
  gate.open();
  clock.drive();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST(Gate, ACancelledWaiterLeavesTheOthersInLine) {
  std::vector<int> order;
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Gate gate;
  test::Root first(context, pass(gate, 1, order));
  test::Root second(context, pass(gate, 2, order));
  test::Root third(context, pass(gate, 3, order));
  clock.drive();
  second.cancel();
  clock.drive();
  ASSERT_TRUE(second.done());
  EXPECT_THROW(second.rethrow(), boost::system::system_error);
  EXPECT_FALSE(first.done());
  gate.open();
  second.cancel();  // too late, and harmless
  clock.drive();
  EXPECT_EQ(order, (std::vector<int>{1, 3}));
}

Task<> hold(VirtualClock& clock, Semaphore& semaphore, Duration time, std::string& trace,
            char name) {
  co_await semaphore.acquire();
  trace += name;
  co_await clock.sleep_for(time);
  semaphore.release();
}

TEST(Semaphore, AdmitsAsManyAsItHasSlotsInOrderOfArrival) {
  std::string trace;
  Semaphore semaphore(2);
  run_virtual([&](VirtualClock& clock) -> Task<> {
    std::vector<Task<>> tasks;
    for (const char name : {'a', 'b', 'c', 'd', 'e'}) {
      tasks.push_back(hold(clock, semaphore, 10s, trace, name));
    }
    co_await when_all(std::move(tasks));
    EXPECT_EQ(clock.now(), TimePoint{30s});
  });
  EXPECT_EQ(trace, "abcde");
  EXPECT_EQ(semaphore.available(), 2U);
}

TEST(Semaphore, AReleasedSlotGoesToTheWaiterAndNotToWhoAsksNext) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Semaphore semaphore(1);
  test::Root holder(context, semaphore.acquire());
  clock.drive();
  test::Root waiter(context, semaphore.acquire());
  clock.drive();
  semaphore.release();
  EXPECT_EQ(semaphore.available(), 0U);
  test::Root newcomer(context, semaphore.acquire());
  clock.drive();
  EXPECT_TRUE(waiter.done());
  EXPECT_FALSE(newcomer.done());
  semaphore.release();
  clock.drive();
  EXPECT_TRUE(newcomer.done());
}

TEST(Semaphore, CancelledWhileWaitingTakesNoSlot) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Semaphore semaphore(1);
  test::Root holder(context, semaphore.acquire());
  test::Root impatient(context, semaphore.acquire());
  test::Root patient(context, semaphore.acquire());
  clock.drive();
  impatient.cancel();
  clock.drive();
  semaphore.release();
  clock.drive();
  EXPECT_TRUE(impatient.done());
  EXPECT_THROW(impatient.rethrow(), boost::system::system_error);
  EXPECT_TRUE(patient.done());
  semaphore.release();
  EXPECT_EQ(semaphore.available(), 1U);
}

TEST(Semaphore, ACancellationThatComesAfterTheSlotWasGivenDoesNotLoseIt) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Semaphore semaphore(1);
  bool acquired = false;
  auto acquire = [](Semaphore& from, bool& flag) -> Task<> {
    co_await from.acquire();
    flag = true;
  };
  test::Root holder(context, semaphore.acquire());
  test::Root waiter(context, acquire(semaphore, acquired));
  clock.drive();
  semaphore.release();
  waiter.cancel();
  clock.drive();
  EXPECT_TRUE(acquired);
  semaphore.release();
  EXPECT_EQ(semaphore.available(), 1U);
}

}  // namespace
}  // namespace albatross
