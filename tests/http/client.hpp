#pragma once

#include "albatross/http/beast_transport.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "loopback.hpp"
#include "support/run_coro.hpp"

#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace albatross::http::test {

using namespace std::chrono_literals;
using albatross::test::run_coro;

/// What became of an exchange, as a value.
struct Outcome {
  std::optional<Response> response;
  std::optional<TransportError> error;

  int status() const { return response ? response->status : 0; }
  std::string body() const { return response ? response->body : "no response"; }
  std::string kind() const { return error ? std::string(to_string(error->kind())) : "no error"; }
  std::string what() const { return error ? error->what() : "no error"; }
  bool may_have_reached_server() const { return error && error->may_have_reached_server(); }
};

inline Request get(Origin origin, std::string target = "/") {
  Request request;
  request.origin = std::move(origin);
  request.target = std::move(target);
  return request;
}

inline Request post(Origin origin, std::string body, std::string target = "/") {
  Request request = get(std::move(origin), std::move(target));
  request.method = "POST";
  request.body = std::move(body);
  return request;
}

inline Task<Outcome> outcome_of(Task<Response> exchange) {
  Outcome outcome;
  try {
    outcome.response = co_await std::move(exchange);
  } catch (const TransportError& e) {
    outcome.error = e;
  }
  co_return outcome;
}

inline Task<Outcome> try_send(Transport& transport, Request request,
                              Deadline deadline = Deadline::never()) {
  co_return co_await outcome_of(transport.send(std::move(request), deadline));
}

/// A script as a plain function object, for scripts without captures.
inline Script once(std::string answer) {
  return [answer](Peer& peer) -> Task<> {
    const auto request = co_await peer.request();
    if (request.empty()) co_return;
    co_await peer.say(answer);
  };
}

}  // namespace albatross::http::test
