#pragma once

#include "cli/live_frame.hpp"
#include "cli/view.hpp"

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace albatross::cli {

struct TerminalSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

/// Redraws the live frame in place, with the few escape sequences that every terminal knows.
class LiveView final : public View {
 public:
  /// @param out a terminal; must outlive the view
  /// @param size asked before each frame: terminals are resized
  LiveView(std::ostream& out, TextStyle style, std::string title,
           std::function<TerminalSize()> size);
  ~LiveView() override;

  void on_event(const Event& event) override;
  void on_tick(Duration now) override;
  void note(const std::string& line) override;
  void finish() override;

  /// What puts a terminal back in order however the program ends.
  static const char* restore_sequence();

 private:
  void draw();
  /// Replaces what was drawn by `text` (lines that stay), and the frame beneath it.
  void draw_below(const std::string& text);

  std::ostream& out_;
  TextStyle style_;
  std::string title_;
  std::function<TerminalSize()> size_;
  ProgressModel model_;
  Duration now_{};
  std::vector<std::string> drawn_;
  bool finished_ = false;
};

}  // namespace albatross::cli
