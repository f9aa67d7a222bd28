#pragma once

#include "albatross/http/proxy.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace albatross::http {

/// Limits, times and trust of a BeastTransport; the defaults suit AWS.
struct BeastTransportOptions {
  /// For name resolution, TCP, a proxy's CONNECT and TLS together; clipped by the exchange's
  /// deadline.
  Duration connect_timeout = std::chrono::seconds{5};
  /// For one exchange when the caller gives no deadline.
  Duration exchange_timeout = std::chrono::seconds{60};
  /// Idle connections older than this are not used again.
  Duration idle_timeout = std::chrono::seconds{20};
  /// When several addresses are known, the next is tried after this long, the first not given up.
  Duration address_stagger = std::chrono::milliseconds{250};
  /// Connections open at a time to one origin, and to all; whoever comes later waits in line.
  std::size_t max_connections_per_origin = 32;
  std::size_t max_connections = 256;
  std::size_t max_response_bytes = std::size_t{64} << 20U;
  std::size_t max_header_bytes = std::size_t{64} << 10U;
  /// PEM file of trusted roots instead of the system's (AWS_CA_BUNDLE); empty for the system's.
  std::string ca_bundle;
  std::string user_agent = "albatross";
  ProxySettings proxy;
};

/// What a transport has done so far (for tests and reports).
struct BeastTransportCounts {
  std::size_t connections_opened = 0;
  std::size_t connections_open = 0;
  std::size_t connections_idle = 0;
  std::size_t tls_sessions_resumed = 0;
  /// Idle connections that turned out to be closed by the server.
  std::size_t stale_connections = 0;
};

/// HTTP/1.1 over Boost.Beast: keep-alive pool with limits and fair queueing, TLS 1.2 or later with
/// certificate and host-name verification, SNI and session resumption, proxies, IPv4 and IPv6 with
/// fallback, response size capped.
///
/// A pooled connection that the server has closed in the meantime is noticed before it is used
/// where possible. Where the close crosses the request, the request is repeated on a fresh
/// connection only when no byte of it was delivered, or when its method is GET or HEAD; otherwise
/// the error says that it may have reached the server.
///
/// Runs on the executor of the calling coroutine; one thread (or strand) at a time. Destroy it
/// after all exchanges have ended, and before the executor's context. The trusted roots are read at
/// the first TLS connection; a bundle that cannot be read is a TransportError of kind tls.
class BeastTransport final : public Transport {
 public:
  /// Opens nothing yet. The clock must outlive the transport.
  explicit BeastTransport(Clock& clock, BeastTransportOptions options = {});
  ~BeastTransport() override;

  /// Adds Host, Content-Length, Connection and User-Agent. Content-Length, Connection and
  /// Transfer-Encoding of the caller are ignored; its Host and User-Agent are kept.
  /// @throws std::invalid_argument for a method, target or header that cannot be sent as HTTP.
  Task<Response> send(Request request, Deadline deadline) override;

  /// Opens one connection ahead of need and leaves it idle in the pool; does nothing when one is
  /// idle already or the limits leave no room. Throws as send() does.
  Task<> connect(Origin origin, Deadline deadline);

  /// Closes every idle connection.
  void close_idle();

  /// What it has done so far.
  BeastTransportCounts counts() const;
  /// Connections made so far, closed ones included.
  std::size_t connections_opened() const { return counts().connections_opened; }
  /// Connections that wait to be used again.
  std::size_t connections_idle() const { return counts().connections_idle; }

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace albatross::http
