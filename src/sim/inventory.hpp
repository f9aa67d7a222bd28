#pragma once

#include "sim/world.hpp"

#include <vector>

namespace albatross::sim {

/// Everything that exists, sorted (see Cloud::inventory).
std::vector<Item> take_inventory(const World& world, TimePoint now);

}  // namespace albatross::sim
