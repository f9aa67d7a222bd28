#include "orchestrator/watching.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/explaining.hpp"
#include "orchestrator/failure.hpp"

#include <algorithm>
#include <sstream>

namespace albatross {
namespace {

// A resource may stay invisible for a while after its creation was answered.
constexpr Duration visibility_lag = std::chrono::minutes{2};

/// One look. Passing trouble is remembered, not thrown.
struct Look {
  std::optional<Observed> observed;
  std::exception_ptr trouble;
};

Task<Look> look_once(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                     Deadline deadline) {
  Look look;
  Session session = run.session(record, step, deadline);
  try {
    look.observed = co_await kind.find(session, std::move(record));
  } catch (const ApiError& error) {
    if (!error.retryable()) throw;
    look.trouble = std::current_exception();
  }
  co_return look;
}

/// "240 s left" of a state that began when the watch did, or earlier.
std::string countdown(const Look& look, Duration waited) {
  if (look.observed->lasts == Duration::zero()) return "";
  const auto left = std::chrono::ceil<std::chrono::seconds>(look.observed->lasts - waited);
  return left.count() <= 0 ? ", any moment now" : ", " + std::to_string(left.count()) + " s left";
}

/// A known duration is not cut short; a little more, because AWS is not exact.
Deadline stretched(Deadline deadline, const Look& look, TimePoint start) {
  constexpr Duration grace = std::chrono::minutes{2};
  if (!look.observed || look.observed->lasts == Duration::zero()) return deadline;
  const Deadline needed{start + look.observed->lasts + grace};
  return earlier(deadline, needed) == deadline ? needed : deadline;
}

void say_waiting(const Run& run, const ResourceRecord& record, Step step, const Look& look,
                 TimePoint start) {
  Event event = run.events.about(EventType::waiting, record, step);
  if (look.observed) {
    event.state = look.observed->state;
    event.detail = look.observed->detail + countdown(look, run.clock.now() - start);
    event.targets = look.observed->targets;
  } else if (look.trouble) {
    const Failure failure = describe_failure(look.trouble, "looking at", record);
    event.state = failure.code;
    event.detail = failure.message;
  } else {
    event.state = "not visible yet";
  }
  run.events.emit(event);
}

Failure hopeless(const ResourceRecord& record, const Observed& observed) {
  Failure failure;
  failure.doing = "waiting for " + record.node;
  failure.node = record.node;
  failure.resource = record.id;
  failure.code = observed.state.empty() ? "Failed" : observed.state;
  failure.message = observed.detail.empty() ? "AWS reports that it failed" : observed.detail;
  failure.targets = observed.targets;
  return failure;
}

std::string hint_of_timeout(const Run& run, Step step, std::string_view kind,
                            const std::string& awaited) {
  const std::string again = "Run the same command again to go on waiting, or allow more time: ";
  if (run.end.reached(run.clock)) {
    return again + "the whole run's is --timeout, in the file timeouts.run.";
  }
  const std::string name = awaited == "gone" ? "destroy" : std::string(timeout_name(step, kind));
  return again + "--step-timeout " + name + "=…, in the file timeouts." + name + ".";
}

/// Everything stands, and all targets are healthy: it is the way from here to there.
Failure unheard(Failure failure) {
  failure.code = no_answer_code;
  failure.hint =
      "Targets are healthy, and nothing is taken down. Can this machine reach the load balancer "
      "(load_balancer.allow_from, a proxy, its DNS), and does the rule lead to the service? Where "
      "it cannot, say load_balancer.probe: false, or --no-probe. " +
      failure.hint;
  return failure;
}

Failure timed_out(const Run& run, Step step, const ResourceRecord& record, const Look& last,
                  Duration waited, const std::string& awaited) {
  Failure failure;
  failure.doing = "waiting for " + record.node;
  failure.node = record.node;
  failure.resource = record.id.empty() ? record.property("name") : record.id;
  failure.code = "Timeout";
  failure.retryable = true;
  std::ostringstream text;
  text << "not " << awaited << " after "
       << std::chrono::duration_cast<std::chrono::seconds>(waited).count() << " s";
  if (last.observed) {
    text << "; last seen " << last.observed->state;
    if (!last.observed->detail.empty()) text << " (" << last.observed->detail << ")";
    failure.targets = last.observed->targets;
  } else if (last.trouble) {
    text << "; last error " << describe_failure(last.trouble, "looking at", record).text();
  }
  failure.message = text.str();
  failure.hint = hint_of_timeout(run, step, record.kind, awaited);
  return record.kind == answer_kind ? unheard(std::move(failure)) : failure;
}

}  // namespace

Duration pause_before(int look, const Watch& watch, Duration poll_interval) {
  return std::min(look == 0 ? watch.first : watch.interval, poll_interval);
}

bool may_be_invisible(const Clock& clock, const ResourceRecord& record) {
  const Duration now = clock.wall().time_since_epoch();
  return now - std::chrono::milliseconds{record.created_at_ms} < visibility_window;
}

Task<std::optional<Observed>> find_settled(const Run& run, const Kind& kind, ResourceRecord record,
                                           Step step, Deadline deadline, bool thorough) {
  for (;;) {
    Session session = run.session(record, step, deadline);
    session.thorough = thorough;
    std::optional<Observed> found = co_await kind.find(session, record);
    if (found && found->readiness == Readiness::gone) found.reset();
    if (found || !may_be_invisible(run.clock, record)) co_return found;
    // Inside a mutation that is being finished: what it made is found by the next run.
    if (run.finishing->stopping()) co_return found;
    co_await run.clock.sleep_for(std::chrono::seconds{1});
  }
}

Task<Observed> watch_until_ready(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                                 Deadline deadline) {
  const TimePoint start = run.clock.now();
  Look last;
  Explainer explainer;
  for (int number = 0;; ++number) {
    const Duration pause = pause_before(number, kind.watch(), run.poll_interval);
    if (deadline.remaining(run.clock) <= pause) {
      const Duration waited = run.clock.now() - start + deadline.remaining(run.clock);
      co_await run.clock.sleep_until(deadline.at());
      throw NodeFailed(timed_out(run, step, record, last, waited, "ready"));
    }
    co_await run.clock.sleep_for(pause);
    last = co_await look_once(run, kind, record, step, deadline);
    if (last.observed && last.observed->readiness == Readiness::ready) {
      co_return std::move(*last.observed);
    }
    if (last.observed && last.observed->readiness != Readiness::pending) {
      throw NodeFailed(hopeless(record, *last.observed));
    }
    if (!last.observed && !last.trouble && run.clock.now() - start > visibility_lag) {
      Observed gone;
      gone.state = "gone";
      gone.detail = "AWS does not know it any more";
      throw NodeFailed(hopeless(record, gone));
    }
    deadline = stretched(deadline, last, start);
    if (last.observed)
      co_await explainer.explain(run, kind, record, step, deadline, *last.observed);
    say_waiting(run, record, step, last, start);
  }
}

Task<> watch_until_gone(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                        Deadline deadline) {
  const TimePoint start = run.clock.now();
  Look last;
  for (int number = 0;; ++number) {
    last = co_await look_once(run, kind, record, step, deadline);
    const bool gone = !last.observed || last.observed->readiness == Readiness::gone;
    if (gone && !last.trouble) co_return;
    deadline = stretched(deadline, last, start);
    say_waiting(run, record, step, last, start);
    const Duration pause = pause_before(number, kind.watch(), run.poll_interval);
    if (deadline.remaining(run.clock) <= pause) {
      const Duration waited = run.clock.now() - start + deadline.remaining(run.clock);
      co_await run.clock.sleep_until(deadline.at());
      throw NodeFailed(timed_out(run, step, record, last, waited, "gone"));
    }
    co_await run.clock.sleep_for(pause);
  }
}

}  // namespace albatross
