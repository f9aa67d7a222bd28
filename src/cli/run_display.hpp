#pragma once

#include "cli/app.hpp"
#include "cli/resize_watch.hpp"
#include "cli/run_keeper.hpp"
#include "cli/ticker.hpp"
#include "cli/view.hpp"

#include <memory>
#include <optional>

namespace albatross::cli {

/// Shows a run on the right stream in the right way, and keeps it.
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
  ReportContext context() const { return keeper_.context(); }

 private:
  void on_event(const Event& event);

  App& app_;
  std::unique_ptr<View> view_;
  RunKeeper keeper_;
  std::optional<Ticker> ticker_;
  std::optional<ResizeWatch> resizes_;
};

}  // namespace albatross::cli
