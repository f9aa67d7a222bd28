#include "clients/adaptive_rate.hpp"

#include <algorithm>
#include <cmath>

namespace albatross {
namespace {

constexpr double cut = 0.7;
constexpr double steepness = 0.4;
constexpr double smoothing = 0.8;
constexpr double slowest = 0.5;
constexpr double smallest_capacity = 1;

}  // namespace

double AdaptiveRate::seconds(TimePoint now) {
  if (!started_) {
    started_ = true;
    start_ = now;
  }
  return std::chrono::duration<double>(now - start_).count();
}

void AdaptiveRate::refill(double now) {
  tokens_ = std::min(capacity_, tokens_ + (now - filled_at_) * fill_rate_);
  filled_at_ = now;
}

Duration AdaptiveRate::take(TimePoint at) {
  const double now = seconds(at);
  if (!limiting_) return Duration::zero();
  refill(now);
  tokens_ -= 1;
  if (tokens_ >= 0) return Duration::zero();
  return std::chrono::ceil<Duration>(std::chrono::duration<double>(-tokens_ / fill_rate_));
}

void AdaptiveRate::give_back() {
  if (limiting_) tokens_ = std::min(capacity_, tokens_ + 1);
}

void AdaptiveRate::measure(double now) {
  ++count_;
  const double bucket = std::floor(now * 2) / 2;
  if (bucket <= half_second_) return;
  const double current = count_ / (bucket - half_second_);
  measured_ = smoothing * current + (1 - smoothing) * measured_;
  count_ = 0;
  half_second_ = bucket;
}

double AdaptiveRate::rate_after_throttling(double now) {
  const double sent = limiting_ ? std::min(measured_, fill_rate_) : measured_;
  highest_ = sent;
  throttled_at_ = now;
  back_at_highest_after_ = std::cbrt(highest_ * (1 - cut) / steepness);
  limiting_ = true;
  return sent * cut;
}

double AdaptiveRate::rate_after_success(double now) const {
  const double offset = now - throttled_at_ - back_at_highest_after_;
  return steepness * offset * offset * offset + highest_;
}

void AdaptiveRate::set_rate(double rate, double now) {
  refill(now);
  fill_rate_ = std::max(slowest, rate);
  capacity_ = std::max(smallest_capacity, fill_rate_);
  tokens_ = std::min(tokens_, capacity_);
}

void AdaptiveRate::record(TimePoint at, bool throttled) {
  const double now = seconds(at);
  measure(now);
  const double wanted = throttled ? rate_after_throttling(now) : rate_after_success(now);
  set_rate(std::min(wanted, 2 * measured_), now);
}

}  // namespace albatross
