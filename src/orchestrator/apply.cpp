#include "orchestrator/apply.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/making.hpp"
#include "orchestrator/wanted.hpp"
#include "orchestrator/watching.hpp"

#include <map>
#include <memory>

namespace albatross {
namespace {

/// One node on its way through the walk.
struct Progress : Making {
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
      ResourceRecord wanted = wanted_record(run_.identity, graph_, *progress.node, progress.record,
                                            resolver(), generations());
      co_await maker_.bring_into_being(progress, std::move(wanted), deadline);
      progress.created.open();
      const bool handed_over = progress.handing_over;
      if (handed_over) co_await hand_over(progress);
      // What the handover waited for is not this step's time.
      const Deadline rest = handed_over ? step_deadline(progress) : deadline;
      co_await bring_to_ready(progress, rest);
    } catch (...) {
      error = std::current_exception();
    }
    if (!error) co_return;
    if (!is_cancellation(error)) say_failed(progress, error);
    std::rethrow_exception(error);
  }

  Deadline step_deadline(const Progress& progress) const {
    return Deadline::after(run_.clock, timeout_of(run_.timeouts, progress.node->step));
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

  void say_failed(const Progress& progress, const std::exception_ptr& error) const {
    Event event = maker_.about(progress, EventType::resource_failed);
    event.failure = describe_failure(error, "working on", progress.record);
    run_.events.emit(event);
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
