#pragma once

#include "albatross/orchestrator/deployer.hpp"
#include "albatross/orchestrator/stack.hpp"

#include <string>
#include <vector>

namespace albatross {

/// What a deployed stack offers: "dns_name", and "url.<service>" for each service. Through the load
/// balancer when there is one, else the instances' own addresses. Pure.
Properties stack_outputs(const Stack& stack, const std::vector<ResourceRecord>& resources);

}  // namespace albatross
