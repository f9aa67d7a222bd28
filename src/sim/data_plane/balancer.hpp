#pragma once

#include "albatross/http/transport.hpp"
#include "albatross/sim/cloud.hpp"

#include "sim/core/ids.hpp"
#include "sim/data_plane/http_server.hpp"
#include "sim/data_plane/instance_services.hpp"
#include "sim/data_plane/pace.hpp"
#include "sim/data_plane/routing.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace albatross::sim {

/// What the account's Application Load Balancers answer.
class Balancer {
 public:
  /// The port of this machine at which a listener's port is served; 0 when it is not.
  using LocalPort = std::function<int(int)>;

  Balancer(Cloud& cloud, Clock& clock, Pace pace, const InstanceServices& instances,
           http::Transport& transport, LocalPort local_port)
      : cloud_(cloud),
        clock_(clock),
        pace_(std::move(pace)),
        instances_(instances),
        transport_(transport),
        local_port_(std::move(local_port)) {}

  /// Answers what came in at a listener's port. Nothing: no answer ever, as when a security group
  /// is closed.
  Task<std::optional<http::Response>> answer(int port, http::Request request, Peer peer);

 private:
  const TargetGroup* group_for(const ListenerAction& action, const Inbound& inbound);
  const Target* target_for(const TargetGroup& group, const Inbound& inbound);
  http::Request rewritten(http::Request request, const Inbound& inbound, http::Origin origin);
  Task<http::Response> forward(ListenerAction action, int limit_seconds, http::Request request,
                               Inbound inbound);
  Task<http::Response> exchange(http::Request request, int limit_seconds);

  Cloud& cloud_;
  Clock& clock_;
  Pace pace_;
  const InstanceServices& instances_;
  http::Transport& transport_;
  LocalPort local_port_;
  std::map<std::string, std::uint64_t> turns_;  // by the first group of a rule, and by target group
  Ids trace_ids_{1};
};

}  // namespace albatross::sim
