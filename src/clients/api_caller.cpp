#include "albatross/clients/api_caller.hpp"

#include "clients/adaptive_rate.hpp"
#include "clients/clock_skew.hpp"
#include "clients/failed_attempt.hpp"
#include "clients/request_signing.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

namespace albatross {
namespace {

std::int64_t whole_seconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

bool same(const Credentials& a, const Credentials& b) {
  return a.access_key_id == b.access_key_id && a.secret_access_key == b.secret_access_key &&
         a.session_token == b.session_token;
}

/// How far one call has come.
struct Progress {
  ApiRequest request;
  CallOptions options;
  /// All attempts, and those that count against max_attempts (a corrected clock or fresh
  /// credentials give one more).
  int attempts = 0;
  int counted = 0;
  bool clock_tried = false;
  bool refresh_tried = false;
  bool may_have_taken_effect = false;
  /// The last retry's price, given back on success.
  bool retried = false;
  bool after_timeout = false;
  /// What the last attempt was signed with.
  Credentials used;
  Duration offset_used{};
};

/// Exactly one of the two.
struct Outcome {
  std::optional<http::Response> response;
  std::optional<FailedAttempt> failure;
};

}  // namespace

struct ApiCaller::State {
  Clock& clock;
  Entropy& entropy;
  http::Transport& transport;
  CredentialsProvider& credentials;
  Options options;
  RequestSigner signer{};
  RetryQuota quota{};
  /// The server's time minus ours, once it proved to matter.
  Duration clock_offset{};
  std::map<Service, Endpoint> endpoints{};
  /// Used in adaptive mode only.
  std::map<Service, AdaptiveRate> rates{};

  Task<> wait_for_turn(const Progress& progress);
  Duration take_turn(const ApiRequest& request);
  void give_turn_back(const ApiRequest& request);
  const Endpoint& endpoint(Service service);
  Task<Outcome> attempt(Progress& progress);
  Task<http::Request> prepare(Progress& progress);
  Task<bool> refresh_credentials(Progress& progress);
  void complete(const Progress& progress, FailedAttempt& failure) const;
  bool correct_clock(Progress& progress, const FailedAttempt& failure);
  std::optional<Duration> pause_before_retry(Progress& progress, const FailedAttempt& failure);
};

const Endpoint& ApiCaller::State::endpoint(Service service) {
  const auto known = endpoints.find(service);
  if (known != endpoints.end()) return known->second;
  return endpoints.emplace(service, resolve_endpoint(service, options.region, options.endpoints))
      .first->second;
}

Task<http::Request> ApiCaller::State::prepare(Progress& progress) {
  const Endpoint& to = endpoint(progress.request.service);
  http::Request request = to_http(progress.request, to);
  if (!progress.request.sign) co_return request;
  auto resolved = co_await credentials.resolve(progress.options.deadline);
  progress.used = std::move(resolved.credentials);
  progress.offset_used = clock_offset;
  const auto time = clock.wall() + std::chrono::duration_cast<WallTime::duration>(clock_offset);
  signer.sign(request, to, progress.used, time);
  co_return request;
}

/// Takes a token of every limit that applies; how long to wait for them.
Duration ApiCaller::State::take_turn(const ApiRequest& request) {
  Duration pause{};
  if (options.retry.mode == RetryMode::adaptive) {
    pause = rates[request.service].take(clock.now());
  }
  if (options.rate_limits) {
    pause =
        std::max(pause, options.rate_limits->take(options.region, request.service, request.action,
                                                  is_narrowed(request), clock.now()));
  }
  return pause;
}

void ApiCaller::State::give_turn_back(const ApiRequest& request) {
  if (options.retry.mode == RetryMode::adaptive) rates[request.service].give_back();
  if (options.rate_limits) {
    options.rate_limits->give_back(options.region, request.service, request.action,
                                   is_narrowed(request));
  }
}

/// @throws ApiError "Client.RateLimit" when the turn would come after the deadline
Task<> ApiCaller::State::wait_for_turn(const Progress& progress) {
  const Duration pause = take_turn(progress.request);
  if (pause <= Duration::zero()) co_return;
  if (pause >= progress.options.deadline.remaining(clock)) {
    give_turn_back(progress.request);
    FailedAttempt failure = held_back(progress.request);
    failure.details.attempts = progress.attempts - 1;
    failure.details.may_have_taken_effect = progress.may_have_taken_effect;
    throw ApiError(std::move(failure.details));
  }
  co_await clock.sleep_for(pause);
}

/// One attempt, signed afresh. Throws only what no retry can help: cancellation, no credentials.
Task<Outcome> ApiCaller::State::attempt(Progress& progress) {
  Outcome outcome;
  co_await wait_for_turn(progress);
  auto request = co_await prepare(progress);
  const Deadline by =
      earlier(progress.options.deadline, Deadline::after(clock, options.attempt_timeout));
  try {
    auto response = co_await transport.send(std::move(request), by);
    if (response.status < 200 || response.status > 299) {
      outcome.failure = failure_of(progress.request, response);
    } else if (is_damaged(response)) {
      outcome.failure = damaged(progress.request);
    } else {
      outcome.response = std::move(response);
    }
  } catch (const http::TransportError& error) {
    outcome.failure = failure_of(progress.request, error);
  }
  if (options.retry.mode == RetryMode::adaptive) {
    const bool throttled =
        outcome.failure && outcome.failure->details.error_class == ErrorClass::throttling;
    rates[progress.request.service].record(clock.now(), throttled);
  }
  co_return outcome;
}

/// Adds what only the caller knows to the error that may be thrown.
void ApiCaller::State::complete(const Progress& progress, FailedAttempt& failure) const {
  ApiError::Details& details = failure.details;
  details.attempts = progress.attempts;
  details.may_have_taken_effect |= progress.may_have_taken_effect;
  details.clock_corrected = progress.offset_used != Duration::zero();
  if (failure.server_time) {
    details.clock_offset_seconds = whole_seconds(*failure.server_time - clock.wall());
  }
}

/// Is our clock wrong by so much that the signature was refused for it? Then signs by the server's
/// from now on. Once in a call, so that it never loops.
bool ApiCaller::State::correct_clock(Progress& progress, const FailedAttempt& failure) {
  if (progress.clock_tried || !failure.server_time || !progress.request.sign ||
      !may_be_clock_skew(failure.details.code)) {
    return false;
  }
  const Duration offset = *failure.server_time - clock.wall();
  const Duration error_of_signature = offset - progress.offset_used;
  if (std::abs(whole_seconds(error_of_signature)) < skew_limit.count()) return false;
  progress.clock_tried = true;
  clock_offset = offset;
  return true;
}

/// True when there are other credentials now than those that were refused. Another call may have
/// fetched them already.
Task<bool> ApiCaller::State::refresh_credentials(Progress& progress) {
  if (progress.refresh_tried || !progress.request.sign) co_return false;
  progress.refresh_tried = true;
  auto current = co_await credentials.resolve(progress.options.deadline);
  if (!same(current.credentials, progress.used)) co_return true;
  credentials.invalidate();
  auto fresh = co_await credentials.resolve(progress.options.deadline);
  co_return !same(fresh.credentials, progress.used);
}

/// How long to wait before the next attempt; nothing when there is to be none.
std::optional<Duration> ApiCaller::State::pause_before_retry(Progress& progress,
                                                             const FailedAttempt& failure) {
  if (!may_repeat(progress.request, failure)) return std::nullopt;
  if (progress.counted >= options.retry.max_attempts) return std::nullopt;
  const Duration jittered = backoff(progress.counted, entropy.uniform(), options.retry.max_backoff);
  const Duration pause = std::max(jittered, failure.asked_pause);
  if (pause >= progress.options.deadline.remaining(clock)) return std::nullopt;
  if (!quota.take(failure.after_timeout)) return std::nullopt;
  progress.retried = true;
  progress.after_timeout = failure.after_timeout;
  return pause;
}

ApiCaller::ApiCaller(Clock& clock, Entropy& entropy, http::Transport& transport,
                     CredentialsProvider& credentials, Options options)
    : state_(new State{clock, entropy, transport, credentials, std::move(options)}) {}

ApiCaller::~ApiCaller() = default;

Task<ResolvedCredentials> ApiCaller::credentials(Deadline deadline) {
  auto resolved = co_await state_->credentials.resolve(deadline);
  co_return resolved;
}

const std::string& ApiCaller::region() const {
  return state_->options.region;
}

Clock& ApiCaller::clock() const {
  return state_->clock;
}

const std::shared_ptr<ApiRateLimits>& ApiCaller::rate_limits() const {
  return state_->options.rate_limits;
}

namespace {

void announce(const Progress& progress, const FailedAttempt& failure, Duration pause) {
  if (!progress.options.on_retry) return;
  RetryNotice notice;
  notice.service = progress.request.service;
  notice.action = progress.request.action;
  notice.code = failure.details.code;
  notice.message = failure.details.message;
  notice.attempt = progress.attempts;
  notice.pause = pause;
  progress.options.on_retry(notice);
}

}  // namespace

Task<http::Response> ApiCaller::call(ApiRequest request, CallOptions options) {
  State& state = *state_;
  Progress progress;
  progress.request = std::move(request);
  progress.options = std::move(options);
  if (progress.options.deadline.reached(state.clock)) {
    throw ApiError(too_late(progress.request).details);
  }
  for (;;) {
    ++progress.attempts;
    ++progress.counted;
    auto outcome = co_await state.attempt(progress);
    if (outcome.response) {
      state.quota.give_back(progress.retried, progress.after_timeout);
      co_return std::move(*outcome.response);
    }
    FailedAttempt& failure = *outcome.failure;
    state.complete(progress, failure);
    progress.may_have_taken_effect = failure.details.may_have_taken_effect;

    Duration pause{};
    bool free_attempt = state.correct_clock(progress, failure);
    if (!free_attempt && failure.details.error_class == ErrorClass::expired) {
      free_attempt = co_await state.refresh_credentials(progress);
    }
    if (free_attempt) {
      --progress.counted;
    } else {
      const auto found = state.pause_before_retry(progress, failure);
      if (!found) throw_error(std::move(failure));
      pause = *found;
    }
    announce(progress, failure, pause);
    if (pause > Duration::zero()) co_await state.clock.sleep_for(pause);
  }
}

}  // namespace albatross
