#include "cli/live_view.hpp"

#include <utility>

namespace albatross::cli {
namespace {

constexpr const char* hide_cursor = "\x1b[?25l";
constexpr const char* show_cursor = "\x1b[?25h";
constexpr const char* clear_to_end_of_line = "\x1b[K";
constexpr const char* clear_below = "\x1b[J";

}  // namespace

LiveView::LiveView(std::ostream& out, TextStyle style, std::string title,
                   std::function<TerminalSize()> size)
    : out_(out), style_(style), title_(std::move(title)), size_(std::move(size)) {}

LiveView::~LiveView() {
  finish();
}

const char* LiveView::restore_sequence() {
  return show_cursor;
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
  draw_below(line + clear_to_end_of_line + "\n");
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
  std::vector<std::string> frame = live_frame(model_, title_, now_, style_, size.rows - 1);
  if (text.empty() && frame == drawn_) return;
  std::string bytes = hide_cursor;
  if (!drawn_.empty()) bytes += "\x1b[" + std::to_string(drawn_.size()) + "A\r";
  bytes += text;
  for (const std::string& line : frame)
    bytes += line + clear_to_end_of_line + "\n";
  bytes += clear_below;
  out_ << bytes << std::flush;
  drawn_ = std::move(frame);
}

void LiveView::finish() {
  if (finished_) return;
  draw();
  finished_ = true;
  out_ << show_cursor << std::flush;
}

}  // namespace albatross::cli
