#include "cli/run_display.hpp"

#include "cli/error_report.hpp"
#include "cli/expectations.hpp"
#include "cli/live_view.hpp"
#include "cli/plain_view.hpp"
#include "cli/runs/times_file.hpp"
#include "cli/trace.hpp"

#include <utility>

namespace albatross::cli {
namespace {

constexpr Duration live_interval = std::chrono::milliseconds{100};
constexpr Duration plain_interval = std::chrono::seconds{1};

std::unique_ptr<View> make_view(const Channel& channel, bool quiet, std::string title) {
  if (quiet) return std::make_unique<SilentView>();
  if (!channel.live) {
    return std::make_unique<PlainView>(*channel.stream, channel.style, std::move(title));
  }
  const int descriptor = channel.descriptor;
  auto size = [descriptor] { return terminal_size(descriptor); };
  return std::make_unique<LiveView>(*channel.stream, channel.style, std::move(title), size);
}

TimesFile times_file(const App& app) {
  return TimesFile(state_directory(app.global().state_dir, app.environment()) + "/times.ndjson");
}

}  // namespace

RunDisplay::RunDisplay(App& app, RunTitle title, const RunOptions& options)
    : app_(app),
      title_(std::move(title)),
      start_(app.clock().now()),
      recorder_(app, {0, title_.stack, title_.doing, title_.region},
                [this](const std::string& what) { view_->note("warning: " + what); }) {
  if (!options.trace.empty()) {
    trace_.open(options.trace, std::ios::binary | std::ios::trunc);
    if (!trace_) throw UsageError("cannot write " + options.trace);
  }
  const Channel& channel = app.wants_document() ? app.console().err : app.console().out;
  view_ = make_view(channel, app.global().quiet, title_.text());
  if (channel.live && !app.global().quiet) {
    app_.set_last_words(FramePainter::restore_sequence(), channel.descriptor);
    resizes_.emplace(app.executor(), [this] { view_->on_tick(elapsed()); });
  }
  app_.on_interrupt([this](const std::string& text) { view_->note(text); });
  ticker_.emplace(app.executor(), app.clock(), channel.live ? live_interval : plain_interval,
                  [this] { view_->on_tick(elapsed()); });
}

RunDisplay::~RunDisplay() {
  finish();
}

EventSink RunDisplay::sink() {
  return [this](const Event& event) { on_event(event); };
}

void RunDisplay::on_event(const Event& event) {
  if (event.type == EventType::run_started) start_ = app_.clock().now() - event.elapsed;
  model_.apply(event);
  if (event.type == EventType::plan_ready) {
    view_->expect(expectations_of(times_file(app_).load(), model_, title_.region));
  }
  view_->on_event(event);
  recorder_.on_event(event);
  events_.push_back(event);
}

void RunDisplay::conclude(const RunResult& result, ExitCode exit_code) {
  const Duration took = elapsed();
  recorder_.finish(ending_of(result, exit_code, took));
  if (exit_code == ExitCode::done) {
    const std::optional<RunTimes> times = times_of(model_, title_.region, took);
    if (times) times_file(app_).add(*times);
  }
  if (trace_.is_open()) trace_ << chrome_trace(timeline_of(events_)) << std::flush;
}

void RunDisplay::finish() {
  if (!ticker_) return;
  ticker_.reset();
  resizes_.reset();
  app_.on_interrupt(nullptr);
  view_->finish();
}

Duration RunDisplay::elapsed() const {
  return app_.clock().now() - start_;
}

ReportContext RunDisplay::context() const {
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
