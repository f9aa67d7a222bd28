#include "orchestrator/remove.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/holders.hpp"
#include "orchestrator/mutation.hpp"
#include "orchestrator/watching.hpp"

#include <map>
#include <memory>

namespace albatross {
namespace {

struct Departure {
  ResourceRecord record;
  /// Those that must be gone before this one.
  std::vector<Departure*> before;
  Gate finished;
  bool gone = false;
};

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
  Remover(const Run& run, std::vector<ResourceRecord> records) : run_(run) {
    for (ResourceRecord& record : records) {
      auto departure = std::make_unique<Departure>();
      departure->record = std::move(record);
      const std::string name = departure->record.node;
      departures_.emplace(name, std::move(departure));
    }
    // Whichever generation of it the record was made for: every one of them waits.
    std::multimap<std::string, Departure*> by_node;
    for (auto& [name, departure] : departures_)
      by_node.emplace(departure->record.base_node(), departure.get());
    for (auto& [name, departure] : departures_) {
      for (const std::string& other : departure->record.outlived_by) {
        const auto [first, last] = by_node.equal_range(other);
        for (auto found = first; found != last; ++found)
          found->second->before.push_back(departure.get());
      }
    }
  }

  Task<Removal> run() {
    std::vector<Task<>> tasks;
    for (auto& [name, departure] : departures_)
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
    if (obstacle != nullptr) leave(departure, blocked_by(departure.record, obstacle->record));
    if (error) leave(departure, describe_failure(error, "deleting", departure.record));
    if (!error && obstacle == nullptr) departure.gone = true;
    departure.finished.open();
  }

  Task<> take_down(Departure& departure) {
    ResourceRecord& record = departure.record;
    if (record.provenance == Provenance::reused || !kind_of(record.kind).mutates()) {
      co_await run_.store.erase_resource(record.stack, record.node);
      say(EventType::resource_kept, record);
      co_return;
    }
    const Deadline deadline = run_.within(run_.timeouts.destroy);
    const bool removed = co_await remove_one(run_, record, deadline, dependents(departure));
    co_await run_.store.erase_resource(record.stack, record.node);
    if (!removed) co_return;
    say(EventType::resource_gone, record);
    result_.gone.push_back(record);
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

  static Failure blocked_by(const ResourceRecord& record, const ResourceRecord& obstacle) {
    Failure failure;
    failure.doing = "deleting " + record.node;
    failure.node = record.node;
    failure.resource = record.id;
    failure.code = "StillUsed";
    failure.message = obstacle.node + " uses it and could not be removed";
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
  std::map<std::string, std::unique_ptr<Departure>> departures_;
  Removal result_;
};

}  // namespace

Task<bool> remove_one(const Run& run, ResourceRecord& record, Deadline deadline,
                      std::vector<Dependency> waited_for) {
  const Kind& kind = kind_of(record.kind);
  const Step step = step_of_kind(record.kind);
  const bool exists = co_await make_sure_of_id(run, kind, record, step, deadline);
  if (!exists) co_return false;
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
  co_await watch_until_gone(run, kind, record, step, deadline);
  co_return true;
}

Task<Removal> remove(const Run& run, std::vector<ResourceRecord> records) {
  Remover remover(run, std::move(records));
  Removal removal = co_await remover.run();
  co_return removal;
}

}  // namespace albatross
