#pragma once

#include "albatross/orchestrator/timeline.hpp"

#include <vector>

namespace albatross {

/// The chain of nodes that decided how long the run took: from its end back, each time to the
/// dependency whose milestone came last. Pure.
std::vector<PathPiece> critical_path(const Timeline& timeline);

}  // namespace albatross
