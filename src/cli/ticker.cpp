#include "cli/ticker.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <utility>

namespace albatross::cli {

struct Ticker::State {
  boost::asio::cancellation_signal stop;
  std::function<void()> tick;
  bool stopped = false;

  static Task<> run(std::shared_ptr<State> state, Clock& clock, Duration interval) {
    while (!state->stopped) {
      state->tick();
      co_await clock.sleep_for(interval);
    }
  }
};

Ticker::Ticker(boost::asio::any_io_executor executor, Clock& clock, Duration interval,
               std::function<void()> tick)
    : state_(std::make_shared<State>()) {
  state_->tick = std::move(tick);
  // The last wait ends by cancellation, which is no error; the handler keeps the signal alive.
  auto done = [state = state_](const std::exception_ptr&) {};
  auto bound = boost::asio::bind_cancellation_slot(state_->stop.slot(), std::move(done));
  boost::asio::co_spawn(executor, State::run(state_, clock, interval), std::move(bound));
}

Ticker::~Ticker() {
  state_->stopped = true;
  state_->stop.emit(boost::asio::cancellation_type::terminal);
}

}  // namespace albatross::cli
