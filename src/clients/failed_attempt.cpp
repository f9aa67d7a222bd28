#include "clients/failed_attempt.hpp"

#include "albatross/clients/dynamodb.hpp"

#include "clients/clock_skew.hpp"
#include "clients/crc32.hpp"
#include "clients/error_body.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace albatross {
namespace {

constexpr std::int64_t longest_asked_pause_ms = 20'000;

std::optional<std::int64_t> number(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
  return value;
}

Duration asked_pause(const http::Headers& headers) {
  std::int64_t milliseconds = 0;
  if (const auto own = number(headers.find("x-amz-retry-after"))) {
    milliseconds = *own;
  } else if (const auto seconds = number(headers.find("retry-after"))) {
    milliseconds = std::min(*seconds, longest_asked_pause_ms) * 1000;
  }
  return std::chrono::milliseconds{std::min(milliseconds, longest_asked_pause_ms)};
}

bool is_request_timeout(std::string_view code) {
  return code == "RequestTimeout" || code == "RequestTimeoutException" ||
         code == "DependencyTimeout";
}

/// A refusal changes nothing; a server that failed half-way may have.
bool may_have_taken_effect(const ApiError::Details& error) {
  if (error.error_class != ErrorClass::transient) return false;
  return error.http_status >= 500 || is_request_timeout(error.code);
}

FailedAttempt network_failure(const ApiRequest& request, std::string code, std::string message) {
  FailedAttempt failure;
  ApiError::Details& details = failure.details;
  details.service = request.service;
  details.action = request.action;
  details.code = "Network." + std::move(code);
  details.message = std::move(message);
  details.error_class = classify_error(request.service, details.code, details.message, 0);
  return failure;
}

}  // namespace

FailedAttempt failure_of(const ApiRequest& request, const http::Response& response) {
  ErrorBody body = parse_error_body(info(request.service).protocol, response);
  FailedAttempt failure;
  ApiError::Details& details = failure.details;
  details.service = request.service;
  details.action = request.action;
  details.code = body.code.empty() ? std::to_string(response.status) : std::move(body.code);
  details.message = std::move(body.message);
  details.request_id = std::move(body.request_id);
  details.existing_id = std::move(body.existing_id);
  if (request.service == Service::dynamodb) failure.body = response.body;
  details.http_status = response.status;
  details.error_class =
      classify_error(request.service, details.code, details.message, response.status);
  details.may_have_taken_effect = !only_reads(request) && may_have_taken_effect(details);
  failure.after_timeout = is_request_timeout(details.code);
  failure.server_time = server_time(response.headers);
  failure.asked_pause = asked_pause(response.headers);
  return failure;
}

FailedAttempt failure_of(const ApiRequest& request, const http::TransportError& error) {
  FailedAttempt failure =
      network_failure(request, std::string(to_string(error.kind())), error.what());
  failure.after_timeout = error.kind() == http::TransportErrorKind::timeout;
  failure.details.may_have_taken_effect = error.may_have_reached_server() && !only_reads(request);
  return failure;
}

bool is_damaged(const http::Response& response) {
  const auto expected = number(response.headers.find("x-amz-crc32"));
  if (!expected || response.headers.find("content-encoding")) return false;
  return static_cast<std::int64_t>(crc32(response.body)) != *expected;
}

FailedAttempt damaged(const ApiRequest& request) {
  FailedAttempt failure = network_failure(request, "checksum", "the answer arrived damaged");
  failure.details.may_have_taken_effect = !only_reads(request);
  return failure;
}

void throw_error(FailedAttempt failure) {
  if (!failure.body.empty()) {
    throw dynamodb::Error(std::move(failure.details), std::move(failure.body));
  }
  throw ApiError(std::move(failure.details));
}

FailedAttempt too_late(const ApiRequest& request) {
  FailedAttempt failure =
      network_failure(request, "timeout", "the deadline passed before the request was sent");
  failure.details.attempts = 0;
  return failure;
}

FailedAttempt held_back(const ApiRequest& request) {
  FailedAttempt failure;
  ApiError::Details& details = failure.details;
  details.service = request.service;
  details.action = request.action;
  details.code = "Client.RateLimit";
  details.message = "so many calls of this kind are waiting that its turn comes after the deadline";
  details.error_class = ErrorClass::throttling;
  return failure;
}

bool is_narrowed(const ApiRequest& request) {
  return request.body.find("MaxResults=") != std::string::npos ||
         request.body.find("Filter.1") != std::string::npos ||
         request.body.find("Id.1=") != std::string::npos;
}

bool only_reads(const ApiRequest& request) {
  constexpr std::array<std::string_view, 6> beginnings{"Describe", "Get",  "List",
                                                       "Query",    "Scan", "BatchGet"};
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
    return request.action.starts_with(beginning);
  });
}

bool may_repeat(const ApiRequest& request, const FailedAttempt& failure) {
  const ApiError::Details& error = failure.details;
  if (error.error_class == ErrorClass::throttling) return true;
  if (error.error_class != ErrorClass::transient) return false;
  return !error.may_have_taken_effect || request.idempotent;
}

}  // namespace albatross
