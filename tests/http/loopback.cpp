#include "loopback.hpp"

#include "albatross/runtime/concurrency.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <list>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace albatross::http::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

std::size_t length_of(const std::string& head) {
  const std::string name = "Content-Length: ";
  const auto at = head.find(name);
  std::size_t length = 0;
  if (at != std::string::npos) {
    std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
  }
  return length;
}

class SocketPeer final : public Peer {
 public:
  SocketPeer(tcp::socket socket, asio::ssl::context* tls) : socket_(std::move(socket)) {
    if (tls != nullptr) tls_.emplace(socket_, *tls);
  }

  Task<bool> handshake() {
    if (!tls_) co_return true;
    auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, as_result);
    co_return !error;
  }

  Task<std::string> request() override {
    for (;;) {
      const auto end = received_.find("\r\n\r\n");
      if (end != std::string::npos) {
        const std::size_t size = end + 4 + length_of(received_.substr(0, end + 2));
        if (received_.size() >= size) {
          std::string whole = received_.substr(0, size);
          received_.erase(0, size);
          co_return whole;
        }
      }
      const bool more = co_await read_more();
      if (!more) co_return std::string{};
    }
  }

  Task<> until_closed() override {
    bool more = true;
    while (more)
      more = co_await read_more();
  }

  Task<> say(std::string bytes) override {
    if (tls_) {
      std::ignore = co_await asio::async_write(*tls_, asio::buffer(bytes), as_result);
    } else {
      std::ignore = co_await asio::async_write(socket_, asio::buffer(bytes), as_result);
    }
  }

  Task<> drip(std::string bytes, int pause_ms) override {
    for (const char byte : bytes) {
      if (!socket_.is_open()) co_return;
      co_await say(std::string(1, byte));
      asio::steady_timer timer(socket_.get_executor(), std::chrono::milliseconds(pause_ms));
      std::ignore = co_await timer.async_wait(as_result);
    }
  }

  Task<> relay_to(std::uint16_t port) override {
    tcp::socket target(socket_.get_executor());
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
    co_await target.async_connect(endpoint, asio::use_awaitable);
    std::vector<Task<>> ways;
    ways.push_back(pass_on(socket_, target));
    ways.push_back(pass_on(target, socket_));
    co_await when_all(std::move(ways));
  }

  void close() override {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  void reset() override {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
  }

  std::string server_name() const override {
    const char* name = tls_ ? SSL_get_servername(ssl(), TLSEXT_NAMETYPE_host_name) : nullptr;
    return name == nullptr ? std::string{} : std::string(name);
  }

  bool session_resumed() const override { return tls_ && SSL_session_reused(ssl()) == 1; }

 private:
  SSL* ssl() const { return const_cast<SocketPeer*>(this)->tls_->native_handle(); }

  static Task<> pass_on(tcp::socket& from, tcp::socket& to) {
    char bytes[4096];
    for (;;) {
      const auto [error, count] = co_await from.async_read_some(asio::buffer(bytes), as_result);
      if (error) break;
      const auto chunk = asio::buffer(bytes, count);
      std::ignore = co_await asio::async_write(to, chunk, as_result);
    }
    error_code ignored;
    from.close(ignored);
    to.close(ignored);
  }

  Task<bool> read_more() {
    char bytes[16 * 1024];
    std::tuple<error_code, std::size_t> read;
    if (tls_) {
      read = co_await tls_->async_read_some(asio::buffer(bytes), as_result);
    } else {
      read = co_await socket_.async_read_some(asio::buffer(bytes), as_result);
    }
    received_.append(bytes, std::get<1>(read));
    co_return !std::get<0>(read);
  }

  tcp::socket socket_;
  std::optional<asio::ssl::stream<tcp::socket&>> tls_;
  std::string received_;
};

}  // namespace

struct Server::State {
  State(const asio::any_io_executor& executor, Script on_connection, asio::ssl::context* context,
        const std::string& address)
      : acceptor(executor, tcp::endpoint(asio::ip::make_address(address), 0)),
        script(std::move(on_connection)),
        tls(context),
        endpoint(acceptor.local_endpoint()) {}

  tcp::acceptor acceptor;
  Script script;
  asio::ssl::context* tls;
  tcp::endpoint endpoint;
  std::list<SocketPeer*> peers;
  std::size_t accepted = 0;
  std::size_t most_open = 0;

  static Task<> serve(std::shared_ptr<State> self, tcp::socket socket) {
    SocketPeer peer(std::move(socket), self->tls);
    peer.number = self->accepted++;
    const auto place = self->peers.insert(self->peers.end(), &peer);
    self->most_open = std::max(self->most_open, self->peers.size());
    try {
      const bool ready = co_await peer.handshake();
      if (ready) co_await self->script(peer);
    } catch (const std::exception&) {
      peer.reset();  // the client sees it
    }
    peer.close();
    self->peers.erase(place);
  }

  static Task<> accept(std::shared_ptr<State> self) {
    for (;;) {
      auto [error, socket] = co_await self->acceptor.async_accept(as_result);
      if (error) co_return;
      const auto executor = self->acceptor.get_executor();
      // lint_coroutines: allow detached: a scripted peer may end in any way; the client is judged
      asio::co_spawn(executor, serve(self, std::move(socket)), asio::detached);
    }
  }
};

Task<> Peer::ok(std::string body) {
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  co_await say(head + body);
}

Server::Server(asio::any_io_executor executor, Script script, asio::ssl::context* tls,
               std::string address)
    : state_(std::make_shared<State>(executor, std::move(script), tls, address)) {
  // lint_coroutines: allow detached: it ends with the acceptor, and its errors are codes
  asio::co_spawn(executor, State::accept(state_), asio::detached);
}

Server::~Server() {
  stop_listening();
  for (auto* peer : state_->peers)
    peer->close();
}

void Server::stop_listening() {
  error_code ignored;
  state_->acceptor.close(ignored);
}

Origin Server::origin(std::string host) const {
  if (host.empty()) host = state_->endpoint.address().to_string();
  return Origin{state_->tls != nullptr, std::move(host), state_->endpoint.port()};
}

std::size_t Server::accepted() const {
  return state_->accepted;
}
std::size_t Server::open() const {
  return state_->peers.size();
}
std::size_t Server::most_open() const {
  return state_->most_open;
}

Script echo_target() {
  return [](Peer& peer) -> Task<> {
    for (;;) {
      const std::string request = co_await peer.request();
      if (request.empty()) co_return;
      const auto start = request.find(' ') + 1;
      co_await peer.ok(request.substr(start, request.find(' ', start) - start));
    }
  };
}

std::string body_of(const std::string& request) {
  const auto end = request.find("\r\n\r\n");
  return end == std::string::npos ? std::string{} : request.substr(end + 4);
}

}  // namespace albatross::http::test
