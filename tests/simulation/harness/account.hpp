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

enum class Verb { deploy, rollback_load_balancer, rollback_all, destroy };
const char* to_string(Verb verb);

inline constexpr std::size_t never = static_cast<std::size_t>(-1);

/// What happens to a simulated process.
struct Fate {
  /// The number of the call, read or write at which it is killed: see KillSwitch.
  std::size_t kill_at = never;
  /// It is killed after so long, wherever it waits then.
  std::optional<Duration> kill_after;
  /// The number of the event at which the user presses Ctrl-C.
  std::size_t cancel_at = never;
  /// Targets that leave are waited for until they are drained.
  bool drain = true;
  /// The number of the event at which a second process tries to work on the stack.
  std::size_t rival_at = never;
};

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
  /// How the second process ended, and how many requests it sent; empty when there was none.
  std::string rival_error;
  std::size_t rival_requests = 0;
  /// From Ctrl-C to the end of the run; nothing when there was none.
  std::optional<Duration> time_to_stop;
};

/// For matrices of a hundred thousand calls: signatures are not checked, other tests do that.
sim::CloudOptions plain_cloud();

/// What outlives the processes that work on it: the simulated AWS, the state on disk, and time.
class Account {
 public:
  Account(sim::CloudOptions options, std::uint64_t seed);

  /// One process from start to end.
  Life live(Verb verb, const Stack& stack, const Fate& fate);
  Life live(Verb verb, const Stack& stack) { return live(verb, stack, Fate{}); }
  Life live(Verb verb, const Stack& stack, std::size_t kill_at, std::size_t cancel_at = never) {
    Fate fate;
    fate.kill_at = kill_at;
    fate.cancel_at = cancel_at;
    return live(verb, stack, fate);
  }

  /// Time passes while nobody runs.
  void wait(Duration duration) { now_ += duration; }

  /// What is wrong, in words; empty when store and cloud agree: every record that has an id exists,
  /// everything with our tags has a record with its id, or one of an intent without an answer.
  std::vector<std::string> disagreements();
  /// Nodes of the stack that exist twice.
  std::vector<std::string> duplicates();
  /// What the account holds beyond (or short of) `before`.
  std::vector<std::string> difference(const std::vector<sim::Item>& before);
  std::vector<sim::Item> inventory() { return cloud.inventory(now_); }
  std::vector<ResourceRecord> records();

  sim::Cloud cloud;
  MemoryStore store;

 private:
  TimePoint now_{};
  std::uint64_t seed_;
  std::uint64_t lives_ = 0;
};

}  // namespace albatross::simulation
