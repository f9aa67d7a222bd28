#include "sim/data_plane/http_server.hpp"

#include "sim/wire.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <openssl/ssl.h>

#include <chrono>
#include <map>
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
constexpr char tls_handshake = 0x16;
constexpr std::size_t first_read = 4096;
constexpr std::size_t largest_body = std::size_t{16} << 20U;

}  // namespace

struct HttpService::Impl {
  Impl(asio::any_io_executor executor, Answer given, IdentityFor identities)
      : acceptor(executor), answer(std::move(given)), identity_for(std::move(identities)) {}

  static Task<> accept(std::shared_ptr<Impl> self);
  static Task<> serve(std::shared_ptr<Impl> self, tcp::socket socket);
  Task<> speak(beast::tcp_stream& stream, beast::flat_buffer& buffer, Peer peer);
  Task<> speak_tls(beast::tcp_stream& stream, beast::flat_buffer& buffer, Peer peer);
  template <class Stream>
  Task<> exchange_all(Stream& stream, beast::tcp_stream& lowest, beast::flat_buffer& buffer,
                      Peer peer);
  static int choose_identity(SSL* session, int* alert, void* self);
  asio::ssl::context& context_of(const TlsIdentity& identity);
  void stop();

  tcp::acceptor acceptor;
  Answer answer;
  IdentityFor identity_for;
  std::map<std::string, asio::ssl::context> contexts;  // by certificate
  std::set<beast::tcp_stream*> streams;
};

void HttpService::Impl::stop() {
  error_code ignored;
  answer = {};
  identity_for = {};
  acceptor.close(ignored);
  for (beast::tcp_stream* stream : streams)
    stream->close();
}

asio::ssl::context& HttpService::Impl::context_of(const TlsIdentity& identity) {
  const auto known = contexts.find(identity.certificate);
  if (known != contexts.end()) return known->second;
  asio::ssl::context made(asio::ssl::context::tls_server);
  made.use_certificate_chain(asio::buffer(identity.certificate));
  made.use_private_key(asio::buffer(identity.key), asio::ssl::context::pem);
  return contexts.emplace(identity.certificate, std::move(made)).first->second;
}

/// Called by OpenSSL in each handshake, whether the client named a server or not.
int HttpService::Impl::choose_identity(SSL* session, int*, void* self) {
  auto& impl = *static_cast<Impl*>(self);
  const char* name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
  if (!impl.identity_for) return SSL_TLSEXT_ERR_ALERT_FATAL;
  const TlsIdentity* identity = impl.identity_for(name == nullptr ? "" : name);
  if (identity == nullptr) return SSL_TLSEXT_ERR_ALERT_FATAL;
  SSL_set_SSL_CTX(session, impl.context_of(*identity).native_handle());
  return SSL_TLSEXT_ERR_OK;
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

/// The first bytes are read like all others, never waited for in any other way: that a socket is
/// readable may be said of the one before it in its place, and reading what has not come would then
/// stop everything that this thread does, the peer's sending of it included.
Task<> HttpService::Impl::serve(std::shared_ptr<Impl> self, tcp::socket socket) {
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  self->streams.insert(&stream);
  try {
    error_code error;
    stream.socket().set_option(tcp::no_delay(true), error);
    const auto remote = stream.socket().remote_endpoint(error).address();
    Peer peer;
    if (remote.is_v4()) peer.address = remote.to_v4().to_uint();
    stream.expires_after(idle_limit);
    const auto room = buffer.prepare(first_read);
    const std::size_t got = co_await stream.async_read_some(room, asio::use_awaitable);
    buffer.commit(got);
    peer.tls = *static_cast<const char*>(buffer.cdata().data()) == tls_handshake;
    auto spoken =
        peer.tls ? self->speak_tls(stream, buffer, peer) : self->speak(stream, buffer, peer);
    co_await std::move(spoken);
  } catch (const std::exception&) {
    // The client went away in the middle: nothing is owed to it.
  }
  self->streams.erase(&stream);
}

Task<> HttpService::Impl::speak(beast::tcp_stream& stream, beast::flat_buffer& buffer, Peer peer) {
  auto all = exchange_all(stream, stream, buffer, peer);
  co_await std::move(all);
}

Task<> HttpService::Impl::speak_tls(beast::tcp_stream& stream, beast::flat_buffer& buffer,
                                    Peer peer) {
  if (!identity_for) co_return;
  asio::ssl::context context(asio::ssl::context::tls_server);
  SSL_CTX_set_tlsext_servername_callback(context.native_handle(), &choose_identity);
  SSL_CTX_set_tlsext_servername_arg(context.native_handle(), this);
  asio::ssl::stream<beast::tcp_stream&> secure(stream, context);
  stream.expires_after(idle_limit);
  const auto hello = buffer.cdata();
  const std::size_t used =
      co_await secure.async_handshake(asio::ssl::stream_base::server, hello, asio::use_awaitable);
  buffer.consume(used);
  auto all = exchange_all(secure, stream, buffer, peer);
  co_await std::move(all);
  stream.expires_after(idle_limit);
  co_await secure.async_shutdown(asio::use_awaitable);
}

template <class Stream>
Task<> HttpService::Impl::exchange_all(Stream& stream, beast::tcp_stream& lowest,
                                       beast::flat_buffer& buffer, Peer peer) {
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
    if (!answer) co_return;
    auto asked = answer(std::move(request), peer);
    const std::optional<http::Response> response = co_await std::move(asked);
    if (!response) {
      char byte = 0;
      const auto never = asio::buffer(&byte, 1);
      co_await stream.async_read_some(never, asio::use_awaitable);
      co_return;
    }
    const std::string bytes = to_bytes(*response, keep_alive, head);
    const auto data = asio::buffer(bytes);
    co_await asio::async_write(stream, data, asio::use_awaitable);
    more = keep_alive;
  }
}

HttpService::HttpService(asio::any_io_executor executor, const std::string& address,
                         std::uint16_t port, Answer answer, IdentityFor identity_for)
    : impl_(
          std::make_shared<Impl>(std::move(executor), std::move(answer), std::move(identity_for))) {
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
