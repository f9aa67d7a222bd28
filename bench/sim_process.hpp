#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <sys/types.h>

namespace albatross::bench {

/// An `albatross sim` of its own, as a user starts it. It ends with this object.
class SimProcess {
 public:
  SimProcess();
  SimProcess(const SimProcess&) = delete;
  SimProcess& operator=(const SimProcess&) = delete;
  ~SimProcess();

  std::uint16_t port() const { return port_; }
  /// From its start until it takes connections.
  std::chrono::duration<double, std::milli> startup() const { return startup_; }
  /// Its memory now, in megabytes (RSS).
  double megabytes() const;

 private:
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  std::chrono::duration<double, std::milli> startup_{};
};

}  // namespace albatross::bench
