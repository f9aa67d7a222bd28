#include "cli/history_text.hpp"

#include "cli/plain_view.hpp"
#include "cli/run_title.hpp"
#include "cli/table.hpp"

#include <algorithm>
#include <sstream>

namespace albatross::cli {
namespace {

std::int64_t to_ms(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

/// "2026-01-02 03:04:05Z": as one reads it.
std::string when_text(WallTime at) {
  std::string text = utc_text(to_ms(at));
  text[text.find('T')] = ' ';
  return text;
}

std::string took_text(const RunRecord& run) {
  return run.ending ? elapsed_text(run.ending->elapsed) : "-";
}

}  // namespace

std::string outcome_text(const RunRecord& run) {
  if (run.under_way) return "under way";
  if (!run.ending) return "cut off";
  if (run.ending->outcome == "left_behind") {
    return "failed, " + counted(run.ending->left.size(), "resource") + " left";
  }
  if (run.ending->outcome == "failed" && run.ending->failure) {
    return "failed (" + run.ending->failure->code + ")";
  }
  return run.ending->outcome;
}

Tone outcome_tone(const RunRecord& run) {
  if (run.under_way || !run.ending || run.ending->outcome == "interrupted") return Tone::warn;
  return run.ending->outcome == "done" ? Tone::good : Tone::bad;
}

std::string history_text(const std::vector<RunRecord>& runs, bool with_stack,
                         const TextStyle& style) {
  if (runs.empty()) return "No runs.\n";
  std::vector<std::string> titles{"RUN", "WHEN", "WHAT", "TOOK", "OUTCOME", "WHO"};
  if (with_stack) titles.insert(titles.begin(), "STACK");
  Table table(titles);
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    std::vector<std::string> cells{std::to_string(run->header.run),
                                   when_text(run->header.at),
                                   run->header.doing,
                                   took_text(*run),
                                   paint(outcome_tone(*run), outcome_text(*run), style),
                                   one_line(run->header.by)};
    if (with_stack) cells.insert(cells.begin(), run->header.stack);
    table.add(std::move(cells));
  }
  return table.text(style);
}

std::string events_text(const RunRecord& run, const TextStyle& style) {
  std::ostringstream out;
  const RunTitle title{run.header.doing, run.header.stack, run.header.region};
  out << paint(Tone::dim,
               "run " + std::to_string(run.header.run) + ", " + when_text(run.header.at) + ", by " +
                   one_line(run.header.by),
               style)
      << "\n";
  PlainView view(out, style, title.text());
  for (const Event& event : run.events)
    view.on_event(event);
  if (!run.ending && !run.under_way) {
    out << paint(Tone::warn, "cut off: the program ended without a word", style) << "\n";
  } else {
    out << paint(outcome_tone(run), outcome_text(run), style);
    if (run.ending) out << " after " << elapsed_text(run.ending->elapsed);
    out << "\n";
  }
  return out.str();
}

}  // namespace albatross::cli
