#include "albatross/runtime/finishing.hpp"

#include "runtime/parking.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <utility>

namespace albatross {

namespace asio = boost::asio;

struct Finishing::Work {
  asio::cancellation_signal cancel;
  /// Until then it sleeps, with nothing in flight.
  TimePoint pause_ends{};
  bool done = false;
  std::exception_ptr error;
  /// The end of patience with a call that is not answered.
  asio::cancellation_signal cancel_timer;
  bool timing = false;
  detail::ParentWait wait;
};

Finishing::Finishing(Clock& clock) : clock_(clock) {}
Finishing::~Finishing() = default;

Task<> Finishing::run(std::string name, Task<> work) {
  const auto executor = co_await asio::this_coro::executor;
  const auto state = std::make_shared<Work>();
  works_[name] = state;
  auto on_done = [state](std::exception_ptr error) {
    state->done = true;
    state->error = std::move(error);
    state->wait.resume();
  };
  asio::co_spawn(executor, detail::spawnable(std::move(work)),
                 asio::bind_cancellation_slot(state->cancel.slot(), std::move(on_done)));
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  while (!state->done || state->timing) {
    auto wait = state->wait.wait([&] { stop(state, executor); });
    co_await std::move(wait);
    if (state->done) state->cancel_timer.emit(asio::cancellation_type::terminal);
  }
  const auto place = works_.find(name);
  if (place != works_.end() && place->second == state) works_.erase(place);
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (state->error) std::rethrow_exception(state->error);
}

void Finishing::pausing(const std::string& name, Duration pause) {
  const auto found = works_.find(name);
  if (found == works_.end()) return;
  found->second->pause_ends = clock_.now() + pause;
  // It is the work itself that calls this: its next wait will throw.
  if (stopping_) found->second->cancel.emit(asio::cancellation_type::terminal);
}

void Finishing::stop(const std::shared_ptr<Work>& work, const asio::any_io_executor& executor) {
  stopping_ = true;
  if (clock_.now() < work->pause_ends) work->cancel.emit(asio::cancellation_type::terminal);
  if (work->done || work->timing) return;
  work->timing = true;
  auto on_time = [work](std::exception_ptr cancelled) {
    work->timing = false;
    if (!cancelled) work->cancel.emit(asio::cancellation_type::terminal);
    work->wait.resume();
  };
  asio::co_spawn(executor, detail::spawnable(clock_.sleep_for(patience)),
                 asio::bind_cancellation_slot(work->cancel_timer.slot(), std::move(on_time)));
}

}  // namespace albatross
