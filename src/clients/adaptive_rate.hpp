#pragma once

#include "albatross/runtime/clock.hpp"

namespace albatross {

/// The send rate of retry mode "adaptive": unlimited until AWS throttles for the first time, then
/// cut to 70 % of what was sent, and raised again along a cubic curve while nothing is throttled.
/// Source: AWS SDKs and Tools Reference Guide, "Retry behavior", adaptive mode. Pure, O(1).
class AdaptiveRate {
 public:
  /// One attempt is about to be made: how long to wait first. First come, first served.
  Duration take(TimePoint now);
  /// The attempt was not made after all.
  void give_back();
  /// An attempt has ended.
  void record(TimePoint now, bool throttled);

  bool limiting() const { return limiting_; }
  /// Attempts a second; meaningful while limiting.
  double rate() const { return fill_rate_; }

 private:
  double seconds(TimePoint now);
  void measure(double now);
  double rate_after_throttling(double now);
  double rate_after_success(double now) const;
  void set_rate(double rate, double now);
  void refill(double now);

  bool started_ = false;
  TimePoint start_{};
  bool limiting_ = false;
  // The bucket; tokens below zero are owed to those who wait.
  double fill_rate_ = 0.5;
  double capacity_ = 1;
  double tokens_ = 0;
  double filled_at_ = 0;
  // What was really sent, over half seconds, smoothed.
  double measured_ = 0;
  double half_second_ = 0;
  int count_ = 0;
  // The cubic curve.
  double highest_ = 0;
  double back_at_highest_after_ = 0;
  double throttled_at_ = 0;
};

}  // namespace albatross
