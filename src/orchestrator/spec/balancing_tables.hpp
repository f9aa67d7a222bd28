#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "orchestrator/spec/table.hpp"

/// The parts of the stack file's table that are about load balancing.
namespace albatross::spec {

const Section<RouteSpec>& route_table();
/// forward, stickiness, redirect and fixed_response.
const Section<ActionSpec>& action_table();
const Section<ServiceSpec>& service_table();
const Section<LoadBalancerSpec>& load_balancer_table();

}  // namespace albatross::spec
