#pragma once

#include "cli/fleet/fleet_view.hpp"
#include "cli/plain_view.hpp"
#include "cli/run_title.hpp"

#include <memory>
#include <ostream>
#include <vector>

namespace albatross::cli {

/// A log in which each line names its stack, and each stack's last line says how it ended. Times
/// are since that stack's run began.
class FleetLog final : public FleetView {
 public:
  /// @param out must outlive the view
  FleetLog(std::ostream& out, TextStyle style, const std::vector<RunTitle>& titles);

  void expect(std::size_t member, const Expectations& expectations) override;
  void on_event(std::size_t member, const Event& event) override;
  void on_tick(std::size_t member, Duration now) override;
  void refresh(Duration) override {}
  void ended(std::size_t member, const MemberEnd& end) override;
  void note(const std::string& line) override;
  void finish() override {}

 private:
  std::ostream& out_;
  TextStyle style_;
  std::vector<std::unique_ptr<PlainView>> views_;
};

}  // namespace albatross::cli
