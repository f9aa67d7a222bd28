#include "runtime/parking.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace albatross::detail {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

template <class Handler>
struct Suspended final : Parked::Coroutine {
  explicit Suspended(Handler&& suspended) : handler(std::move(suspended)) {}

  asio::cancellation_slot slot() const override {
    return asio::get_associated_cancellation_slot(handler);
  }

  void post(std::unique_ptr<Coroutine> self, error_code error) override {
    const auto executor = asio::get_associated_executor(handler);
    auto resumed = std::move(handler);
    self.reset();
    asio::post(executor, asio::append(std::move(resumed), error));
  }

  Handler handler;
};

}  // namespace

void Parked::resume(error_code error) {
  if (!coroutine_) return;
  auto& coroutine = *coroutine_;
  coroutine.post(std::move(coroutine_), error);
}

// The functions that return a Task here are no coroutines themselves: a closure created in the same
// expression as a co_await would be destroyed twice by some compilers.
Task<> park(std::function<void(Parked)> keep) {
  auto initiate = [keep = std::move(keep)](auto handler) {
    keep(Parked(std::make_unique<Suspended<decltype(handler)>>(std::move(handler))));
  };
  return asio::async_initiate<const asio::use_awaitable_t<>&, void(error_code)>(
      std::move(initiate), asio::use_awaitable);
}

Task<> WaitLine::wait() {
  return park([this](Parked parked) {
    auto slot = parked.slot();
    const auto place = line_.insert(line_.end(), std::move(parked));
    if (!slot.is_connected()) return;
    slot.assign([this, place](asio::cancellation_type) {
      Parked cancelled = std::move(*place);
      line_.erase(place);
      cancelled.resume(asio::error::operation_aborted);
    });
  });
}

bool WaitLine::wake_one() {
  if (line_.empty()) return false;
  Parked woken = std::move(line_.front());
  line_.pop_front();
  // Before a later cancellation can look for the place that no longer exists.
  woken.slot().clear();
  woken.resume();
  return true;
}

void WaitLine::wake_all() {
  // Only those who wait now: a coroutine that lines up again when woken waits for the next time.
  for (auto count = line_.size(); count > 0; --count)
    wake_one();
}

Task<> ParentWait::wait(std::function<void()> on_cancel) {
  return park([this, on_cancel = std::move(on_cancel)](Parked parked) {
    parked_ = std::move(parked);
    auto slot = parked_.slot();
    if (slot.is_connected()) slot.assign([on_cancel](asio::cancellation_type) { on_cancel(); });
  });
}

void ParentWait::resume() {
  parked_.resume();
}

Task<> spawnable(Task<> op) {
  std::exception_ptr error;
  try {
    co_await std::move(op);
  } catch (...) {
    error = std::current_exception();
  }
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  if (error) std::rethrow_exception(error);
}

}  // namespace albatross::detail
