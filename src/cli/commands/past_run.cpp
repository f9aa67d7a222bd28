#include "cli/commands/past_run.hpp"

#include "cli/error_report.hpp"
#include "cli/runs/event_lines.hpp"
#include "cli/runs/run_recorder.hpp"

#include <algorithm>

namespace albatross::cli {
namespace {

int known_run(const RunArchive& archive, const std::string& stack, int run) {
  const std::vector<int> runs = archive.runs(stack);
  if (runs.empty()) throw UsageError("no run of a stack named " + stack + " is known here");
  if (run == 0) return runs.back();
  if (std::find(runs.begin(), runs.end(), run) != runs.end()) return run;
  throw UsageError("run " + std::to_string(run) + " of " + stack + " is not kept: there are " +
                   std::to_string(runs.front()) + " to " + std::to_string(runs.back()));
}

}  // namespace

RunRecord past_run(const App& app, const std::string& stack, int run) {
  const RunArchive archive = run_archive(app);
  const int number = known_run(archive, stack, run);
  RunRecord record = read_run(archive.text(stack, number));
  record.header.run = number;
  record.under_way = archive.is_under_way(stack, number);
  return record;
}

std::string past_run_text(const App& app, const std::string& stack, int run) {
  const RunArchive archive = run_archive(app);
  return archive.text(stack, known_run(archive, stack, run));
}

}  // namespace albatross::cli
