#pragma once

#include "albatross/sim/cloud.hpp"

#include "sim/data_plane/fronts.hpp"
#include "sim/data_plane/instance_services.hpp"
#include "sim/data_plane/pace.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace albatross::sim {

/// Makes the account's instances and load balancers real on loopback: booted instances listen on
/// addresses of their own, active load balancers on 127.0.0.1, told apart by host name; health
/// checks go over the wire and decide target health.
///
/// Ports that may not be bound (below 1024 when not root, or taken) move up by 8000, or to any free
/// one. Everything runs on the given executor.
class DataPlane {
 public:
  /// Told of each listener that begins to be served.
  using Announce = std::function<void(const Front&)>;

  /// Changes the Cloud's options: host names that resolve here, public addresses on loopback
  /// (derived from `port`, so that simulators beside each other do not share them), checks over the
  /// wire.
  DataPlane(boost::asio::any_io_executor executor, Cloud& cloud, Clock& clock, Pace pace,
            std::uint16_t port, Announce announce);
  DataPlane(const DataPlane&) = delete;
  DataPlane& operator=(const DataPlane&) = delete;
  ~DataPlane();

  /// The account has changed: the next keep_up() looks.
  void changed();
  /// When the account has changed, or time has changed it: opens and closes what it asks for now,
  /// and sends the checks that are due. Costs next to nothing otherwise.
  void keep_up();
  /// How long keep_up() has nothing to do unless somebody calls; at most a moment.
  Duration idle_for() const;

  /// Takes a request that a client sent through the simulator as through a proxy ("GET
  /// http://name/path"). Nothing: no answer ever.
  Task<std::optional<http::Response>> proxied(http::Request request, std::uint32_t client);
  /// The port of this machine behind "name:port" of a CONNECT; 0 when it is nobody's.
  int tunnel_to(const std::string& authority) const;

  std::vector<Front> fronts() const;
  std::vector<OpenPort> instance_ports() const;
  std::string certificates() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace albatross::sim
