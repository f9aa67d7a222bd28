#include "cli/runs/run_recorder.hpp"

#include "albatross/version.hpp"

#include "cli/runs/event_lines.hpp"
#include "cli/runs/event_output.hpp"

#include <utility>

namespace albatross::cli {

RunRecorder::RunRecorder(App& app, RunHeader header, std::function<void(const std::string&)> warn)
    : app_(app), header_(std::move(header)), warn_(std::move(warn)) {
  header_.by = user_name(app.environment()) + " on " + host_name();
  header_.version = version;
}

void RunRecorder::on_event(const Event& event) {
  if (!begun_) begin(event);
  say(event_line(event));
}

void RunRecorder::finish(const RunEnding& ending) {
  say(ending_line(ending, header_.stack));
  writer_.reset();
}

void RunRecorder::begin(const Event& first) {
  begun_ = true;
  header_.at = first.at - std::chrono::duration_cast<WallTime::duration>(first.elapsed);
  try {
    writer_ = run_archive(app_).begin(header_.stack);
    header_.run = writer_->run();
  } catch (const std::exception& failed) {
    warn_("this run's events are not kept: " + std::string(failed.what()));
  }
  say(header_line(header_));
}

void RunRecorder::say(const std::string& line) {
  if (app_.event_output() != nullptr) app_.event_output()->write(line);
  keep(line);
}

void RunRecorder::keep(const std::string& line) {
  if (!writer_) return;
  try {
    writer_->append(line);
  } catch (const std::exception& failed) {
    writer_.reset();
    warn_("this run's events are not kept any more: " + std::string(failed.what()));
  }
}

RunArchive run_archive(const App& app) {
  return RunArchive(state_directory(app.global().state_dir, app.environment()) + "/runs");
}

}  // namespace albatross::cli
