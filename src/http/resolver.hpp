#pragma once

#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/task.hpp"

#include <boost/asio/ip/address.hpp>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace albatross::http {

using Addresses = std::vector<boost::asio::ip::address>;

/// The name has no address, in the system's words.
class ResolveError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Host names to addresses, by the system's resolver.
///
/// getaddrinfo blocks and cannot be cancelled, so it runs on a thread of its own that owns all it
/// touches; whoever waits may go away at any time. Simultaneous questions for one host share one
/// lookup, and an answer serves for a few seconds, so that a burst of connections asks once.
class Resolver {
 public:
  explicit Resolver(Clock& clock);
  ~Resolver();

  /// In the order in which they are to be tried: the system's, families alternating. Addresses are
  /// returned as they are. Honours cancellation. Throws ResolveError.
  Task<Addresses> resolve(std::string host);

 private:
  struct Lookup;
  struct Answer {
    Addresses addresses;
    TimePoint until;
  };

  Clock& clock_;
  std::map<std::string, Answer> answers_;
  std::map<std::string, std::weak_ptr<Lookup>> lookups_;
};

/// Alternates between the families, beginning with that of the first (RFC 8305, 4).
Addresses alternate_families(Addresses addresses);

}  // namespace albatross::http
