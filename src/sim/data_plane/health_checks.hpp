#pragma once

#include "albatross/http/transport.hpp"
#include "albatross/sim/cloud.hpp"

#include "sim/data_plane/instance_services.hpp"
#include "sim/data_plane/next_change.hpp"
#include "sim/data_plane/pace.hpp"
#include "sim/world.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace albatross::sim {

/// Sends the health checks of the account's target groups over the wire and reports what they find.
class HealthChecks {
 public:
  /// What keeps this and all that it refers to alive while checks are under way.
  using KeepAlive = std::function<std::shared_ptr<void>()>;

  HealthChecks(boost::asio::any_io_executor executor, Cloud& cloud, Clock& clock, Pace pace,
               const InstanceServices& instances, http::Transport& transport, KeepAlive keep_alive)
      : executor_(std::move(executor)),
        cloud_(cloud),
        clock_(clock),
        pace_(std::move(pace)),
        instances_(instances),
        transport_(transport),
        keep_alive_(std::move(keep_alive)) {}

  /// Sends what is due.
  void send(NextChange& next);
  /// Nothing found from now on is reported.
  void stop() { stopped_ = true; }

 private:
  /// What is checked: target group, target and its port.
  struct Subject {
    std::string group;
    std::string target;
    std::uint16_t port = 0;
    friend auto operator<=>(const Subject&, const Subject&) = default;
  };
  void begin(TargetGroup& group, Target& target);
  Task<> check(std::shared_ptr<void> alive, Subject subject, http::Request request,
               TargetGroup group);
  Duration limit_of(const TargetGroup& group) const;

  boost::asio::any_io_executor executor_;
  Cloud& cloud_;
  Clock& clock_;
  Pace pace_;
  const InstanceServices& instances_;
  http::Transport& transport_;
  KeepAlive keep_alive_;
  std::set<Subject> under_way_;
  bool stopped_ = false;
};

}  // namespace albatross::sim
