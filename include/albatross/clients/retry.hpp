#pragma once

#include "albatross/clients/api_error.hpp"
#include "albatross/runtime/clock.hpp"

#include <chrono>
#include <cstdint>

namespace albatross {

/// Source: AWS SDKs and Tools Reference Guide, "Retry behavior".
enum class RetryMode : std::uint8_t {
  standard,  ///< quota and jittered backoff
  adaptive,  ///< the same, and after throttling the send rate adapts to what AWS lets through
};

/// How often and how patiently a call is tried again.
struct RetryOptions {
  RetryMode mode = RetryMode::standard;
  /// Attempts in total, the first one included (AWS_MAX_ATTEMPTS).
  int max_attempts = 3;
  Duration max_backoff = std::chrono::seconds{20};
};

/// The retry quota of one caller: a run of failures empties it, successes refill it, and an empty
/// quota means that errors are reported at once instead of being multiplied.
class RetryQuota {
 public:
  /// Takes what a retry costs; false (and nothing taken) when there is not enough.
  bool take(bool after_timeout);
  /// A call succeeded; `retried` tells whether its last attempt was a retry, and which kind.
  void give_back(bool retried, bool after_timeout);
  /// What is left of the quota; it begins at 500.
  int available() const { return available_; }

 private:
  int available_ = 500;
};

/// How long to pause before the next attempt: full jitter under min(2^(attempt-1), cap) seconds.
/// @param attempt the one that failed, from 1
/// @param random uniform in [0, 1)
/// @param cap the longest pause
Duration backoff(int attempt, double random, Duration cap);

}  // namespace albatross
