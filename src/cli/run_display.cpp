#include "cli/run_display.hpp"

#include "cli/live_view.hpp"
#include "cli/plain_view.hpp"

#include <utility>

namespace albatross::cli {
namespace {

std::unique_ptr<View> make_view(const Channel& channel, bool quiet, std::string title) {
  if (quiet) return std::make_unique<SilentView>();
  if (!channel.live) {
    return std::make_unique<PlainView>(*channel.stream, channel.style, std::move(title));
  }
  const int descriptor = channel.descriptor;
  auto size = [descriptor] { return terminal_size(descriptor); };
  return std::make_unique<LiveView>(*channel.stream, channel.style, std::move(title), size);
}

}  // namespace

RunDisplay::RunDisplay(App& app, RunTitle title, const RunOptions& options)
    : app_(app),
      view_(make_view(app.progress_channel(), app.global().quiet, title.text())),
      keeper_(app, std::move(title), options,
              [this](const std::string& what) { view_->note("warning: " + what); }) {
  const Channel& channel = app.progress_channel();
  if (channel.live && !app.global().quiet) {
    app_.set_last_words(FramePainter::restore_sequence(), channel.descriptor);
    resizes_.emplace(app.executor(), [this] { view_->on_tick(keeper_.elapsed()); });
  }
  app_.on_interrupt([this](const std::string& text) { view_->note(text); });
  ticker_.emplace(app.executor(), app.clock(), tick_interval(channel),
                  [this] { view_->on_tick(keeper_.elapsed()); });
}

RunDisplay::~RunDisplay() {
  finish();
}

EventSink RunDisplay::sink() {
  return [this](const Event& event) { on_event(event); };
}

void RunDisplay::on_event(const Event& event) {
  keeper_.on_event(event);
  if (event.type == EventType::plan_ready) view_->expect(keeper_.expectations());
  view_->on_event(event);
}

void RunDisplay::conclude(const RunResult& result, ExitCode exit_code) {
  keeper_.conclude(result, exit_code);
}

void RunDisplay::finish() {
  if (!ticker_) return;
  ticker_.reset();
  resizes_.reset();
  app_.on_interrupt(nullptr);
  view_->finish();
}

}  // namespace albatross::cli
