#pragma once

#include "cli/runs/run_record.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The event stream as text: one JSON object a line (docs/events.md). Members are only ever added.
/// Pure.
namespace albatross::cli {

/// Of the stream; a reader that knows this one can read all that say the same.
inline constexpr int event_format = 1;

std::string header_line(const RunHeader& header);
std::string event_line(const Event& event);
/// @param stack whose run ended; empty: a command that could not begin
std::string ending_line(const RunEnding& ending, const std::string& stack);

/// How one of several stacks ended that a command worked on.
struct StackEnding {
  std::string stack;
  std::string outcome;
  ExitCode exit_code = ExitCode::failed;
};
/// The last line of a stream that tells of several stacks.
std::string summary_line(const std::vector<StackEnding>& endings, const std::string& outcome,
                         ExitCode exit_code, Duration elapsed);

/// The way back. Unknown types and members are passed over, and so is a last line that was cut off.
RunRecord read_run(std::string_view text);
/// Header and ending only: for lists.
RunRecord read_run_summary(std::string_view text);

}  // namespace albatross::cli
