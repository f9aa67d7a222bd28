#pragma once

#include "cli/frame_painter.hpp"
#include "cli/live_frame.hpp"
#include "cli/view.hpp"

#include <functional>
#include <ostream>
#include <string>

namespace albatross::cli {

/// Redraws the live frame in place.
class LiveView final : public View {
 public:
  /// @param out a terminal; must outlive the view
  /// @param size asked before each frame: terminals are resized
  LiveView(std::ostream& out, TextStyle style, std::string title,
           std::function<TerminalSize()> size);
  ~LiveView() override;

  void expect(const Expectations& expectations) override { expectations_ = expectations; }
  void on_event(const Event& event) override;
  void on_tick(Duration now) override;
  void note(const std::string& line) override;
  void finish() override;

 private:
  void draw();
  /// Replaces what was drawn by `text` (lines that stay), and the frame beneath it.
  void draw_below(const std::string& text);

  std::ostream& out_;
  TextStyle style_;
  std::string title_;
  std::function<TerminalSize()> size_;
  FramePainter painter_;
  ProgressModel model_;
  Expectations expectations_;
  Duration now_{};
  bool finished_ = false;
};

}  // namespace albatross::cli
