#pragma once

#include "albatross/orchestrator/event.hpp"

#include "cli/console.hpp"
#include "cli/expectations.hpp"

#include <string>

namespace albatross::cli {

/// Shows a run while it goes on: told of every event, and of the time between events.
class View {
 public:
  virtual ~View() = default;
  /// What earlier runs let one expect of this one; said once its plan is known.
  virtual void expect(const Expectations& expectations) = 0;
  virtual void on_event(const Event& event) = 0;
  /// @param now since the start of the run
  virtual void on_tick(Duration now) = 0;
  /// A line from outside the run (an interruption), to stand where it is said.
  virtual void note(const std::string& line) = 0;
  /// The last state, to stay.
  virtual void finish() = 0;
};

/// How often a view is told of the time: often enough to move on a terminal, elsewhere for what is
/// said now and then.
inline Duration tick_interval(const Channel& channel) {
  return channel.live ? Duration{std::chrono::milliseconds{100}}
                      : Duration{std::chrono::seconds{1}};
}

/// Shows nothing (--quiet).
class SilentView final : public View {
 public:
  void expect(const Expectations&) override {}
  void on_event(const Event&) override {}
  void on_tick(Duration) override {}
  void note(const std::string&) override {}
  void finish() override {}
};

}  // namespace albatross::cli
