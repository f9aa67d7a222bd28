#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace albatross::bench {

/// A process of its own that answers every request on a loopback port with the same bytes, doing as
/// little as a server can: what is measured against it is the client. It ends with this object.
class TrivialServer {
 public:
  explicit TrivialServer(std::string answer);
  TrivialServer(const TrivialServer&) = delete;
  TrivialServer& operator=(const TrivialServer&) = delete;
  ~TrivialServer();

  std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
};

}  // namespace albatross::bench
