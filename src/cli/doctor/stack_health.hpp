#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/doctor/checkup.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// What AWS says of a stack's resources, and of each target with the most likely cause where it is
/// not healthy.
/// @throws StateError, UnknownStack
Task<std::vector<Check>> stack_health(Deployer& deployer, std::string stack);

}  // namespace albatross::cli
