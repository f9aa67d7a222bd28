#pragma once

#include "sim/world.hpp"

#include <string>
#include <vector>

/// What serves whom in the account, for the live page. Pure.
namespace albatross::sim {

struct GraphNode {
  std::string id;
  /// "load-balancer", "listener", "listener-rule", "target-group", "instance", "file-system".
  std::string type;
  std::string label;
  /// A second line: size, protocol, condition, size; may be empty.
  std::string detail;
  std::string state;
};

struct GraphLink {
  std::string from;
  std::string to;
  /// Of the target, where the link is one; else empty.
  std::string state;
  std::string reason;
};

struct AccountGraph {
  std::vector<GraphNode> nodes;
  std::vector<GraphLink> links;
};

/// Traffic from load balancers by way of listeners and rules to target groups and instances, and
/// from instances to the file systems that have a mount target in their zone's VPC.
AccountGraph account_graph(const World& world, TimePoint now);

}  // namespace albatross::sim
