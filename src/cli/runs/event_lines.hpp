#pragma once

#include "cli/runs/run_record.hpp"

#include <string>
#include <string_view>

/// The event stream as text: one JSON object a line (docs/events.md). Members are only ever added.
/// Pure.
namespace albatross::cli {

/// Of the stream; a reader that knows this one can read all that say the same.
inline constexpr int event_format = 1;

std::string header_line(const RunHeader& header);
std::string event_line(const Event& event);
std::string ending_line(const RunEnding& ending);

/// The way back. Unknown types and members are passed over, and so is a last line that was cut off.
RunRecord read_run(std::string_view text);
/// Header and ending only: for lists.
RunRecord read_run_summary(std::string_view text);

}  // namespace albatross::cli
