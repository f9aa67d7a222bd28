#pragma once

#include "albatross/http/transport.hpp"
#include "albatross/runtime/task.hpp"

#include "http/response_parser.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace albatross::http {

class Connection;

/// How far an exchange came: what decides whether it may be repeated.
struct Progress {
  /// Bytes of the request that the operating system (or, with TLS, a complete record) has taken.
  std::size_t written = 0;
  bool response_begun = false;
  /// After success: whether the connection can carry another exchange.
  bool reusable = false;
};

/// What went wrong on the connection: a TransportError that does not yet know to whom.
class ExchangeError : public std::runtime_error {
 public:
  ExchangeError(TransportErrorKind kind, const std::string& detail)
      : std::runtime_error(detail), kind_(kind) {}
  TransportErrorKind kind() const { return kind_; }

 private:
  TransportErrorKind kind_;
};

// The references below belong to the caller, who awaits the call to its end. All of them throw
// ExchangeError, or operation_aborted when the coroutine was cancelled or the connection aborted.

/// Writes the request and reads the whole response.
Task<Response> exchange(Connection& connection, const Request& request, std::string_view user_agent,
                        const ResponseParser::Limits& limits, Progress& progress);

/// Writes all of both texts, in one go where the operating system takes it.
Task<> write_request(Connection& connection, std::string_view head, std::string_view body,
                     Progress& progress);

/// Reads one response, interim ones (1xx) skipped.
/// @param without_body for the answer to HEAD or CONNECT.
Task<Response> read_response(Connection& connection, bool without_body,
                             const ResponseParser::Limits& limits, Progress& progress);

}  // namespace albatross::http
