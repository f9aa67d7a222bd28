#include "albatross/runtime/concurrency.hpp"

#include "runtime/parking.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

namespace albatross {

namespace asio = boost::asio;

bool is_cancellation(const std::exception_ptr& error) noexcept {
  if (!error) return false;
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error& e) {
    return e.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

Task<bool> cancellation_requested() {
  const auto state = co_await asio::this_coro::cancellation_state;
  co_return state.cancelled() != asio::cancellation_type::none;
}

Task<> shielded(Task<> op) {
  struct State {
    detail::ParentWait wait;
    bool done = false;
    std::exception_ptr error;
  };
  const auto executor = co_await asio::this_coro::executor;
  const auto state = std::make_shared<State>();
  auto on_done = [state](std::exception_ptr error) {
    state->done = true;
    state->error = std::move(error);
    state->wait.resume();
  };
  asio::co_spawn(executor, std::move(op), std::move(on_done));
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  while (!state->done) {
    auto wait = state->wait.wait([] {});
    co_await std::move(wait);
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (state->error) std::rethrow_exception(state->error);
}

}  // namespace albatross
