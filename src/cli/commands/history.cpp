#include "cli/commands/commands.hpp"
#include "cli/history_text.hpp"
#include "cli/json_output.hpp"
#include "cli/runs/event_lines.hpp"
#include "cli/runs/run_recorder.hpp"

#include <algorithm>
#include <ostream>

namespace albatross::cli {
namespace {

void append_runs(std::vector<RunRecord>& out, const RunArchive& archive, const std::string& stack) {
  for (const int number : archive.runs(stack)) {
    RunRecord run = read_run_summary(archive.text(stack, number));
    run.header.run = number;
    run.header.stack = stack;
    run.under_way = archive.is_under_way(stack, number);
    out.push_back(std::move(run));
  }
}

}  // namespace

ExitCode history(App& app, const HistoryOptions& options) {
  const RunArchive archive = run_archive(app);
  std::vector<RunRecord> runs;
  if (!options.stack.empty()) {
    append_runs(runs, archive, options.stack);
  } else {
    for (const std::string& stack : archive.stacks())
      append_runs(runs, archive, stack);
    std::stable_sort(runs.begin(), runs.end(), [](const RunRecord& a, const RunRecord& b) {
      return a.header.at < b.header.at;
    });
  }
  const bool several = options.stack.empty();
  app.out() << (app.wants_json() ? history_json(runs)
                                 : history_text(runs, several, app.console().out.style))
            << std::flush;
  return ExitCode::done;
}

}  // namespace albatross::cli
