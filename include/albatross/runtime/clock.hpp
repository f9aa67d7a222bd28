#pragma once

#include "albatross/runtime/task.hpp"

#include <chrono>

namespace albatross {

/// Monotonic time: for waits, deadlines and durations. Never shown to a person.
using TimePoint = std::chrono::steady_clock::time_point;
/// Wall-clock time (UTC): for signatures, records and reports. May jump, may be wrong.
using WallTime = std::chrono::system_clock::time_point;
/// A length of monotonic time; nanoseconds.
using Duration = std::chrono::steady_clock::duration;

/// The only source of "now" and of waiting. The two clocks are separate on purpose: the simulator
/// skews one without the other.
class Clock {
 public:
  virtual ~Clock() = default;

  /// Monotonic now.
  virtual TimePoint now() const = 0;
  /// Wall-clock now, as this machine believes it.
  virtual WallTime wall() const = 0;
  /// Returns once now() >= at; at once when that is already so (but never without a turn of the
  /// executor). Honours cancellation: throws boost::system::system_error(operation_aborted).
  virtual Task<> sleep_until(TimePoint at) = 0;

  /// sleep_until(now() + duration).
  Task<> sleep_for(Duration duration);
};

/// The operating system's clocks. Stateless; one may serve any number of executors.
class SystemClock final : public Clock {
 public:
  TimePoint now() const override;
  WallTime wall() const override;
  Task<> sleep_until(TimePoint at) override;
};

}  // namespace albatross
