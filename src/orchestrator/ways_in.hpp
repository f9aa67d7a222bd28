#pragma once

#include "albatross/orchestrator/stack.hpp"

#include <string>

namespace albatross {

/// How a client gets to a service through the load balancer.
struct WayIn {
  const ListenerSpec* listener = nullptr;
  /// The name that the route asks for; empty: any.
  std::string host;
  /// The part of the route's path before its first wildcard, "/" when it asks for none.
  std::string path = "/";
};

/// The listener's default, else the first route or rule that leads there. Pure.
WayIn way_in(const Stack& stack, const ServiceSpec& service);

/// "https://name:8443", without the port where it is the usual one. Pure.
std::string origin_of(const ListenerSpec& listener, const std::string& host);

}  // namespace albatross
