#include "cli/run_display.hpp"

#include "cli/live_view.hpp"
#include "cli/plain_view.hpp"

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

}  // namespace

RunDisplay::RunDisplay(App& app, std::string title) : app_(app), start_(app.clock().now()) {
  const bool json = app.global().output == OutputFormat::json;
  const Channel& channel = json ? app.console().err : app.console().out;
  view_ = make_view(channel, app.global().quiet, std::move(title));
  if (channel.live && !app.global().quiet) {
    app_.set_last_words(LiveView::restore_sequence(), channel.descriptor);
  }
  app_.on_interrupt([this](const std::string& text) { view_->note(text); });
  ticker_.emplace(app.executor(), app.clock(), channel.live ? live_interval : plain_interval,
                  [this] { view_->on_tick(elapsed()); });
}

RunDisplay::~RunDisplay() {
  finish();
}

EventSink RunDisplay::sink() {
  return [this](const Event& event) {
    if (event.type == EventType::run_started) start_ = app_.clock().now() - event.elapsed;
    model_.apply(event);
    view_->on_event(event);
  };
}

void RunDisplay::finish() {
  if (!ticker_) return;
  ticker_.reset();
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
