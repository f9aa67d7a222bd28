#pragma once

#include "cli/app.hpp"
#include "cli/progress_model.hpp"
#include "cli/report_text.hpp"
#include "cli/ticker.hpp"
#include "cli/view.hpp"

#include <memory>
#include <optional>
#include <string>

namespace albatross::cli {

/// Shows a run on the right stream in the right way, and remembers what the report needs.
class RunDisplay {
 public:
  /// @param title "Deploying web to us-east-1"
  RunDisplay(App& app, std::string title);
  RunDisplay(const RunDisplay&) = delete;
  RunDisplay& operator=(const RunDisplay&) = delete;
  ~RunDisplay();

  /// For the orchestrator; the display must outlive the run.
  EventSink sink();
  /// The last state, to stay; what is printed next stands beneath it.
  void finish();
  /// Elapsed time, what changed, what was removed and kept.
  ReportContext context() const;

 private:
  Duration elapsed() const;

  App& app_;
  TimePoint start_;
  std::unique_ptr<View> view_;
  ProgressModel model_;
  std::optional<Ticker> ticker_;
};

}  // namespace albatross::cli
