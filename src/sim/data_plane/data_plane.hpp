#pragma once

#include "albatross/http/beast_transport.hpp"
#include "albatross/sim/cloud.hpp"

#include "sim/data_plane/http_server.hpp"
#include "sim/data_plane/routing.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace albatross::sim {

/// Where a listener of a load balancer can be reached on this machine.
struct Front {
  std::string load_balancer;
  std::string listener;
  std::string url;
};

/// Makes the account's instances and load balancers real on loopback: every booted instance that is
/// a target listens on an address of its own (127.64.0.0/10), every active load balancer on
/// 127.0.0.1, told apart by host name; health checks go over the wire and decide target health.
///
/// Ports that may not be bound (below 1024 when not root, or taken) move up by 8000, or to any free
/// one. Everything runs on the given executor. refresh() after each call and now and then.
class DataPlane {
 public:
  /// @param cloud_now the Cloud's present time.
  DataPlane(boost::asio::any_io_executor executor, Cloud& cloud, Clock& clock,
            std::function<TimePoint()> cloud_now);
  DataPlane(const DataPlane&) = delete;
  DataPlane& operator=(const DataPlane&) = delete;
  ~DataPlane();

  /// Opens and closes what the account's present state asks for, and sends the checks that are due.
  void refresh();
  std::vector<Front> fronts() const;
  /// The loopback address that stands for an instance.
  std::string address_of(const std::string& instance);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace albatross::sim
