#pragma once

#include "albatross/sim/cloud.hpp"

#include "sim/data_plane/http_server.hpp"
#include "sim/data_plane/next_change.hpp"
#include "sim/data_plane/tls_identity.hpp"
#include "sim/world.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace albatross::sim {

/// Where a listener of a load balancer can be reached on this machine.
struct Front {
  std::string load_balancer;
  std::string listener;
  std::string url;
};

/// Listens for the account's load balancers on 127.0.0.1: one socket for each listener port, shared
/// by all that listen there and told apart by host name.
class Fronts {
 public:
  /// Answers what came in at a listener's port.
  using Answer = std::function<Task<std::optional<http::Response>>(int port, http::Request, Peer)>;

  Fronts(boost::asio::any_io_executor executor, Cloud& cloud, Clock& clock, Answer answer)
      : executor_(std::move(executor)), cloud_(cloud), clock_(clock), answer_(std::move(answer)) {}

  /// Opens and closes ports as the account's present state asks for.
  void refresh(NextChange& next);
  void close() { open_.clear(); }

  /// The port of this machine that stands for a listener's; 0 when nothing listens.
  int local_port(int port) const;
  std::vector<Front> list(TimePoint now) const;
  /// The certificates in use, PEM, for clients that want to verify them.
  std::string certificates() const;

 private:
  void open(int port);
  const TlsIdentity* identity_for(int port, const std::string& server_name);
  const TlsIdentity& identity_of(const Listener& listener);

  boost::asio::any_io_executor executor_;
  Cloud& cloud_;
  Clock& clock_;
  Answer answer_;
  std::map<int, std::unique_ptr<HttpService>> open_;
  std::map<std::string, TlsIdentity> identities_;  // by certificate ARN
};

/// How far ports move that may not be bound here: 80 becomes 8080, 443 becomes 8443.
inline constexpr int moved_by = 8000;

}  // namespace albatross::sim
