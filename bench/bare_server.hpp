#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace albatross::bench {

/// A process of its own with the loop that the simulator's server is built on and nothing in it:
/// Beast reads a request, the same bytes go back. It ends with this object.
class BareServer {
 public:
  explicit BareServer(std::string answer);
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;
  ~BareServer();

  std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
};

}  // namespace albatross::bench
