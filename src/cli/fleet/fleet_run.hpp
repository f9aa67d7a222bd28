#pragma once

#include "cli/fleet/fleet_display.hpp"

#include <functional>
#include <vector>

namespace albatross::cli {

/// Begins the run of one member.
using MemberRun = std::function<Task<RunResult>(std::size_t member, EventSink events)>;

/// Runs all members at once, on this thread, at most `parallel` at a time (0: all); one that fails
/// or cannot begin does not hurt the others. When cancelled, no more begin, and each that is under
/// way ends as its run does. Nothing is thrown; the caller's cancellation is forgotten.
Task<std::vector<MemberEnd>> run_fleet(FleetDisplay& display, MemberRun start,
                                       std::size_t parallel);

}  // namespace albatross::cli
