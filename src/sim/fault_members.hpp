#pragma once

#include "albatross/sim/faults.hpp"

#include <string_view>
#include <vector>

namespace albatross::sim {

/// The members that a rule of that kind may have in a fault plan.
const std::vector<std::string_view>& members_of(FaultKind kind);
/// All kinds, as they are written.
std::vector<std::string_view> fault_kind_names();

}  // namespace albatross::sim
