#include "bare_server.hpp"

#include "albatross/runtime/task.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <chrono>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace albatross::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

Task<> serve(tcp::socket socket, const std::string& answer) {
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  const auto data = asio::buffer(answer);
  try {
    for (;;) {
      beast::http::request_parser<beast::http::string_body> parser;
      stream.expires_after(std::chrono::seconds{75});
      co_await beast::http::async_read(stream, buffer, parser, asio::use_awaitable);
      co_await asio::async_write(stream, data, asio::use_awaitable);
    }
  } catch (const boost::system::system_error&) {
    // The client has gone.
  }
}

Task<> accept(tcp::acceptor& acceptor, const std::string& answer) {
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    auto connection = serve(std::move(socket), answer);
    // lint_coroutines: allow detached: the process ends with the bench
    asio::co_spawn(acceptor.get_executor(), std::move(connection), asio::detached);
  }
}

}  // namespace

BareServer::BareServer(std::string answer) {
  asio::io_context context{1};
  tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  port_ = acceptor.local_endpoint().port();
  context.notify_fork(asio::io_context::fork_prepare);
  process_ = ::fork();
  if (process_ < 0) throw std::system_error(errno, std::system_category(), "fork");
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    context.notify_fork(asio::io_context::fork_child);
    auto accepting = accept(acceptor, answer);
    // lint_coroutines: allow detached: the process ends with the bench
    asio::co_spawn(context, std::move(accepting), asio::detached);
    context.run();
    ::_exit(0);
  }
  context.notify_fork(asio::io_context::fork_parent);
}

BareServer::~BareServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace albatross::bench
