#pragma once

#include "albatross/http/proxy.hpp"
#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/task.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>

namespace albatross::http {

class TlsContext;

/// One TCP connection, with TLS on it or not, and the memory that its exchanges use again and
/// again.
class Connection {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Transferred = std::tuple<boost::system::error_code, std::size_t>;
  using Buffers = std::array<boost::asio::const_buffer, 2>;

  explicit Connection(Socket socket);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// TLS from here on. Throws TransportError of kind tls.
  Task<> start_tls(TlsContext& tls, Origin origin);
  bool is_tls() const { return tls_.has_value(); }
  /// Whether the TLS handshake was abbreviated by a session of an earlier connection.
  bool resumed_session();

  /// Writes what the operating system takes at once, without waiting; would_block when that is not
  /// all. Only without TLS.
  std::size_t try_write(const Buffers& buffers, boost::system::error_code& error);
  /// Writes some of the first buffer, or of both. The buffers' memory must stay.
  Task<Transferred> write_some(Buffers buffers);
  Task<Transferred> read_some(boost::asio::mutable_buffer buffer);

  /// Whether an idle connection can carry another exchange: the server has neither closed it nor
  /// said anything unasked.
  bool usable();
  /// Closes at once; waiting reads and writes end with operation_aborted.
  void abort();

  auto executor() { return socket_.get_executor(); }

  /// Set where requests go to a proxy in plain HTTP.
  const Proxy* proxy = nullptr;
  TimePoint idle_since{};
  /// Scratch memory of exchanges.
  std::string head;
  boost::beast::flat_buffer input;
  std::size_t read_size = 8 * 1024;

 private:
  Socket socket_;
  std::optional<boost::asio::ssl::stream<Socket&>> tls_;
};

}  // namespace albatross::http
