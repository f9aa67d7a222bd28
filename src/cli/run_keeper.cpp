#include "cli/run_keeper.hpp"

#include "cli/error_report.hpp"
#include "cli/runs/times_file.hpp"
#include "cli/trace.hpp"

#include <utility>

namespace albatross::cli {
namespace {

TimesFile times_file(const App& app) {
  return TimesFile(state_directory(app.global().state_dir, app.environment()) + "/times.ndjson");
}

}  // namespace

RunKeeper::RunKeeper(App& app, RunTitle title, const RunOptions& options,
                     std::function<void(const std::string&)> warn)
    : app_(app),
      title_(std::move(title)),
      start_(app.clock().now()),
      recorder_(app, {0, title_.stack, title_.doing, title_.region}, std::move(warn)) {
  if (options.trace.empty()) return;
  trace_.open(options.trace, std::ios::binary | std::ios::trunc);
  if (!trace_) throw UsageError("cannot write " + options.trace);
}

void RunKeeper::on_event(const Event& event) {
  if (event.type == EventType::run_started) start_ = app_.clock().now() - event.elapsed;
  model_.apply(event);
  recorder_.on_event(event);
  if (trace_.is_open()) events_.push_back(event);
}

void RunKeeper::conclude(const RunResult& result, ExitCode exit_code) {
  const Duration took = elapsed();
  recorder_.finish(ending_of(result, exit_code, took));
  if (exit_code == ExitCode::done) {
    const std::optional<RunTimes> times = times_of(model_, title_.region, took);
    if (times) times_file(app_).add(*times);
  }
  if (trace_.is_open()) trace_ << chrome_trace(timeline_of(events_)) << std::flush;
}

void RunKeeper::conclude(const Failure& failure, ExitCode exit_code) {
  recorder_.finish(ending_of(failure, exit_code, elapsed()));
}

Expectations RunKeeper::expectations() const {
  return expectations_of(times_file(app_).load(), model_, title_.region);
}

Duration RunKeeper::elapsed() const {
  return app_.clock().now() - start_;
}

ReportContext RunKeeper::context() const {
  ReportContext context;
  context.elapsed = elapsed();
  context.changes = model_.changes();
  if (recorder_.run() > 0) {
    context.report_command =
        app_.command_line({"report", title_.stack, "--run", std::to_string(recorder_.run())});
  }
  const auto& removing = model_.removing();
  for (auto step = removing.rbegin(); step != removing.rend(); ++step) {
    for (const NodeProgress& node : step->nodes) {
      if (node.phase == NodePhase::gone) context.removed.push_back(node.node);
      if (node.phase == NodePhase::kept) context.kept.push_back(node.node);
    }
  }
  return context;
}

}  // namespace albatross::cli
