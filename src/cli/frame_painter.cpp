#include "cli/frame_painter.hpp"

#include "cli/text.hpp"

#include <algorithm>

namespace albatross::cli {
namespace {

constexpr const char* hide_cursor = "\x1b[?25l";
constexpr const char* show_cursor = "\x1b[?25h";
constexpr const char* clear_below = "\x1b[J";

}  // namespace

const char* FramePainter::restore_sequence() {
  return show_cursor;
}

const char* FramePainter::clear_to_end_of_line() {
  return "\x1b[K";
}

std::size_t FramePainter::rows_taken(std::size_t columns) const {
  std::size_t rows = 0;
  for (const std::string& line : drawn_) {
    const std::size_t width = std::max<std::size_t>(display_width(line), 1);
    rows += columns == 0 ? 1 : (width + columns - 1) / columns;
  }
  return rows;
}

void FramePainter::paint(const std::vector<std::string>& lines, const std::string& above,
                         TerminalSize size) {
  if (above.empty() && lines == drawn_ && size.columns == columns_) return;
  std::string bytes = hide_cursor;
  const std::size_t up = std::min(rows_taken(size.columns), size.rows > 0 ? size.rows - 1 : 0);
  if (up > 0) bytes += "\x1b[" + std::to_string(up) + "A\r";
  // What had been wrapped is longer than its line: none of it may stay.
  if (columns_ != 0 && size.columns != columns_) bytes += clear_below;
  bytes += above;
  for (const std::string& line : lines)
    bytes += line + clear_to_end_of_line() + "\n";
  bytes += clear_below;
  out_ << bytes << std::flush;
  drawn_ = lines;
  columns_ = size.columns;
}

void FramePainter::finish() {
  out_ << show_cursor << std::flush;
  drawn_.clear();
}

}  // namespace albatross::cli
