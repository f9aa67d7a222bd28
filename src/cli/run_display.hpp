#pragma once

#include "cli/app.hpp"
#include "cli/progress_model.hpp"
#include "cli/report_text.hpp"
#include "cli/resize_watch.hpp"
#include "cli/run_title.hpp"
#include "cli/runs/run_recorder.hpp"
#include "cli/ticker.hpp"
#include "cli/view.hpp"

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace albatross::cli {

/// Shows a run on the right stream in the right way, keeps its events, and remembers what the
/// report needs.
class RunDisplay {
 public:
  RunDisplay(App& app, RunTitle title, const RunOptions& options);
  RunDisplay(const RunDisplay&) = delete;
  RunDisplay& operator=(const RunDisplay&) = delete;
  ~RunDisplay();

  /// For the orchestrator; the display must outlive the run.
  EventSink sink();
  /// The last state, to stay; what is printed next stands beneath it.
  void finish();
  /// Writes down how it ended, and what else was asked for. After finish().
  void conclude(const RunResult& result, ExitCode exit_code);
  /// Elapsed time, what changed, what was removed and kept.
  ReportContext context() const;

 private:
  Duration elapsed() const;
  void on_event(const Event& event);

  App& app_;
  RunTitle title_;
  TimePoint start_;
  std::unique_ptr<View> view_;
  ProgressModel model_;
  RunRecorder recorder_;
  std::vector<Event> events_;
  std::ofstream trace_;
  std::optional<Ticker> ticker_;
  std::optional<ResizeWatch> resizes_;
};

}  // namespace albatross::cli
