// What was begun before a cancellation is finished, within reason.
#include "albatross/runtime/finishing.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "support/run_coro.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

using namespace std::chrono_literals;
using test::run_virtual;

Task<> answer_after(Clock& clock, Duration time, bool& recorded) {
  co_await clock.sleep_for(time);
  recorded = true;
}

/// Cancelled a second after the work has begun: how much longer it took, and whether it was done.
struct Cancelled {
  Duration took{};
  bool recorded = false;
};

Task<> cancel_after_a_second(Clock& clock, Duration work_takes, Cancelled& out) {
  Finishing finishing(clock);
  auto group = co_await TaskGroup::create();
  auto work = answer_after(clock, work_takes, out.recorded);
  group.spawn(finishing.run("work", std::move(work)));
  co_await clock.sleep_for(1s);
  const TimePoint pressed = clock.now();
  group.cancel();
  co_await group.join();
  EXPECT_TRUE(finishing.stopping());
  out.took = clock.now() - pressed;
}

TEST(Finishing, ACallThatIsAnsweredSoonIsRecordedAndNothingWaitsLonger) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Cancelled out;
    co_await cancel_after_a_second(clock, 3s, out);
    EXPECT_TRUE(out.recorded);
    EXPECT_EQ(out.took, 2s);
  });
}

TEST(Finishing, ACallThatIsNotAnsweredIsGivenUp) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Cancelled out;
    co_await cancel_after_a_second(clock, 60s, out);
    EXPECT_FALSE(out.recorded);
    EXPECT_EQ(out.took, Finishing::patience);
  });
}

TEST(Finishing, WithoutACancellationPatienceHasNoEnd) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Finishing finishing(clock);
    bool recorded = false;
    auto work = answer_after(clock, 60s, recorded);
    co_await finishing.run("work", std::move(work));
    EXPECT_TRUE(recorded);
    EXPECT_FALSE(finishing.stopping());
  });
}

}  // namespace
}  // namespace albatross
