#include "albatross/runtime/shared_task.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "runtime/parking.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

namespace albatross {

namespace asio = boost::asio;

struct SharedTask::State {
  std::optional<Task<>> op;
  asio::cancellation_signal signal;
  std::size_t waiters = 0;
  bool given_up = false;
  bool done = false;
  std::exception_ptr error;
  detail::WaitLine line;
  /// The one who left last waits here, out of reach of its own cancellation.
  detail::ParentWait last;

  void end(std::exception_ptr how) {
    done = true;
    error = std::move(how);
    line.wake_all();
    last.resume();
  }
};

SharedTask::SharedTask(Task<> op) : state_(std::make_shared<State>()) {
  state_->op.emplace(std::move(op));
}

SharedTask::~SharedTask() = default;

bool SharedTask::goes_on() const {
  return !state_->done && !state_->given_up;
}

Task<> SharedTask::wait() {
  const auto state = state_;
  const auto executor = co_await asio::this_coro::executor;
  if (state->op) {
    auto on_done = [state](std::exception_ptr error) { state->end(std::move(error)); };
    auto op = std::move(*state->op);
    state->op.reset();
    asio::co_spawn(executor, detail::spawnable(std::move(op)),
                   asio::bind_cancellation_slot(state->signal.slot(), std::move(on_done)));
  }
  ++state->waiters;
  // From here on nothing may throw before this waiter is off the list.
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  std::exception_ptr left;
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != asio::cancellation_type::none) {
    const boost::system::system_error aborted(asio::error::operation_aborted);
    left = std::make_exception_ptr(aborted);
  }
  try {
    if (!state->done && !left) co_await state->line.wait();
  } catch (...) {
    left = std::current_exception();
  }
  --state->waiters;
  if (left && !state->done && state->waiters == 0) {
    state->given_up = true;
    state->signal.emit(asio::cancellation_type::terminal);
    while (!state->done) {
      auto end = state->last.wait([] {});
      co_await std::move(end);
    }
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (left) std::rethrow_exception(left);
  if (state->error) std::rethrow_exception(state->error);
}

}  // namespace albatross
