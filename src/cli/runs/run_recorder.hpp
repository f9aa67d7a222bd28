#pragma once

#include "cli/app.hpp"
#include "cli/runs/run_archive.hpp"
#include "cli/runs/run_record.hpp"

#include <functional>
#include <memory>
#include <string>

namespace albatross::cli {

/// Writes a run down while it goes on: into the archive, and to where --events says. Begins with
/// the first event: a run that was refused (locked) is none.
class RunRecorder {
 public:
  /// @param warn told once when the run cannot be kept; the run goes on all the same
  RunRecorder(App& app, RunHeader header, std::function<void(const std::string&)> warn);

  void on_event(const Event& event);
  void finish(const RunEnding& ending);

  /// Of this run; 0: not kept.
  int run() const { return header_.run; }

 private:
  void begin(const Event& first);
  void keep(const std::string& line);
  void say(const std::string& line);

  App& app_;
  RunHeader header_;
  std::function<void(const std::string&)> warn_;
  std::unique_ptr<RunWriter> writer_;
  bool begun_ = false;
};

/// Where past runs are kept, beside the state.
RunArchive run_archive(const App& app);

}  // namespace albatross::cli
