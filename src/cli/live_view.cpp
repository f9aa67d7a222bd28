#include "cli/live_view.hpp"

#include <utility>

namespace albatross::cli {

LiveView::LiveView(std::ostream& out, TextStyle style, std::string title,
                   std::function<TerminalSize()> size)
    : out_(out), style_(style), title_(std::move(title)), size_(std::move(size)), painter_(out) {}

LiveView::~LiveView() {
  finish();
}

void LiveView::on_event(const Event& event) {
  model_.apply(event);
  now_ = event.elapsed;
  if (event.type == EventType::warning) {
    const std::string where = event.node.empty() ? "" : event.node + ": ";
    note(paint(Tone::warn, "warning: ", style_) + one_line(where + event.detail));
  }
}

void LiveView::on_tick(Duration now) {
  now_ = now;
  draw();
}

void LiveView::note(const std::string& line) {
  draw_below(line + FramePainter::clear_to_end_of_line() + "\n");
}

void LiveView::draw() {
  draw_below("");
}

void LiveView::draw_below(const std::string& text) {
  if (finished_) {
    out_ << text << std::flush;
    return;
  }
  const TerminalSize size = size_();
  style_.width = size.columns;
  painter_.paint(live_frame(model_, title_, now_, style_, size.rows - 1, expectations_), text,
                 size);
}

void LiveView::finish() {
  if (finished_) return;
  draw();
  finished_ = true;
  painter_.finish();
}

}  // namespace albatross::cli
