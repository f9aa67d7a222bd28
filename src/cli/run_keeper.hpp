#pragma once

#include "cli/app.hpp"
#include "cli/expectations.hpp"
#include "cli/progress_model.hpp"
#include "cli/report_text.hpp"
#include "cli/run_title.hpp"
#include "cli/runs/run_recorder.hpp"

#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace albatross::cli {

/// Keeps what a run tells while it goes on (its events in the archive and where --events says, a
/// trace, how long its steps took), and remembers what the report at its end needs.
class RunKeeper {
 public:
  /// @param warn told when the run cannot be kept; it goes on all the same
  /// @throws UsageError when the trace cannot be written
  RunKeeper(App& app, RunTitle title, const RunOptions& options,
            std::function<void(const std::string&)> warn);

  void on_event(const Event& event);
  /// Writes down how it ended, and what else was asked for.
  void conclude(const RunResult& result, ExitCode exit_code);
  /// The same of a run that could not begin or ended by an exception.
  void conclude(const Failure& failure, ExitCode exit_code);

  const RunTitle& title() const { return title_; }
  const ProgressModel& model() const { return model_; }
  /// What earlier runs let one expect of this one; of use once its plan is known.
  Expectations expectations() const;
  Duration elapsed() const;
  /// Elapsed time, what changed, what was removed and kept.
  ReportContext context() const;

 private:
  App& app_;
  RunTitle title_;
  TimePoint start_;
  ProgressModel model_;
  RunRecorder recorder_;
  /// For the trace; empty when none is wanted.
  std::vector<Event> events_;
  std::ofstream trace_;
};

}  // namespace albatross::cli
