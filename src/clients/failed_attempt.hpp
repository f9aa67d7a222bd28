#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/api_error.hpp"
#include "albatross/http/message.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"

#include <optional>

namespace albatross {

/// One failed attempt, understood.
struct FailedAttempt {
  ApiError::Details details;
  /// It took long to find out: retrying costs more quota.
  bool after_timeout = false;
  /// The server's clock when it answered.
  std::optional<WallTime> server_time;
  /// How long the server asks to wait at least (Retry-After, x-amz-retry-after).
  Duration asked_pause{};
  /// The answer's body, where the errors of a service carry data (DynamoDB).
  std::string body;
};

/// Throws it as what it is: an ApiError, or the error of a service that carries data.
[[noreturn]] void throw_error(FailedAttempt failure);

/// An answer that is no success. Pure.
FailedAttempt failure_of(const ApiRequest& request, const http::Response& response);

/// No (whole) answer. Pure.
FailedAttempt failure_of(const ApiRequest& request, const http::TransportError& error);

/// The answer arrived damaged (DynamoDB sends a checksum).
bool is_damaged(const http::Response& response);
FailedAttempt damaged(const ApiRequest& request);

/// The deadline passed before anything was sent.
FailedAttempt too_late(const ApiRequest& request);

/// Our own rate limits would let it go only after the deadline.
FailedAttempt held_back(const ApiRequest& request);

/// Does the request name ids, filters or a page size?
bool is_narrowed(const ApiRequest& request);

/// Does the call only look, by AWS's naming of its actions?
bool only_reads(const ApiRequest& request);

/// May this failed attempt be followed by another one of the same request? Throttling and attempts
/// that never reached the server always; others only when nothing can have happened, or when it
/// does no harm to happen twice. Pure.
bool may_repeat(const ApiRequest& request, const FailedAttempt& failure);

}  // namespace albatross
