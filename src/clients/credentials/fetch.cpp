#include "clients/credentials/fetch.hpp"

#include <optional>
#include <string>
#include <utility>

namespace albatross {
namespace {

/// One attempt: the answer, or what went wrong.
Task<std::optional<http::Response>> try_once(SharedContext context, http::Request request,
                                             Deadline by, std::string& problem) {
  try {
    auto response = co_await context->transport.send(std::move(request), by);
    if (response.status < 500) co_return response;
    problem = "status " + std::to_string(response.status);
  } catch (const http::TransportError& error) {
    problem = error.what();
  }
  co_return std::nullopt;
}

}  // namespace

Task<http::Response> fetch(SharedContext context, http::Request request, FetchLimits limits,
                           Deadline deadline) {
  std::string problem = "no time left";
  for (int attempt = 1; !deadline.reached(context->clock); ++attempt) {
    const Deadline by = earlier(deadline, Deadline::after(context->clock, limits.timeout));
    auto response = co_await try_once(context, request, by, problem);
    if (response) co_return std::move(*response);
    if (attempt >= limits.attempts) break;
    if (limits.pause >= deadline.remaining(context->clock)) break;
    co_await context->clock.sleep_for(limits.pause);
  }
  throw CredentialsError("no answer from " + request.origin.url() + ": " + problem);
}

http::Request request_to(const std::string& method, const std::string& url) {
  http::Request request;
  try {
    http::Url parsed = http::parse_url(url);
    request.origin = std::move(parsed.origin);
    request.target = std::move(parsed.target);
  } catch (const std::invalid_argument& problem) {
    throw CredentialsError("'" + url + "' is no URL: " + problem.what());
  }
  request.method = method;
  return request;
}

}  // namespace albatross
