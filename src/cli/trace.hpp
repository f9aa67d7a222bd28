#pragma once

#include "albatross/orchestrator/timeline.hpp"

#include <string>

namespace albatross::cli {

/// The run in the trace-event format of Chrome and Perfetto: each step a group of tracks, each node
/// a slice, its waits and pauses slices inside it, retries instants, and the critical path a track
/// of its own. Pure.
std::string chrome_trace(const Timeline& timeline);

}  // namespace albatross::cli
