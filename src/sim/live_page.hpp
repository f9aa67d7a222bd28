#pragma once

#include <string>

namespace albatross::sim {

/// The page at the simulator's root: what serves whom as a graph, targets' health, everything that
/// exists, and the last calls; light and dark. Self-contained; asks /_albatross/state every second.
std::string live_page();

/// Its style sheet and its script.
const char* live_page_style();
const char* live_page_script();

}  // namespace albatross::sim
