#pragma once

#include "albatross/orchestrator/event.hpp"
#include "albatross/orchestrator/graph.hpp"
#include "albatross/orchestrator/kind.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/runtime/finishing.hpp"
#include "albatross/state/store.hpp"

#include <memory>
#include <string>

namespace albatross {

/// Stamps events with time and stack and hands them on.
class Emitter {
 public:
  Emitter(const Clock& clock, EventSink sink, std::string stack);
  void emit(Event event) const;
  /// An event about one node.
  Event about(EventType type, const ResourceRecord& record, Step step) const;

 private:
  const Clock& clock_;
  EventSink sink_;
  std::string stack_;
  TimePoint start_;
};

/// What one run (deploy, destroy, rollback) works with. Lives as long as the run.
struct Run {
  AwsClients& aws;
  Store& store;
  Clock& clock;
  Entropy& entropy;
  const StackIdentity& identity;
  const Emitter& events;
  TimeoutsSpec timeouts;
  Duration poll_interval = std::chrono::seconds{5};
  /// Targets that leave are waited for until they are drained.
  bool drain = true;
  /// The stack as a whole goes: what goes with something else is not removed by itself.
  bool whole = false;
  /// When the run as a whole must be over.
  Deadline end = Deadline::never();
  /// Empty: nobody asks load balancers.
  Visitors visitors = {};
  /// Lets mutations finish when the run is cancelled.
  std::shared_ptr<Finishing> finishing = std::make_shared<Finishing>(clock);

  /// So long from now, but not beyond the end of the run.
  Deadline within(Duration limit) const;

  /// A session for one verb on a node: its calls end by `deadline`, its retries become events.
  Session session(const ResourceRecord& record, Step step, Deadline deadline) const;
};

/// Milliseconds since the epoch, as records have it.
std::int64_t to_ms(WallTime time);

/// When a run with these timeouts that begins now must be over.
Deadline end_of_run(const Clock& clock, const TimeoutsSpec& timeouts);

/// How long a node of that kind may take: its step's time, unless the kind has one of its own.
std::chrono::seconds timeout_of(const TimeoutsSpec& timeouts, Step step, std::string_view kind);
/// What that is called: "health", "answer".
std::string_view timeout_name(Step step, std::string_view kind);

/// The kind of a node that waits for a service's answer through the load balancer; also the name of
/// its timeout.
inline constexpr std::string_view answer_kind = "answer";
/// The code of its failure.
inline constexpr std::string_view no_answer_code = "NoAnswer";

/// The step that a kind's work is shown under.
Step step_of_kind(std::string_view kind);

}  // namespace albatross
