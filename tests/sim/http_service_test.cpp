#include "sim/data_plane/http_server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <future>
#include <string>
#include <thread>

namespace albatross::sim::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

Task<std::optional<http::Response>> greet(http::Request, Peer) {
  http::Response response;
  response.body = "hello";
  co_return response;
}

tcp::endpoint loopback(std::uint16_t port) {
  return {asio::ip::address_v4::loopback(), port};
}

/// A connection whose one end belongs to the event loop, and whose other end nobody's.
struct Connection {
  Connection(asio::io_context& loop, asio::io_context& elsewhere) : near(loop), far(elsewhere) {
    tcp::acceptor acceptor(elsewhere, loopback(0));
    far.connect(acceptor.local_endpoint());
    acceptor.accept(near);
  }
  tcp::socket near;
  tcp::socket far;
};

/// Asks, and reads to the end.
std::string ask(tcp::socket& client) {
  asio::write(client, asio::buffer(std::string("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")));
  std::string answer;
  boost::system::error_code end;
  asio::read(client, asio::dynamic_buffer(answer), end);
  return answer;
}

// What the event loop has learnt of one connection (that it is readable) may reach the next one
// that takes its place. Whoever believed it and read would stop for ever: the loop is the client
// too.
TEST(HttpService, DoesNotStopTheLoopForAClientThatSaysNothingYet) {
  asio::io_context loop{1};
  asio::io_context elsewhere;
  const HttpService service(loop.get_executor(), "127.0.0.1", 0, greet);
  Connection first(loop, elsewhere);
  Connection second(loop, elsewhere);
  std::array<char, 8> bytes{};
  first.near.async_read_some(asio::buffer(bytes), [&](auto, auto) { second.near.close(); });
  second.near.async_read_some(asio::buffer(bytes), [](auto, auto) {});
  loop.poll();

  // Told to the loop at once, in this order: the first one's byte, upon which the second one is
  // closed; the service's new client; the second one's byte.
  asio::write(first.far, asio::buffer("x", 1));
  tcp::socket client(elsewhere);
  client.connect(loopback(service.port()));
  asio::write(second.far, asio::buffer("x", 1));
  auto turn = std::async(std::launch::async, [&] { loop.poll(); });
  EXPECT_EQ(turn.wait_for(5s), std::future_status::ready) << "the loop waits for a silent client";

  auto answer = std::async(std::launch::async, [&] { return ask(client); });
  turn.wait();
  loop.restart();
  loop.run_for(200ms);
  EXPECT_TRUE(answer.get().ends_with("hello"));
}

}  // namespace
}  // namespace albatross::sim::test
