#pragma once

#include "albatross/clients/api_error.hpp"
#include "albatross/clients/credentials_provider.hpp"
#include "albatross/clients/endpoints.hpp"
#include "albatross/clients/rate_limits.hpp"
#include "albatross/clients/retry.hpp"
#include "albatross/clients/service.hpp"
#include "albatross/http/message.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/deadline.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/runtime/task.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace albatross {

/// A retry is about to happen (for the event stream).
struct RetryNotice {
  Service service;
  std::string action;
  std::string code;
  std::string message;
  int attempt = 1;  ///< the one that failed
  Duration pause{};
};

/// Per call. Not an aggregate on purpose (see the coroutine rules).
struct CallOptions {
  CallOptions() {}
  /// All attempts together must end by then.
  explicit CallOptions(Deadline by) : deadline(by) {}

  /// For all attempts together.
  Deadline deadline;
  /// Called before each pause; must not throw.
  std::function<void(const RetryNotice&)> on_retry;
};

/// One API request, serialised but not signed.
struct ApiRequest {
  Service service = Service::ec2;
  std::string action;
  std::string method = "POST";
  /// Path and query, percent-encoded.
  std::string target = "/";
  std::string content_type;
  std::string body;
  /// May be sent again although an earlier attempt may have taken effect (reads, calls with a
  /// token, calls whose repetition does nothing).
  bool idempotent = false;
  /// False for the few calls that AWS wants unsigned.
  bool sign = true;
};

/// Signs, sends, understands errors, retries: everything between a typed operation and the wire.
/// Every attempt is signed afresh. One per (account, region); single-threaded (or one strand), any
/// number of calls at once.
class ApiCaller {
 public:
  /// Where calls go, and how patient they are.
  struct Options {
    Options() {}
    std::string region;
    EndpointOptions endpoints;
    RetryOptions retry;
    /// For one attempt, so that a stalled exchange leaves time for another.
    Duration attempt_timeout = std::chrono::seconds{60};
    /// Queue here rather than be throttled by AWS. Share one between all callers that use the same
    /// account; null: no limits of our own.
    std::shared_ptr<ApiRateLimits> rate_limits;
  };

  /// All references must outlive the caller.
  ApiCaller(Clock& clock, Entropy& entropy, http::Transport& transport,
            CredentialsProvider& credentials, Options options);
  ~ApiCaller();

  /// The response of the first successful attempt (status 2xx).
  ///
  /// Retried: throttling, and attempts that never reached AWS, always; lost answers and server
  /// errors only when the request is idempotent. At most RetryOptions::max_attempts, within the
  /// deadline and the retry quota. A refused signature with a clock that is four minutes off or
  /// more is repeated once with the server's time, expired credentials once with fresh ones; these
  /// two do not count.
  /// @throws ApiError; CredentialsError when there are none; std::invalid_argument when region and
  /// endpoint options do not fit; operation_aborted when cancelled.
  Task<http::Response> call(ApiRequest request, CallOptions options);

  /// What calls are signed with at present: for telling where it came from and how long it lasts.
  /// @throws CredentialsError when there are none; operation_aborted when cancelled.
  Task<ResolvedCredentials> credentials(Deadline deadline);

  /// The region that calls are made in.
  const std::string& region() const;
  /// The clock that deadlines are measured by.
  Clock& clock() const;
  /// Where calls queue; null: nowhere.
  const std::shared_ptr<ApiRateLimits>& rate_limits() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace albatross
