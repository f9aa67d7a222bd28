#pragma once

#include "albatross/runtime/clock.hpp"

#include "http/resolver.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace albatross {
class TaskGroup;
}

namespace albatross::http {

/// A socket, or why there is none.
struct Dialed {
  std::optional<boost::asio::ip::tcp::socket> socket;
  std::string error;
};

/// Connects to the first of several addresses that answers (RFC 8305): each is tried when the one
/// before has failed or has kept silent for a while, and goes on being tried until one has
/// answered.
class Dialer {
 public:
  Dialer(Clock& clock, Duration stagger) : clock_(clock), stagger_(stagger) {}

  /// Honours cancellation; the time limit is the caller's.
  Task<Dialed> dial(Addresses addresses, std::uint16_t port);

 private:
  struct Race;
  Task<> attempt(Race& race, boost::asio::ip::tcp::endpoint endpoint);
  Task<> attempt_in_turn(Race& race, TaskGroup& group, const Addresses& addresses,
                         std::uint16_t port);

  Clock& clock_;
  Duration stagger_;
};

}  // namespace albatross::http
