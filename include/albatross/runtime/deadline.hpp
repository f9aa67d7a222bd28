#pragma once

#include "albatross/runtime/clock.hpp"

#include <algorithm>

namespace albatross {

/// The instant by which something must be done. A value, overflow-safe, "never" by default; nested
/// limits combine with earlier(), so that a child can never outlive its parent.
class Deadline {
 public:
  constexpr Deadline() = default;
  /// The deadline at that instant.
  constexpr explicit Deadline(TimePoint at) : at_(at) {}

  /// No limit at all.
  static constexpr Deadline never() { return Deadline{}; }
  /// `limit` from now; a limit too long to represent is never().
  static Deadline after(const Clock& clock, Duration limit) {
    const TimePoint now = clock.now();
    return limit > TimePoint::max() - now ? never() : Deadline{now + limit};
  }

  /// The instant; TimePoint::max() when never.
  constexpr TimePoint at() const { return at_; }
  /// Is there no limit?
  constexpr bool is_never() const { return at_ == TimePoint::max(); }
  /// Has it passed by this clock?
  bool reached(const Clock& clock) const { return clock.now() >= at_; }
  /// Time left, at least zero; Duration::max() when never.
  Duration remaining(const Clock& clock) const {
    if (is_never()) return Duration::max();
    return std::max(Duration::zero(), at_ - clock.now());
  }

  friend constexpr Deadline earlier(Deadline a, Deadline b) { return a.at_ < b.at_ ? a : b; }
  friend constexpr bool operator==(Deadline, Deadline) = default;

 private:
  TimePoint at_ = TimePoint::max();
};

}  // namespace albatross
