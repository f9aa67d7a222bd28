#pragma once

#include "albatross/orchestrator/deployer.hpp"
#include "albatross/orchestrator/stack.hpp"
#include "albatross/sim/cloud.hpp"
#include "albatross/state/store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace albatross::simulation {

enum class Verb { deploy, destroy };

/// How a simulated process ended.
struct Life {
  /// Absent when it was killed.
  std::optional<RunResult> result;
  /// Where it was killed; empty when it was not.
  std::string killed_at;
  /// Points at which it could have been killed.
  std::size_t points = 0;
  std::vector<Event> events;
  /// An exception that left the run; empty when none did.
  std::string error;
};

/// What outlives the processes that work on it: the simulated AWS, the state on disk, and time.
class Account {
 public:
  Account(sim::CloudOptions options, std::uint64_t seed);

  /// One process from start to end. @param kill_at see KillSwitch
  /// @param cancel_at the number of the event at which the user presses Ctrl-C, or never
  Life live(Verb verb, const Stack& stack, std::size_t kill_at = static_cast<std::size_t>(-1),
            std::size_t cancel_at = static_cast<std::size_t>(-1));

  /// Time passes while nobody runs.
  void wait(Duration duration) { now_ += duration; }

  /// What is wrong, in words; empty when store and cloud agree: every record that has an id exists,
  /// everything with our tags has a record, nothing exists twice.
  std::vector<std::string> disagreements();
  /// What the account holds beyond (or short of) `before`.
  std::vector<std::string> difference(const std::vector<sim::Item>& before);
  std::vector<sim::Item> inventory() { return cloud.inventory(now_); }

  sim::Cloud cloud;
  MemoryStore store;

 private:
  std::vector<ResourceRecord> records();

  TimePoint now_{};
  std::uint64_t seed_;
  std::uint64_t lives_ = 0;
};

}  // namespace albatross::simulation
