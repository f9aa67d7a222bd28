#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace albatross::cli {

struct TerminalSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

/// Lines that are redrawn in place at the end of a terminal, with the few escape sequences that
/// every terminal knows. Knows that a terminal that became narrower has wrapped what stood on it.
class FramePainter {
 public:
  /// @param out a terminal; must outlive the painter
  explicit FramePainter(std::ostream& out) : out_(out) {}

  /// Draws the lines where the last frame stood; `above` (whole lines, or nothing) stays above it.
  /// Nothing is written when nothing changed.
  void paint(const std::vector<std::string>& lines, const std::string& above, TerminalSize size);
  /// What is written next stands beneath the frame.
  void finish();

  /// What puts a terminal back in order however the program ends.
  static const char* restore_sequence();
  static const char* clear_to_end_of_line();

 private:
  /// How many of the terminal's rows the frame takes now.
  std::size_t rows_taken(std::size_t columns) const;

  std::ostream& out_;
  std::vector<std::string> drawn_;
  std::size_t columns_ = 0;
};

}  // namespace albatross::cli
