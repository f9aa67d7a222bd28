#pragma once

#include "albatross/http/beast_transport.hpp"

#include "http/resolver.hpp"
#include "http/response_parser.hpp"
#include "http/tls_context.hpp"

#include <memory>

namespace albatross::http {

class Connection;

/// Opens connections: name, TCP, proxy, TLS.
class Connector {
 public:
  /// @param options must outlive this.
  Connector(Clock& clock, const BeastTransportOptions& options);

  /// A connection that is ready for requests to `origin`. Throws TransportError, never with
  /// may_have_reached_server; operation_aborted when cancelled.
  Task<std::unique_ptr<Connection>> connect(Origin origin, Deadline deadline);

 private:
  Task<std::unique_ptr<Connection>> open(Origin origin);
  Task<> open_tunnel(Connection& connection, Origin origin, const Proxy& proxy);

  Clock& clock_;
  const BeastTransportOptions& options_;
  Resolver resolver_;
  TlsContext tls_;
};

}  // namespace albatross::http
