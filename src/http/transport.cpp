#include "albatross/http/transport.hpp"

#include <utility>

namespace albatross::http {

std::string_view to_string(TransportErrorKind kind) {
  switch (kind) {
    case TransportErrorKind::resolve:
      return "resolve";
    case TransportErrorKind::connect:
      return "connect";
    case TransportErrorKind::tls:
      return "tls";
    case TransportErrorKind::timeout:
      return "timeout";
    case TransportErrorKind::closed:
      return "closed";
    case TransportErrorKind::malformed:
      return "malformed";
    case TransportErrorKind::too_large:
      return "too_large";
  }
  return "unknown";
}

TransportError::TransportError(TransportErrorKind kind, Origin origin, std::string detail,
                               bool may_have_reached_server)
    : std::runtime_error(origin.url() + ": " + detail),
      kind_(kind),
      origin_(std::move(origin)),
      may_have_reached_server_(may_have_reached_server) {}

}  // namespace albatross::http
