#include "sim/data_plane/http_server.hpp"

#include "sim/wire.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <chrono>
#include <optional>
#include <set>
#include <utility>

namespace albatross::sim {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds idle_limit{60};
constexpr std::size_t largest_body = std::size_t{16} << 20U;

}  // namespace

struct HttpService::Impl {
  Impl(asio::any_io_executor executor, Answer given)
      : acceptor(std::move(executor)), answer(std::move(given)) {}

  static Task<> accept(std::shared_ptr<Impl> self);
  static Task<> serve(std::shared_ptr<Impl> self, tcp::socket socket);
  template <class Stream>
  Task<> exchange_all(Stream& stream, beast::tcp_stream& lowest, Peer peer);
  void stop();

  tcp::acceptor acceptor;
  Answer answer;
  std::optional<asio::ssl::context> tls;
  std::set<beast::tcp_stream*> streams;
};

void HttpService::Impl::stop() {
  error_code ignored;
  acceptor.close(ignored);
  for (beast::tcp_stream* stream : streams)
    stream->close();
}

Task<> HttpService::Impl::accept(std::shared_ptr<Impl> self) {
  while (self->acceptor.is_open()) {
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    tcp::socket socket = co_await self->acceptor.async_accept(token);
    if (error == asio::error::operation_aborted) co_return;
    if (error) continue;
    auto connection = serve(self, std::move(socket));
    asio::co_spawn(self->acceptor.get_executor(), std::move(connection), rethrow_failure);
  }
}

Task<> HttpService::Impl::serve(std::shared_ptr<Impl> self, tcp::socket socket) {
  error_code error;
  const auto remote = socket.remote_endpoint(error).address();
  Peer peer;
  if (remote.is_v4()) peer.address = remote.to_v4().to_uint();
  beast::ssl_stream<beast::tcp_stream>* secure = nullptr;
  std::optional<beast::ssl_stream<beast::tcp_stream>> secured;
  std::optional<beast::tcp_stream> plain;
  if (self->tls) {
    secured.emplace(std::move(socket), *self->tls);
    secure = &*secured;
  } else {
    plain.emplace(std::move(socket));
  }
  beast::tcp_stream& lowest = secure == nullptr ? *plain : beast::get_lowest_layer(*secure);
  self->streams.insert(&lowest);
  try {
    if (secure == nullptr) {
      auto all = self->exchange_all(*plain, lowest, peer);
      co_await std::move(all);
    } else {
      lowest.expires_after(idle_limit);
      co_await secure->async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
      auto all = self->exchange_all(*secure, lowest, peer);
      co_await std::move(all);
    }
  } catch (const std::exception&) {
    // The client went away in the middle: nothing is owed to it.
  }
  self->streams.erase(&lowest);
}

template <class Stream>
Task<> HttpService::Impl::exchange_all(Stream& stream, beast::tcp_stream& lowest, Peer peer) {
  beast::flat_buffer buffer;
  bool more = true;
  while (more) {
    beast::http::request_parser<beast::http::string_body> parser;
    parser.body_limit(largest_body);
    lowest.expires_after(idle_limit);
    co_await beast::http::async_read(stream, buffer, parser, asio::use_awaitable);
    lowest.expires_never();
    auto message = parser.release();
    const bool keep_alive = message.keep_alive();
    auto request = to_request(std::move(message));
    const bool head = request.method == "HEAD";
    auto asked = answer(std::move(request), peer);
    const http::Response response = co_await std::move(asked);
    const std::string bytes = to_bytes(response, keep_alive, head);
    const auto data = asio::buffer(bytes);
    co_await asio::async_write(stream, data, asio::use_awaitable);
    more = keep_alive;
  }
}

HttpService::HttpService(asio::any_io_executor executor, const std::string& address,
                         std::uint16_t port, Answer answer, const TlsIdentity* identity)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(answer))) {
  if (identity != nullptr) {
    impl_->tls.emplace(asio::ssl::context::tls_server);
    impl_->tls->use_certificate_chain(asio::buffer(identity->certificate));
    impl_->tls->use_private_key(asio::buffer(identity->key), asio::ssl::context::pem);
  }
  const tcp::endpoint endpoint(asio::ip::make_address(address), port);
  impl_->acceptor.open(endpoint.protocol());
  impl_->acceptor.set_option(tcp::acceptor::reuse_address(true));
  impl_->acceptor.bind(endpoint);
  impl_->acceptor.listen();
  auto accepting = Impl::accept(impl_);
  asio::co_spawn(impl_->acceptor.get_executor(), std::move(accepting), rethrow_failure);
}

HttpService::~HttpService() {
  impl_->stop();
}

std::uint16_t HttpService::port() const {
  return impl_->acceptor.local_endpoint().port();
}

}  // namespace albatross::sim
