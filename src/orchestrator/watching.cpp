#include "orchestrator/watching.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/explaining.hpp"
#include "orchestrator/failure.hpp"
#include "orchestrator/looks.hpp"

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
  session.polling = true;
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

Event waiting_event(const Run& run, const ResourceRecord& record, Step step, const Look& look,
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
  return event;
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

bool same(const TargetState& a, const TargetState& b) {
  return a.instance_id == b.instance_id && a.state == b.state && a.reason == b.reason &&
         a.hint == b.hint;
}

bool same(const Event& a, const Event& b) {
  return a.state == b.state && a.detail == b.detail &&
         std::equal(a.targets.begin(), a.targets.end(), b.targets.begin(), b.targets.end(),
                    [](const TargetState& x, const TargetState& y) { return same(x, y); });
}

/// One wait: the looks, what is said of them, and the end of patience.
class Vigil {
 public:
  Vigil(const Run& run, const Kind& kind, const ResourceRecord& record, Step step,
        Deadline deadline, std::string awaited)
      : run_(run),
        kind_(kind),
        record_(record),
        step_(step),
        deadline_(deadline),
        awaited_(std::move(awaited)),
        explains_(awaited_ == "ready"),
        start_(run.clock.now()),
        watch_(kind.watch(record)) {}

  Duration waited() const { return run_.clock.now() - start_; }

  const Look& last() const { return last_; }

  Task<> look() {
    Look now = co_await look_once(run_, kind_, record_, step_, deadline_);
    // One that was cut short by the deadline says less than the one before it.
    const bool decides = now.observed && now.observed->readiness != Readiness::pending;
    const bool cut_short = !decides && deadline_.reached(run_.clock);
    if (!cut_short || !last_.observed) last_ = std::move(now);
  }

  /// Until the next look. @throws NodeFailed when there is no time for one
  Task<> pause() {
    deadline_ = stretched(deadline_, last_, start_);
    if (last_.observed && last_.observed->lasts > Duration::zero()) {
      watch_.soonest = last_.observed->lasts;
      watch_.latest = watch_.soonest + std::chrono::minutes{2};
    }
    if (explains_ && last_.observed) {
      co_await explainer_.explain(run_, kind_, record_, step_, deadline_, *last_.observed);
    }
    say_news();
    const TimePoint next =
        next_look(begun(), run_.clock.now(), watch_, run_.poll_interval, run_.aws.looks->origin());
    if (deadline_.at() <= next) {
      co_await run_.clock.sleep_until(deadline_.at());
      throw NodeFailed(timed_out(run_, step_, record_, last_, waited(), awaited_));
    }
    co_await run_.clock.sleep_until(next);
  }

 private:
  /// An earlier run may have made it.
  TimePoint begun() const {
    if (record_.status != RecordStatus::created || record_.created_at_ms == 0) return start_;
    const auto age =
        run_.clock.wall().time_since_epoch() - std::chrono::milliseconds{record_.created_at_ms};
    return std::min(start_, run_.clock.now() - std::chrono::duration_cast<Duration>(age));
  }

  /// What has changed, and now and then that nothing has.
  void say_news() {
    Event event = waiting_event(run_, record_, step_, last_, start_);
    const TimePoint now = run_.clock.now();
    if (said_ && same(*said_, event) && now - said_at_ < run_.poll_interval) return;
    said_ = event;
    said_at_ = now;
    run_.events.emit(std::move(event));
  }

  const Run& run_;
  const Kind& kind_;
  const ResourceRecord& record_;
  Step step_;
  Deadline deadline_;
  std::string awaited_;
  bool explains_;
  Explainer explainer_;
  TimePoint start_;
  Watch watch_;
  Look last_;
  std::optional<Event> said_;
  TimePoint said_at_{};
};

}  // namespace

TimePoint next_look(TimePoint begun, TimePoint now, const Watch& watch, Duration longest,
                    std::optional<TimePoint> origin) {
  // AWS is asked once a second at most.
  const Duration shortest = std::min<Duration>(longest, std::chrono::seconds{1});
  const Duration waited = now - begun;
  Duration pause = Duration::zero();
  if (waited < watch.soonest) {
    // Something quick is noticed quickly all the same.
    pause = std::min(waited / 2, watch.soonest - waited);
  } else if (waited >= watch.latest) {
    pause = longest;
  }
  if (!origin) return now + std::max(pause, shortest);
  // What remains to the next beat is added.
  pause = std::max(std::min(pause, longest - shortest), shortest / 4);
  const Duration next = now + pause - *origin;
  const auto beat = (next + shortest - Duration{1}) / shortest;
  return *origin + beat * shortest;
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
  Vigil vigil(run, kind, record, step, deadline, "ready");
  for (;;) {
    co_await vigil.look();
    const Look& last = vigil.last();
    if (last.observed && last.observed->readiness == Readiness::ready) co_return *last.observed;
    if (last.observed && last.observed->readiness != Readiness::pending) {
      throw NodeFailed(hopeless(record, *last.observed));
    }
    if (!last.observed && !last.trouble && vigil.waited() > visibility_lag) {
      Observed gone;
      gone.state = "gone";
      gone.detail = "AWS does not know it any more";
      throw NodeFailed(hopeless(record, gone));
    }
    co_await vigil.pause();
  }
}

Task<> watch_until_gone(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                        Deadline deadline) {
  Vigil vigil(run, kind, record, step, deadline, "gone");
  for (;;) {
    co_await vigil.look();
    const Look& last = vigil.last();
    const bool gone = !last.observed || last.observed->readiness == Readiness::gone;
    if (gone && !last.trouble) co_return;
    co_await vigil.pause();
  }
}

}  // namespace albatross
