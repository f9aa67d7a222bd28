#pragma once

#include "cli/runs/run_record.hpp"
#include "cli/text.hpp"

#include <string>
#include <vector>

/// What is told of past runs. Pure.
namespace albatross::cli {

/// "done", "failed (ThrottlingException)", "under way", "cut off": how a run ended, in a few words.
std::string outcome_text(const RunRecord& run);
Tone outcome_tone(const RunRecord& run);

/// A line for each run, the last first.
/// @param with_stack the runs are of several stacks
std::string history_text(const std::vector<RunRecord>& runs, bool with_stack,
                         const TextStyle& style);

/// The run as the log that it would have written, and how it ended.
std::string events_text(const RunRecord& run, const TextStyle& style);

}  // namespace albatross::cli
