#include "albatross/runtime/concurrency.hpp"

#include "runtime/parking.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <memory>
#include <utility>

namespace albatross {

namespace asio = boost::asio;

namespace {

/// One run of an operation against a timer. Both always end before the race is over.
struct Race {
  struct Runner {
    asio::cancellation_signal signal;
    bool done = false;
    std::exception_ptr error;

    void cancel() {
      if (!done) signal.emit(asio::cancellation_type::terminal);
    }
  };

  Runner op;
  Runner timer;
  bool expired = false;
  detail::ParentWait wait;

  bool over() const { return op.done && timer.done; }

  void op_done(std::exception_ptr error) {
    op.done = true;
    op.error = std::move(error);
    timer.cancel();
    if (over()) wait.resume();
  }

  void timer_done(std::exception_ptr error) {
    timer.done = true;
    timer.error = std::move(error);
    if (!timer.error && !op.done) expired = true;
    op.cancel();
    if (over()) wait.resume();
  }

  void rethrow() const {
    if (expired && is_cancellation(op.error)) throw DeadlineExceeded();
    if (op.error) std::rethrow_exception(op.error);
  }
};

}  // namespace

Task<> with_deadline(Clock& clock, Task<> op, Deadline deadline) {
  if (deadline.is_never()) {
    co_await std::move(op);
    co_return;
  }
  const auto executor = co_await asio::this_coro::executor;
  const auto race = std::make_shared<Race>();
  auto op_done = [race](std::exception_ptr error) { race->op_done(std::move(error)); };
  auto timer_done = [race](std::exception_ptr error) { race->timer_done(std::move(error)); };
  auto timer = clock.sleep_until(deadline.at());
  asio::co_spawn(executor, detail::spawnable(std::move(op)),
                 asio::bind_cancellation_slot(race->op.signal.slot(), std::move(op_done)));
  asio::co_spawn(executor, std::move(timer),
                 asio::bind_cancellation_slot(race->timer.signal.slot(), std::move(timer_done)));

  auto on_cancel = [race] { race->op.cancel(); };
  // From here on nothing may throw before both have ended, not even the await itself.
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != asio::cancellation_type::none) on_cancel();
  while (!race->over()) {
    auto wait = race->wait.wait(on_cancel);
    co_await std::move(wait);
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
  race->rethrow();
}

}  // namespace albatross
