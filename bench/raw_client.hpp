#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace albatross::bench {

/// A port of loopback that was free a moment ago.
std::uint16_t free_port();
/// Whether somebody takes connections there.
bool answers(std::uint16_t port);

/// Sends the same bytes over several keep-alive connections, all at once and again and again, doing
/// as little as a client can: what is measured is the server.
class RawClient {
 public:
  RawClient(std::uint16_t port, std::string request, std::size_t connections);
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient();

  /// Requests answered in a second. @throws std::runtime_error unless every status is 200
  double rate(std::chrono::milliseconds length);

 private:
  void one_round();
  void read_answer(int descriptor);

  std::string request_;
  std::vector<int> sockets_;
  std::string answer_;
};

}  // namespace albatross::bench
