#include "http/dialer.hpp"

#include "albatross/runtime/concurrency.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <sstream>
#include <utility>

namespace albatross::http {

namespace asio = boost::asio;
using asio::ip::tcp;

struct Dialer::Race {
  Dialed result;
  Gate one_has_failed;
  TaskGroup* others = nullptr;
};

Task<Dialed> Dialer::dial(Addresses addresses, std::uint16_t port) {
  Race race;
  if (addresses.size() == 1) {
    co_await attempt(race, tcp::endpoint(addresses.front(), port));
    co_return std::move(race.result);
  }
  auto body = [&](TaskGroup& group) { return attempt_in_turn(race, group, addresses, port); };
  co_await TaskGroup::run(std::move(body));
  co_return std::move(race.result);
}

Task<> Dialer::attempt_in_turn(Race& race, TaskGroup& group, const Addresses& addresses,
                               std::uint16_t port) {
  race.others = &group;
  for (const auto& address : addresses) {
    race.one_has_failed.close();
    group.spawn(attempt(race, tcp::endpoint(address, port)));
    try {
      const auto patience = Deadline::after(clock_, stagger_);
      co_await with_deadline(clock_, race.one_has_failed.wait(), patience);
    } catch (const DeadlineExceeded&) {
      continue;  // it may still answer
    }
  }
}

Task<> Dialer::attempt(Race& race, tcp::endpoint endpoint) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::socket socket(executor);
  const auto [error] = co_await socket.async_connect(endpoint, asio::as_tuple(asio::use_awaitable));
  if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
  if (error) {
    std::ostringstream text;
    text << (race.result.error.empty() ? "" : "; ") << endpoint << ": " << error.message();
    race.result.error += text.str();
    race.one_has_failed.open();
    co_return;
  }
  if (!race.result.socket) race.result.socket = std::move(socket);
  if (race.others != nullptr) race.others->cancel();
}

}  // namespace albatross::http
