#pragma once

#include "albatross/http/message.hpp"

#include <exception>
#include <string>
#include <utility>

/// What the simulator's servers have in common.
namespace albatross::sim {

/// From Beast's request (a template, so that Beast stays in the servers' own files).
template <class Message>
http::Request to_request(Message&& message) {
  http::Request request;
  request.origin.tls = false;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message.base()) {
    request.headers.add(std::string(field.name_string()), std::string(field.value()));
  }
  request.body = std::move(message.body());
  return request;
}

/// The whole response as bytes; `cut` keeps half of the body (and all of Content-Length).
std::string to_bytes(const http::Response& response, bool keep_alive, bool head, bool cut = false);

/// For co_spawn: what nobody awaits must not fail in silence. Cancellation is no failure.
struct RethrowFailure {
  void operator()(std::exception_ptr error) const;
};
inline constexpr RethrowFailure rethrow_failure{};

}  // namespace albatross::sim
