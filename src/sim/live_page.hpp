#pragma once

#include <string>

namespace albatross::sim {

/// The page at the simulator's root: what exists, as a graph by kind, and the last calls. Self-
/// contained; asks /_albatross/state every second.
std::string live_page();

}  // namespace albatross::sim
