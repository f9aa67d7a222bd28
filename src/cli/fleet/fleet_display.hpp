#pragma once

#include "cli/fleet/fleet_view.hpp"
#include "cli/resize_watch.hpp"
#include "cli/run_keeper.hpp"
#include "cli/ticker.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace albatross::cli {

/// Shows the runs of several stacks on the right stream in the right way, and keeps each as a run
/// of its own.
class FleetDisplay {
 public:
  FleetDisplay(App& app, std::vector<RunTitle> titles);
  FleetDisplay(const FleetDisplay&) = delete;
  FleetDisplay& operator=(const FleetDisplay&) = delete;
  ~FleetDisplay();

  std::size_t size() const { return members_.size(); }
  const RunTitle& title(std::size_t member) const { return members_[member]->keeper.title(); }
  /// For the orchestrator; the display must outlive the run.
  EventSink sink(std::size_t member);
  /// Completes `end` by what the run's events told, shows it and writes it down.
  void ended(std::size_t member, MemberEnd& end);
  /// The last state, to stay; what is printed next stands beneath it.
  void finish();
  /// Since the display was made.
  Duration elapsed() const;

 private:
  struct Member {
    RunKeeper keeper;
    bool under_way = false;
  };
  void on_event(std::size_t member, const Event& event);
  void tick();

  App& app_;
  TimePoint start_;
  std::unique_ptr<FleetView> view_;
  std::vector<std::unique_ptr<Member>> members_;
  std::optional<Ticker> ticker_;
  std::optional<ResizeWatch> resizes_;
};

}  // namespace albatross::cli
