#pragma once

#include "albatross/http/message.hpp"
#include "albatross/runtime/deadline.hpp"
#include "albatross/runtime/task.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace albatross::http {

/// The one seam between Albatross and the network. BeastTransport is real; sim::SimTransport,
/// the recorder and the replayer stand in the same place.
class Transport {
 public:
  virtual ~Transport() = default;

  /// One request, one whole response, whatever its status. Never retries a request that can have
  /// reached the server.
  /// @param request goes out as it is, but for what the transport adds
  /// @param deadline for the whole exchange, connecting included.
  /// @throws TransportError; operation_aborted when cancelled (the connection is then dropped).
  virtual Task<Response> send(Request request, Deadline deadline) = 0;
};

/// What failed below HTTP.
enum class TransportErrorKind {
  resolve,    ///< the host name has no address
  connect,    ///< nobody answered there
  tls,        ///< handshake, certificate or host name
  timeout,    ///< the deadline passed
  closed,     ///< the connection ended before the response was complete
  malformed,  ///< what came back is not HTTP
  too_large,  ///< the response exceeds the limit
};
/// Its name: "timeout".
std::string_view to_string(TransportErrorKind kind);

/// The exchange failed below HTTP.
class TransportError : public std::runtime_error {
 public:
  /// what() says the kind, the origin and the detail.
  TransportError(TransportErrorKind kind, Origin origin, std::string detail,
                 bool may_have_reached_server);

  /// What failed.
  TransportErrorKind kind() const { return kind_; }
  /// Where the request was to go.
  const Origin& origin() const { return origin_; }
  /// False only when it is certain that no byte of the request was delivered. When true, a mutation
  /// may have taken effect.
  bool may_have_reached_server() const { return may_have_reached_server_; }

 private:
  TransportErrorKind kind_;
  Origin origin_;
  bool may_have_reached_server_;
};

}  // namespace albatross::http
