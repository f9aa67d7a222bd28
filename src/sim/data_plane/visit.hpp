#pragma once

#include "albatross/http/transport.hpp"

#include "sim/world.hpp"

#include <optional>
#include <string_view>

namespace albatross::sim {

/// Is that the name of a load balancer, of this account or another?
bool is_load_balancer_name(const World& world, std::string_view host);

/// What comes of a request to a load balancer. Exactly one of the two.
struct Visit {
  std::optional<http::Response> response;
  std::optional<http::TransportErrorKind> failure;
};

/// What a client of a load balancer gets by the model alone: by its listeners, rules, security
/// groups, targets and what their ports do, without a socket anywhere.
Visit visit(World& world, const http::Request& request, TimePoint now);

}  // namespace albatross::sim
