#pragma once

#include "cli/expectations.hpp"
#include "cli/fleet/member.hpp"
#include "cli/progress_model.hpp"

#include <cstddef>
#include <string>

namespace albatross::cli {

/// Shows the runs of several stacks at once, each known by its number.
class FleetView {
 public:
  virtual ~FleetView() = default;
  /// What earlier runs let one expect of this one; said once its plan is known.
  virtual void expect(std::size_t member, const Expectations& expectations) = 0;
  virtual void on_event(std::size_t member, const Event& event) = 0;
  /// A member that is under way is told of the time since it began.
  virtual void on_tick(std::size_t member, Duration now) = 0;
  /// After all members were told; `now` since the command began.
  virtual void refresh(Duration now) = 0;
  virtual void ended(std::size_t member, const MemberEnd& end) = 0;
  /// A line from outside the runs, to stand where it is said.
  virtual void note(const std::string& line) = 0;
  /// The last state, to stay.
  virtual void finish() = 0;
};

/// Shows nothing (--quiet).
class SilentFleetView final : public FleetView {
 public:
  void expect(std::size_t, const Expectations&) override {}
  void on_event(std::size_t, const Event&) override {}
  void on_tick(std::size_t, Duration) override {}
  void refresh(Duration) override {}
  void ended(std::size_t, const MemberEnd&) override {}
  void note(const std::string&) override {}
  void finish() override {}
};

}  // namespace albatross::cli
