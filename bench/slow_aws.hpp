#pragma once

#include <chrono>
#include <cstdint>
#include <sys/types.h>

namespace albatross::bench {

/// A simulated AWS in a process of its own, in which everything is ready at once, and whose every
/// answer comes a fixed time after its request. It ends with this object.
class SlowAws {
 public:
  explicit SlowAws(std::chrono::milliseconds delay);
  SlowAws(const SlowAws&) = delete;
  SlowAws& operator=(const SlowAws&) = delete;
  ~SlowAws();

  std::uint16_t port() const { return port_; }
  /// Forgets what it has seen so far.
  void reset();
  std::uint64_t requests() const;
  /// From the arrival of the first request to the last answer.
  std::chrono::duration<double, std::milli> span() const;

 private:
  struct Seen;
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
  /// Shared with the other process.
  Seen* seen_ = nullptr;
};

}  // namespace albatross::bench
