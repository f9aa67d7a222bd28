#include "albatross/runtime/clock.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace albatross {

namespace asio = boost::asio;

namespace {

TimePoint saturated(TimePoint now, Duration duration) {
  return duration > TimePoint::max() - now ? TimePoint::max() : now + duration;
}

}  // namespace

Task<> Clock::sleep_for(Duration duration) {
  const TimePoint at = saturated(now(), std::max(duration, Duration::zero()));
  co_await sleep_until(at);
}

TimePoint SystemClock::now() const {
  return std::chrono::steady_clock::now();
}

WallTime SystemClock::wall() const {
  return std::chrono::system_clock::now();
}

Task<> SystemClock::sleep_until(TimePoint at) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, at);
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace albatross
