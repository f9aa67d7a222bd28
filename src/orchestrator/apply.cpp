#include "orchestrator/apply.hpp"

#include "albatross/orchestrator/names.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/mutation.hpp"
#include "orchestrator/watching.hpp"

#include <map>
#include <memory>

namespace albatross {
namespace {

std::int64_t to_ms(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

/// One node on its way through the walk.
struct Progress {
  const Node* node = nullptr;
  ResourceRecord record;
  bool known = false;
  Gate created;
  Gate ready;
};

class Applier {
 public:
  Applier(const Run& run, const Graph& graph, std::vector<ResourceRecord> known)
      : run_(run), graph_(graph) {
    for (const Node& node : graph.nodes()) {
      auto progress = std::make_unique<Progress>();
      progress->node = &node;
      progress_.emplace(node.name, std::move(progress));
    }
    for (ResourceRecord& record : known) {
      const auto found = progress_.find(record.node);
      if (found == progress_.end()) continue;
      found->second->record = std::move(record);
      found->second->known = true;
    }
  }

  Task<> run() {
    std::vector<Task<>> tasks;
    for (auto& [name, progress] : progress_)
      tasks.push_back(bring_up(*progress));
    co_await when_all(std::move(tasks));
  }

 private:
  Task<> bring_up(Progress& progress) {
    std::exception_ptr error;
    try {
      co_await await_dependencies(progress);
      const Deadline deadline =
          Deadline::after(run_.clock, timeout_of(run_.timeouts, progress.node->step));
      say_started(progress);
      co_await bring_into_being(progress, deadline);
      co_await bring_to_ready(progress, deadline);
    } catch (...) {
      error = std::current_exception();
    }
    if (!error) co_return;
    if (!is_cancellation(error)) say_failed(progress, error);
    std::rethrow_exception(error);
  }

  Task<> await_dependencies(const Progress& progress) {
    for (const Dependency& dependency : graph_.dependencies(*progress.node)) {
      Progress& other = *progress_.at(dependency.node);
      Gate& gate = dependency.milestone == Milestone::ready ? other.ready : other.created;
      co_await gate.wait();
    }
  }

  /// Leaves record.id set (for kinds that only observe: untouched) and the node's created milestone
  /// reached.
  Task<> bring_into_being(Progress& progress, Deadline deadline) {
    ResourceRecord wanted = wanted_record(progress);
    const Kind& kind = kind_of(wanted.kind);
    if (!progress.node->reuse_id.empty()) {
      co_await reuse(progress, kind, std::move(wanted), deadline);
    } else if (!kind.mutates()) {
      progress.record = std::move(wanted);
    } else if (progress.known) {
      co_await converge(progress, kind, std::move(wanted), deadline);
    } else {
      co_await create(progress, kind, std::move(wanted), deadline);
    }
    progress.created.open();
  }

  Task<> bring_to_ready(Progress& progress, Deadline deadline) {
    Event ready = about(progress, EventType::resource_ready);
    if (progress.record.status != RecordStatus::ready) {
      const Kind& kind = kind_of(progress.record.kind);
      Observed observed =
          co_await watch_until_ready(run_, kind, progress.record, progress.node->step, deadline);
      ready.state = observed.state;
      ready.targets = observed.targets;
      co_await note(progress, observed);
      ready.id = progress.record.id;
    }
    progress.ready.open();
    run_.events.emit(std::move(ready));
  }

  ResourceRecord wanted_record(const Progress& progress) const {
    const Node& node = *progress.node;
    ResourceRecord wanted = progress.record;
    wanted.stack = run_.identity.stack;
    wanted.node = node.name;
    wanted.kind = node.kind;
    wanted.tier = node.tier;
    wanted.outlived_by = graph_.outlived_by(node);
    const Resolver resolver = resolver_();
    wanted.properties = resolve(node.inputs, resolver);
    for (const auto& [name, make] : node.secrets) {
      wanted.properties[name] = fingerprint(make(resolver));
    }
    return wanted;
  }

  Resolver resolver_() const {
    return [this](const Ref& ref) -> std::string {
      const ResourceRecord& record = progress_.at(ref.node)->record;
      return ref.output == "id" ? record.id : record.output(ref.output);
    };
  }

  // Enough to see a change by, useless to guess a secret from.
  std::string fingerprint(const Secret& secret) const {
    return fit_name(run_.identity.deployment_id + secret.reveal(), 9);
  }

  Secrets secrets_of(const Progress& progress) const {
    Secrets out;
    for (const auto& [name, make] : progress.node->secrets)
      out[name] = make(resolver_());
    return out;
  }

  Task<> reuse(Progress& progress, const Kind& kind, ResourceRecord wanted, Deadline deadline) {
    wanted.id = progress.node->reuse_id;
    wanted.provenance = Provenance::reused;
    wanted.status = RecordStatus::created;
    Session session = run_.session(wanted, progress.node->step, deadline);
    std::optional<Observed> found = co_await kind.find(session, wanted);
    if (!found) {
      Failure failure;
      failure.doing = "looking for " + wanted.node;
      failure.node = wanted.node;
      failure.resource = wanted.id;
      failure.code = "NotFound";
      failure.message = "the stack file names it, but it does not exist in " + run_.identity.region;
      throw NodeFailed(std::move(failure));
    }
    progress.record = std::move(wanted);
    co_await note(progress, *found);
    say(progress, EventType::resource_adopted);
  }

  /// There is a record: find what it stands for, and bring it to what is wanted now.
  Task<> converge(Progress& progress, const Kind& kind, ResourceRecord wanted, Deadline deadline) {
    ResourceRecord before = progress.record;
    std::optional<Observed> found =
        co_await find_settled(run_, kind, before, progress.node->step, deadline);
    if (!found) {
      // A token whose answer never came may be used again; one whose thing has vanished may not.
      if (!before.id.empty()) {
        ++wanted.attempt;
        wanted.token.clear();
      }
      wanted.id.clear();
      wanted.outputs.clear();
      co_await create(progress, kind, std::move(wanted), deadline);
      co_return;
    }
    const std::vector<std::string> changed =
        changed_properties(wanted.properties, before.properties, found->actual);
    co_await update(progress, kind, std::move(wanted), *found, changed, deadline);
  }

  Task<> update(Progress& progress, const Kind& kind, ResourceRecord wanted, Observed found,
                std::vector<std::string> changed, Deadline deadline) {
    std::vector<std::string> in_place;
    for (const std::string& property : changed) {
      const ChangeEffect effect = kind.effect_of(property);
      if (effect == ChangeEffect::replace) throw NodeFailed(needs_replacement(wanted, property));
      if (effect == ChangeEffect::in_place) in_place.push_back(property);
    }
    const bool adopted = wanted.id.empty();
    wanted.id = found.id;
    if (!in_place.empty()) {
      auto attempt = [&]() {
        return send_update(progress, kind, wanted, found, in_place, deadline);
      };
      co_await mutate(run_, wanted, progress.node->step, deadline, "updating", attempt);
    }
    progress.record = std::move(wanted);
    co_await note(progress, found);
    if (adopted) say(progress, EventType::resource_adopted);
    if (!in_place.empty()) say_updated(progress, in_place);
  }

  Task<> send_update(const Progress& progress, const Kind& kind, ResourceRecord wanted,
                     Observed found, std::vector<std::string> changed, Deadline deadline) {
    Session session = run_.session(wanted, progress.node->step, deadline);
    co_await kind.update(session, wanted, found, changed);
    co_await run_.store.put_resource(wanted);
  }

  Task<> create(Progress& progress, const Kind& kind, ResourceRecord wanted, Deadline deadline) {
    wanted.status = RecordStatus::intended;
    wanted.provenance = Provenance::created;
    // AWS remembers a token for a day and more, beyond the end of what it made: never the same
    // twice but for the same intent.
    if (wanted.token.empty()) {
      const std::string nonce = run_.entropy.hex(8);
      wanted.token = idempotency_token(run_.identity.deployment_id, wanted.node, nonce);
    }
    progress.record = wanted;
    auto attempt = [&]() { return send_create(progress, kind, deadline); };
    co_await mutate(run_, wanted, progress.node->step, deadline, "creating", attempt);
    say(progress, EventType::resource_created);
  }

  /// The intent, one create, and its answer. After an answer that was lost, or that says it exists,
  /// what it may have made is looked for before the error is passed on.
  Task<> send_create(Progress& progress, const Kind& kind, Deadline deadline) {
    // What this try makes counts as new from here on, however long earlier tries took.
    progress.record.created_at_ms = to_ms(run_.clock.wall());
    co_await run_.store.put_resource(progress.record);
    Session session = run_.session(progress.record, progress.node->step, deadline);
    std::optional<Observed> made;
    std::exception_ptr error;
    try {
      made = co_await create_once(kind, session, progress.record, secrets_of(progress));
    } catch (const ApiError& failed) {
      const bool may_exist = failed.details().may_have_taken_effect ||
                             failed.error_class() == ErrorClass::already_exists;
      if (!may_exist) throw;
      error = std::current_exception();
    }
    if (!made) {
      made = co_await find_settled(run_, kind, progress.record, progress.node->step, deadline);
    }
    if (!made) std::rethrow_exception(error);
    co_await note(progress, *made);
  }

  static Task<std::optional<Observed>> create_once(const Kind& kind, Session& session,
                                                   ResourceRecord record, Secrets secrets) {
    Observed made = co_await kind.create(session, std::move(record), std::move(secrets));
    std::optional<Observed> out;
    out.emplace(std::move(made));
    co_return out;
  }

  /// Stores what AWS has just said.
  Task<> note(Progress& progress, Observed observed) {
    ResourceRecord& record = progress.record;
    if (record.id.empty()) record.created_at_ms = to_ms(run_.clock.wall());
    if (!observed.id.empty()) record.id = observed.id;
    for (auto& [name, value] : observed.outputs)
      record.outputs[name] = std::move(value);
    record.status =
        observed.readiness == Readiness::ready ? RecordStatus::ready : RecordStatus::created;
    if (kind_of(record.kind).mutates()) co_await run_.store.put_resource(record);
  }

  static Failure needs_replacement(const ResourceRecord& wanted, const std::string& property) {
    Failure failure;
    failure.doing = "updating " + wanted.node;
    failure.node = wanted.node;
    failure.resource = wanted.id;
    failure.code = "NeedsReplacement";
    failure.message = property + " cannot be changed on an existing " + wanted.kind;
    failure.hint = "Put the old value back, or destroy the stack and deploy it again.";
    return failure;
  }

  // The record is empty until the node's inputs are known; the node is not.
  Event about(const Progress& progress, EventType type) const {
    Event event = run_.events.about(type, progress.record, progress.node->step);
    event.node = progress.node->name;
    event.kind = progress.node->kind;
    return event;
  }

  void say(const Progress& progress, EventType type) const {
    run_.events.emit(about(progress, type));
  }

  void say_started(const Progress& progress) const {
    Event event = about(progress, EventType::resource_started);
    event.dependencies = graph_.dependencies(*progress.node);
    run_.events.emit(event);
  }

  void say_updated(const Progress& progress, const std::vector<std::string>& changed) const {
    Event event = about(progress, EventType::resource_updated);
    for (const std::string& property : changed) {
      event.detail += (event.detail.empty() ? "" : ", ") + property;
    }
    run_.events.emit(event);
  }

  void say_failed(const Progress& progress, const std::exception_ptr& error) const {
    Event event = about(progress, EventType::resource_failed);
    event.failure = describe_failure(error, "working on", progress.record);
    run_.events.emit(event);
  }

  const Run& run_;
  const Graph& graph_;
  std::map<std::string, std::unique_ptr<Progress>> progress_;
};

}  // namespace

std::vector<std::string> changed_properties(const Properties& wanted, const Properties& asked,
                                            const Properties& actual) {
  std::vector<std::string> out;
  for (const auto& [name, value] : wanted) {
    const auto seen = actual.find(name);
    const auto last = asked.find(name);
    const bool same =
        seen != actual.end() ? seen->second == value : last != asked.end() && last->second == value;
    if (!same) out.push_back(name);
  }
  for (const auto& [name, value] : asked) {
    if (wanted.find(name) == wanted.end()) out.push_back(name);
  }
  return out;
}

std::string idempotency_token(const std::string& deployment_id, const std::string& node,
                              const std::string& nonce) {
  return fit_name(deployment_id + "-" + nonce + "-" + node, 64);
}

Task<> apply(const Run& run, const Graph& graph, std::vector<ResourceRecord> known) {
  graph.check();
  Applier applier(run, graph, std::move(known));
  co_await applier.run();
}

}  // namespace albatross
