#include "albatross/clients/retry.hpp"

#include <algorithm>
#include <cmath>

namespace albatross {
namespace {
constexpr int quota_capacity = 500;
constexpr int plain_cost = 5;
constexpr int timeout_cost = 10;
constexpr int refill_without_retry = 1;

int cost(bool after_timeout) {
  return after_timeout ? timeout_cost : plain_cost;
}
}  // namespace

bool RetryQuota::take(bool after_timeout) {
  if (available_ < cost(after_timeout)) return false;
  available_ -= cost(after_timeout);
  return true;
}

void RetryQuota::give_back(bool retried, bool after_timeout) {
  const int amount = retried ? cost(after_timeout) : refill_without_retry;
  available_ = std::min(quota_capacity, available_ + amount);
}

Duration backoff(int attempt, double random, Duration cap) {
  const std::chrono::duration<double> limit = cap;
  const double ceiling = std::min(std::ldexp(1.0, std::clamp(attempt - 1, 0, 62)), limit.count());
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(ceiling * random));
}

}  // namespace albatross
