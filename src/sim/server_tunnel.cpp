#include "sim/server_tunnel.hpp"

#include "albatross/runtime/concurrency.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <vector>

namespace albatross::sim {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Task<> carry(tcp::socket& from, tcp::socket& to) {
  std::array<char, 16 * 1024> bytes{};
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto room = asio::buffer(bytes);
  while (!error) {
    const std::size_t got = co_await from.async_read_some(room, token);
    if (error) break;
    auto data = asio::buffer(bytes.data(), got);
    co_await asio::async_write(to, data, token);
  }
  from.close(error);
  to.close(error);
}

}  // namespace

Task<> carry_both_ways(tcp::socket& near, tcp::socket& far) {
  std::vector<Task<>> ways;
  ways.push_back(carry(near, far));
  ways.push_back(carry(far, near));
  auto both = when_all(std::move(ways));
  co_await std::move(both);
}

}  // namespace albatross::sim
