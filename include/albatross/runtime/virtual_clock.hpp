#pragma once

#include "albatross/runtime/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace boost::asio {
class io_context;
}

namespace albatross {

/// Time that stands still while anything can run, and jumps to the next sleeper when nothing can.
/// A ten-minute deployment takes milliseconds, and the same program gives the same run: sleepers
/// due at the same instant wake in the order in which they went to sleep.
///
/// Single-threaded: everything runs on the given io_context, which must outlive the clock's use.
class VirtualClock final : public Clock {
 public:
  /// @param context is run by drive(); everything that sleeps runs on it
  /// @param wall_start what wall() says when now() is at its origin.
  explicit VirtualClock(boost::asio::io_context& context,
                        WallTime wall_start = WallTime{std::chrono::seconds{1'767'225'600}});
  VirtualClock(const VirtualClock&) = delete;
  VirtualClock& operator=(const VirtualClock&) = delete;
  ~VirtualClock() override;

  TimePoint now() const override { return now_; }
  WallTime wall() const override;
  Task<> sleep_until(TimePoint at) override;

  /// Moves wall() away from the truth by `skew` (for clock-skew tests); now() is not touched.
  void set_wall_skew(Duration skew) { skew_ = skew; }

  /// Runs the io_context until nothing is runnable and nobody sleeps. When work remains after that
  /// (a coroutine waiting for something that will never happen) it simply returns: the caller sees
  /// that its root has not finished. Exceptions of handlers pass through.
  void drive();

  /// Like drive(), but stops before time would pass `limit`; now() is then `limit`.
  void drive_until(TimePoint limit);

  /// How many sleepers there are, and when the first is due (for reports of deadlock).
  std::size_t sleeping() const { return sleepers_.size(); }

 private:
  using Key = std::pair<TimePoint, std::uint64_t>;  // the sequence number makes ties FIFO

  boost::asio::io_context& context_;
  TimePoint now_{};
  WallTime wall_start_;
  Duration skew_{};
  std::uint64_t sequence_ = 0;
  std::map<Key, std::function<void(bool cancelled)>> sleepers_;
};

}  // namespace albatross
