#pragma once

#include "albatross/orchestrator/event.hpp"

#include <string>

namespace albatross {

/// What AWS's reason asks to look at, with what is known of the target itself; empty when waiting
/// is all there is to do. Pure.
std::string target_hint(const TargetState& target);

}  // namespace albatross
