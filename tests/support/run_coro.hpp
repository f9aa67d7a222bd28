#pragma once

#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/runtime/virtual_clock.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

/// Runs coroutines in tests. Usage:
///
///   TEST(Thing, DoesIt) {
///     run_virtual([](VirtualClock& clock) -> Task<> {
///       const auto value = co_await thing(clock);
///       CO_ASSERT_EQ(value, 3);          // EXPECT_* as everywhere, with values named first
///     });
///   }
///
/// An exception that leaves the body leaves run_coro() / run_virtual() too. A body that does not
/// finish fails the test instead of hanging it.
namespace albatross::test {

/// Failures so far of the running test; what CO_ASSERT_* compare.
inline int failures() {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  return info == nullptr ? 0 : info->result()->total_part_count();
}

/// The root coroutine of a test: what became of it.
class Root {
 public:
  Root(boost::asio::io_context& context, Task<> body) {
    auto on_done = [this](std::exception_ptr error) {
      done_ = true;
      error_ = std::move(error);
    };
    boost::asio::co_spawn(context, std::move(body),
                          boost::asio::bind_cancellation_slot(signal_.slot(), std::move(on_done)));
  }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;

  bool done() const { return done_; }
  /// From outside the context's run this takes effect in its next turn.
  void cancel() { signal_.emit(boost::asio::cancellation_type::terminal); }
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  boost::asio::cancellation_signal signal_;
  bool done_ = false;
  std::exception_ptr error_;
};

inline void run_body(const std::function<Task<>()>& body, Duration limit) {
  boost::asio::io_context context{1};
  Root root(context, body());
  context.run_for(limit);
  if (!root.done()) {
    ADD_FAILURE() << "the coroutine did not finish within "
                  << std::chrono::duration_cast<std::chrono::milliseconds>(limit).count() << " ms";
    root.cancel();
    context.restart();
    context.run_for(std::chrono::seconds{1});
    return;
  }
  root.rethrow();
}

/// Runs `body`, which takes nothing or a Clock&, in real time on one thread, and returns when it
/// and all it spawned are done.
template <class Body>
void run_coro(Body body, Duration limit = std::chrono::seconds{10}) {
  if constexpr (std::is_invocable_v<Body&, Clock&>) {
    SystemClock clock;
    run_body([&]() { return body(clock); }, limit);
  } else {
    run_body([&]() { return body(); }, limit);
  }
}

/// Runs `body` in virtual time until nothing is left to run.
inline void run_virtual(std::function<Task<>(VirtualClock&)> body) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Root root(context, body(clock));
  clock.drive();
  if (!root.done()) {
    ADD_FAILURE() << "the coroutine did not finish: nothing can run any more, at virtual time "
                  << std::chrono::duration<double>(clock.now().time_since_epoch()).count() << " s";
    root.cancel();
    clock.drive();
    return;
  }
  root.rethrow();
}

}  // namespace albatross::test

/// ASSERT_* for a body that returns Task<>: ends it on failure. No co_await in the arguments.
#define CO_ASSERT_WITH_(assertion)                                    \
  do {                                                                \
    const int failures_before_ = ::albatross::test::failures();       \
    assertion;                                                        \
    if (::albatross::test::failures() != failures_before_) co_return; \
  } while (false)
#define CO_ASSERT_TRUE(condition) CO_ASSERT_WITH_(EXPECT_TRUE(condition))
#define CO_ASSERT_FALSE(condition) CO_ASSERT_WITH_(EXPECT_FALSE(condition))
#define CO_ASSERT_EQ(a, b) CO_ASSERT_WITH_(EXPECT_EQ(a, b))
#define CO_ASSERT_NE(a, b) CO_ASSERT_WITH_(EXPECT_NE(a, b))
#define CO_ASSERT_LT(a, b) CO_ASSERT_WITH_(EXPECT_LT(a, b))
#define CO_ASSERT_LE(a, b) CO_ASSERT_WITH_(EXPECT_LE(a, b))
#define CO_ASSERT_GT(a, b) CO_ASSERT_WITH_(EXPECT_GT(a, b))
#define CO_ASSERT_GE(a, b) CO_ASSERT_WITH_(EXPECT_GE(a, b))
#define CO_FAIL(message)        \
  do {                          \
    ADD_FAILURE() << (message); \
    co_return;                  \
  } while (false)
