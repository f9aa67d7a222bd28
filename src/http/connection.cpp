#include "http/connection.hpp"

#include "albatross/http/transport.hpp"

#include "http/tls_context.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <sys/socket.h>
#include <utility>

namespace albatross::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

}  // namespace

Connection::Connection(Socket socket) : socket_(std::move(socket)) {
  error_code ignored;
  // A request goes out in one write; waiting for more to put into the packet only costs time.
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
}

Connection::~Connection() {
  // Without this OpenSSL takes a connection that is dropped for a failed one, and refuses to resume
  // its session.
  if (tls_) SSL_set_shutdown(tls_->native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

Task<> Connection::start_tls(TlsContext& tls, Origin origin) {
  try {
    tls_.emplace(socket_, tls.context());
  } catch (const std::runtime_error& e) {
    throw TransportError(TransportErrorKind::tls, origin, e.what(), false);
  }
  tls.prepare(tls_->native_handle(), origin);
  const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::client, as_result);
  if (!error) co_return;
  if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
  tls.forget_sessions(origin);
  throw TransportError(TransportErrorKind::tls, origin,
                       describe_handshake_failure(tls_->native_handle(), error), false);
}

bool Connection::resumed_session() {
  return tls_ && SSL_session_reused(tls_->native_handle()) == 1;
}

std::size_t Connection::try_write(const Buffers& buffers, error_code& error) {
  return socket_.write_some(buffers, error);
}

// Not coroutines: one frame less in the innermost loop.
Task<Connection::Transferred> Connection::write_some(Buffers buffers) {
  if (tls_) return tls_->async_write_some(buffers, as_result);
  return socket_.async_write_some(buffers, as_result);
}

Task<Connection::Transferred> Connection::read_some(asio::mutable_buffer buffer) {
  if (tls_) return tls_->async_read_some(buffer, as_result);
  return socket_.async_read_some(buffer, as_result);
}

bool Connection::usable() {
  if (!socket_.is_open() || input.size() > 0) return false;
  char byte = 0;
  if (!tls_) {
    const auto peeked = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  }
  // Bytes may be waiting that are no data, such as session tickets: let OpenSSL have them.
  error_code error;
  const auto count = tls_->read_some(asio::buffer(&byte, 1), error);
  return count == 0 && error == asio::error::would_block;
}

void Connection::abort() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace albatross::http
