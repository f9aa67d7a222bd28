#pragma once

#include "cli/fleet/fleet_frame.hpp"
#include "cli/fleet/fleet_view.hpp"
#include "cli/frame_painter.hpp"
#include "cli/run_title.hpp"

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace albatross::cli {

/// Redraws the frame of several stacks in place.
class FleetBoard final : public FleetView {
 public:
  /// @param out a terminal; must outlive the view
  /// @param size asked before each frame: terminals are resized
  FleetBoard(std::ostream& out, TextStyle style, const std::vector<RunTitle>& titles,
             std::function<TerminalSize()> size);
  ~FleetBoard() override;

  void expect(std::size_t, const Expectations&) override {}
  void on_event(std::size_t member, const Event& event) override;
  void on_tick(std::size_t member, Duration now) override;
  void refresh(Duration now) override;
  void ended(std::size_t member, const MemberEnd& end) override;
  void note(const std::string& line) override;
  void finish() override;

 private:
  /// Replaces what was drawn by `text` (lines that stay), and the frame beneath it.
  void draw_below(const std::string& text);

  std::ostream& out_;
  TextStyle style_;
  std::string title_;
  std::function<TerminalSize()> size_;
  FramePainter painter_;
  std::vector<FleetRow> rows_;
  Duration now_{};
  bool finished_ = false;
};

}  // namespace albatross::cli
