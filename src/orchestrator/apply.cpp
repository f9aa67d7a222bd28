#include "orchestrator/apply.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/making.hpp"
#include "orchestrator/placement.hpp"
#include "orchestrator/wanted.hpp"
#include "orchestrator/watching.hpp"

#include <map>
#include <memory>
#include <optional>

namespace albatross {
namespace {

/// One node on its way through the walk.
struct Progress : Making {
  /// Where else it may be, once that matters, and what that means for its properties.
  std::optional<Places> places;
  Properties instead;
  Gate created;
  Gate ready;
};

class Applier {
 public:
  Applier(const Run& run, const Graph& graph, std::vector<ResourceRecord> known)
      : run_(run), graph_(graph), maker_(run, resolver()) {
    for (const Node& node : graph.nodes()) {
      auto progress = std::make_unique<Progress>();
      progress->node = &node;
      progress_.emplace(node.name, std::move(progress));
    }
    for (ResourceRecord& record : known) {
      const auto found = progress_.find(record.base_node());
      if (found == progress_.end()) continue;
      Progress& progress = *found->second;
      if (record.superseded()) {
        progress.older.push_back(std::move(record));
      } else {
        progress.record = std::move(record);
        progress.known = true;
      }
    }
  }

  Task<> run() {
    std::vector<Task<>> tasks;
    for (auto& [name, progress] : progress_) {
      // The first of its kind: nobody who is bound to it has to wait for a decision.
      if (!progress->known) progress->decided.open();
      tasks.push_back(bring_up(*progress));
    }
    co_await when_all(std::move(tasks));
  }

 private:
  Task<> bring_up(Progress& progress) {
    std::exception_ptr error;
    try {
      co_await await_dependencies(progress);
      const Deadline deadline = step_deadline(progress);
      say_started(progress);
      co_await bring_up_somewhere(progress, deadline);
    } catch (const StateError&) {
      throw;
    } catch (...) {
      error = std::current_exception();
    }
    if (!error) co_return;
    if (is_cancellation(error)) std::rethrow_exception(error);
    throw NodeFailed(failed(progress, error));
  }

  /// In another place, for as long as there are any, where the one that was meant has no room.
  Task<> bring_up_somewhere(Progress& progress, Deadline deadline) {
    for (;;) {
      std::optional<Failure> no_room;
      try {
        co_await bring_up_here(progress, deadline);
      } catch (const NodeFailed& failed) {
        if (!lacks_capacity(failed.failure())) throw;
        no_room = failed.failure();
      }
      if (!no_room) co_return;
      if (!progress.places) co_await find_places(progress);
      if (!progress.places->move_on(progress.record.properties, neighbours_of(progress))) {
        throw NodeFailed(std::move(*no_room));
      }
      move(progress, no_room->code);
    }
  }

  Task<> bring_up_here(Progress& progress, Deadline deadline) {
    ResourceRecord wanted = wanted_record(run_.identity, graph_, *progress.node, progress.record,
                                          resolver(), generations());
    for (const auto& [name, value] : progress.instead)
      wanted.properties[name] = value;
    co_await maker_.bring_into_being(progress, std::move(wanted), deadline);
    progress.created.open();
    const bool handed_over = progress.handing_over;
    if (handed_over) co_await hand_over(progress);
    // What the handover waited for is not this step's time.
    if (handed_over) deadline = step_deadline(progress);
    co_await bring_to_ready(progress, deadline);
  }

  Task<> find_places(Progress& progress) {
    std::vector<std::string> labels;
    std::vector<Properties> places;
    for (const Alternative& alternative : progress.node->alternatives) {
      for (const auto& [name, input] : alternative.inputs) {
        const auto* ref = std::get_if<Ref>(&input);
        if (ref != nullptr) co_await progress_.at(ref->node)->created.wait();
      }
      labels.push_back(alternative.label);
      places.push_back(resolve(alternative.inputs, resolver()));
    }
    progress.places.emplace(std::move(labels), std::move(places));
  }

  /// What the other nodes of its kind have.
  std::vector<const Properties*> neighbours_of(const Progress& progress) const {
    std::vector<const Properties*> out;
    for (const auto& [name, other] : progress_) {
      const bool neighbour = other.get() != &progress && other->node->kind == progress.node->kind;
      if (neighbour) out.push_back(&other->record.properties);
    }
    return out;
  }

  /// What AWS took back by itself is gone; a try elsewhere is a new intent.
  void move(Progress& progress, const std::string& code) {
    progress.instead = progress.places->properties();
    progress.record = anew(std::move(progress.record));
    progress.known = false;
    Event event = maker_.about(progress, EventType::warning);
    event.state = code;
    event.detail = "no capacity for " + progress.node->name + " in " + progress.places->from() +
                   " (" + code + "); trying " + progress.places->to();
    run_.events.emit(std::move(event));
  }

  Deadline step_deadline(const Progress& progress) const {
    const Node& node = *progress.node;
    return run_.within(timeout_of(run_.timeouts, node.step, node.kind));
  }

  Gate& gate_of(const Dependency& dependency) {
    Progress& other = *progress_.at(dependency.node);
    return dependency.milestone == Milestone::ready ? other.ready : other.created;
  }

  Task<> await_dependencies(const Progress& progress) {
    for (const Dependency& dependency : graph_.dependencies(*progress.node)) {
      Gate& gate = gate_of(dependency);
      co_await gate.wait();
    }
    for (const std::string& name : progress.node->bound_to) {
      Gate& gate = progress_.at(name)->decided;
      co_await gate.wait();
    }
  }

  Task<> hand_over(Progress& progress) {
    for (const Dependency& dependency : progress.node->handover.until) {
      Gate& gate = gate_of(dependency);
      co_await gate.wait();
    }
    co_await maker_.finish_handover(progress, step_deadline(progress));
  }

  Task<> bring_to_ready(Progress& progress, Deadline deadline) {
    Event ready = maker_.about(progress, EventType::resource_ready);
    if (progress.record.status != RecordStatus::ready) {
      const Kind& kind = kind_of(progress.record.kind);
      Observed observed =
          co_await watch_until_ready(run_, kind, progress.record, progress.node->step, deadline);
      ready.state = observed.state;
      ready.targets = observed.targets;
      co_await maker_.note(progress, observed);
      ready.id = progress.record.id;
    }
    progress.ready.open();
    run_.events.emit(std::move(ready));
  }

  Resolver resolver() const {
    return [this](const Ref& ref) -> std::string {
      const ResourceRecord& record = progress_.at(ref.node)->record;
      return ref.output == "id" ? record.id : record.output(ref.output);
    };
  }

  Generations generations() const {
    return [this](const std::string& node) { return progress_.at(node)->record.generation; };
  }

  void say_started(const Progress& progress) const {
    Event event = maker_.about(progress, EventType::resource_started);
    event.dependencies = graph_.dependencies(*progress.node);
    run_.events.emit(std::move(event));
  }

  /// Says so, and which node it was: it may have failed before there was a record.
  Failure failed(const Progress& progress, const std::exception_ptr& error) const {
    ResourceRecord record = progress.record;
    if (record.node.empty()) record.node = progress.node->name;
    Event event = maker_.about(progress, EventType::resource_failed);
    event.failure = describe_failure(error, "working on", record);
    run_.events.emit(event);
    return *event.failure;
  }

  const Run& run_;
  const Graph& graph_;
  std::map<std::string, std::unique_ptr<Progress>> progress_;
  Maker maker_;
};

}  // namespace

Task<> apply(const Run& run, const Graph& graph, std::vector<ResourceRecord> known) {
  graph.check();
  Applier applier(run, graph, std::move(known));
  co_await applier.run();
}

}  // namespace albatross
