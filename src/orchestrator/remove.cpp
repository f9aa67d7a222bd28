#include "orchestrator/remove.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/departures.hpp"
#include "orchestrator/failure.hpp"
#include "orchestrator/holders.hpp"
#include "orchestrator/mutation.hpp"
#include "orchestrator/watching.hpp"

namespace albatross {
namespace {

/// False when a create was intended, never answered, and did not take effect. When it did, its id
/// is filled in.
Task<bool> make_sure_of_id(const Run& run, const Kind& kind, ResourceRecord& record, Step step,
                           Deadline deadline) {
  if (!record.id.empty()) co_return true;
  std::optional<Observed> found = co_await find_settled(run, kind, record, step, deadline);
  if (!found) co_return false;
  record.id = found->id;
  for (auto& [name, value] : found->outputs)
    record.outputs[name] = std::move(value);
  co_return true;
}

/// One delete. When something still uses the thing, who that is is said before the error goes on.
Task<> send_destroy(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                    Deadline deadline, std::string& holders) {
  // That a thing just made is not found does not mean that it is gone: the try is repeated.
  const bool gone_if_not_found = !may_be_invisible(run.clock, record);
  Session session = run.session(record, step, deadline);
  std::exception_ptr in_use;
  std::string code;
  try {
    co_await kind.destroy(session, record);
  } catch (const ApiError& error) {
    if (error.error_class() == ErrorClass::dependency) {
      in_use = std::current_exception();
      code = error.code();
    } else if (error.error_class() != ErrorClass::not_found || !gone_if_not_found) {
      throw;
    }
  }
  if (!in_use) co_return;
  holders = co_await holders_of(run, record, step, deadline);
  if (!holders.empty()) {
    Event event = run.events.about(EventType::waiting, record, step);
    event.state = code;
    event.detail = "still used by " + holders;
    run.events.emit(std::move(event));
  }
  std::rethrow_exception(in_use);
}

class Remover {
 public:
  Remover(const Run& run, std::vector<ResourceRecord> records)
      : run_(run), departures_(std::move(records), run.whole, run.drain) {}

  Task<Removal> run() {
    std::vector<Task<>> tasks;
    for (auto& [name, departure] : departures_.all())
      tasks.push_back(depart(*departure));
    co_await when_all(std::move(tasks));
    co_return std::move(result_);
  }

 private:
  Task<> depart(Departure& departure) {
    const Departure* obstacle = nullptr;
    for (Departure* other : departure.before) {
      co_await other->finished.wait();
      if (!other->gone) obstacle = other;
    }
    if (departure.whole != nullptr) {
      co_await departure.whole->sent.wait();
      if (!departure.whole->going) obstacle = departure.whole;
    }
    std::exception_ptr error;
    try {
      if (obstacle == nullptr) co_await take_down(departure);
    } catch (const NodeFailed&) {
      error = std::current_exception();
    } catch (const ApiError&) {
      error = std::current_exception();
    } catch (const CredentialsError&) {
      error = std::current_exception();
    }
    if (obstacle != nullptr) leave(departure, blocked_by(departure, *obstacle));
    if (error) leave(departure, describe_failure(error, "deleting", departure.record));
    if (!error && obstacle == nullptr) departure.gone = true;
    departure.sent.open();
    departure.finished.open();
  }

  Task<> take_down(Departure& departure) {
    ResourceRecord& record = departure.record;
    if (record.provenance == Provenance::reused || !kind_of(record.kind).mutates()) {
      co_await run_.store.erase_resource(record.stack, record.node);
      say(EventType::resource_kept, record);
      co_return;
    }
    const bool removed = co_await remove_or_follow(departure);
    co_await run_.store.erase_resource(record.stack, record.node);
    if (!removed) co_return;
    say(EventType::resource_gone, record);
    result_.gone.push_back(record);
  }

  /// What goes with something that is going has nothing sent for it.
  Task<bool> remove_or_follow(Departure& departure) {
    if (departure.whole != nullptr) {
      departure.going = true;
      co_return !departure.record.id.empty();
    }
    for (Departure* part : departure.parts)
      co_await announce(*part);
    const Deadline deadline = run_.within(run_.timeouts.destroy);
    const auto on_sent = [&departure] {
      departure.going = true;
      departure.sent.open();
    };
    auto removal =
        remove_one(run_, departure.record, deadline, dependents(departure), std::move(on_sent));
    co_return co_await std::move(removal);
  }

  /// The intent to remove it, before the call that takes it along.
  Task<> announce(Departure& part) {
    Event event = run_.events.about(EventType::resource_destroying, part.record,
                                    step_of_kind(part.record.kind));
    event.dependencies = dependents(part);
    run_.events.emit(std::move(event));
    part.record.status = RecordStatus::destroying;
    co_await run_.store.put_resource(part.record);
  }

  void say(EventType type, const ResourceRecord& record) const {
    run_.events.emit(run_.events.about(type, record, step_of_kind(record.kind)));
  }

  static std::vector<Dependency> dependents(const Departure& departure) {
    std::vector<Dependency> out;
    for (const Departure* other : departure.before)
      out.push_back({other->record.node, Milestone::ready});
    return out;
  }

  static Failure blocked_by(const Departure& departure, const Departure& obstacle) {
    Failure failure;
    failure.doing = "deleting " + departure.record.node;
    failure.node = departure.record.node;
    failure.resource = departure.record.id;
    failure.code = "StillUsed";
    const bool whole = departure.whole == &obstacle;
    failure.message = obstacle.record.node + (whole ? ", which it goes with, could not be removed"
                                                    : " uses it and could not be removed");
    failure.retryable = true;
    return failure;
  }

  void leave(Departure& departure, Failure failure) {
    Event event = run_.events.about(EventType::resource_failed, departure.record,
                                    step_of_kind(departure.record.kind));
    event.failure = failure;
    run_.events.emit(event);
    result_.left.push_back(Leftover{departure.record, std::move(failure)});
  }

  const Run& run_;
  Departures departures_;
  Removal result_;
};

}  // namespace

Task<bool> remove_one(const Run& run, ResourceRecord& record, Deadline deadline,
                      std::vector<Dependency> waited_for, std::function<void()> on_sent) {
  const Kind& kind = kind_of(record.kind);
  const Step step = step_of_kind(record.kind);
  const bool exists = co_await make_sure_of_id(run, kind, record, step, deadline);
  if (!exists) {
    if (on_sent) on_sent();
    co_return false;
  }
  Event destroying = run.events.about(EventType::resource_destroying, record, step);
  destroying.dependencies = std::move(waited_for);
  run.events.emit(std::move(destroying));
  record.status = RecordStatus::destroying;
  co_await run.store.put_resource(record);
  std::string holders;
  auto attempt = [&]() { return send_destroy(run, kind, record, step, deadline, holders); };
  try {
    co_await mutate(run, record, step, deadline, "deleting", attempt);
  } catch (const NodeFailed& failed) {
    Failure failure = failed.failure();
    if (!holders.empty()) failure.message += "; still used by " + holders;
    throw NodeFailed(std::move(failure));
  }
  if (on_sent) on_sent();
  if (kind.lingers()) co_await watch_until_gone(run, kind, record, step, deadline);
  co_return true;
}

Task<Removal> remove(const Run& run, std::vector<ResourceRecord> records) {
  Remover remover(run, std::move(records));
  Removal removal = co_await remover.run();
  co_return removal;
}

}  // namespace albatross
