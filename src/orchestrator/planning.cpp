#include "orchestrator/planning.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/convergence.hpp"
#include "orchestrator/run.hpp"
#include "orchestrator/wanted.hpp"

#include <algorithm>
#include <map>
#include <memory>

namespace albatross {
namespace {

struct Planned {
  const Node* node = nullptr;
  /// What is there; after the decision: what will be there.
  ResourceRecord record;
  bool known = false;
  PlanNode out;
  Gate decided;
};

PlanNode line_of(const ResourceRecord& record, Step step, PlanAction action) {
  PlanNode out;
  out.node = record.node;
  out.kind = record.kind;
  out.step = step;
  out.action = action;
  out.id = record.id;
  return out;
}

void list_properties(PlanNode& out, const Properties& properties) {
  for (const auto& [name, value] : properties)
    out.changes.push_back({name, "", text_of(value), false});
}

PlanAction action_of(Verdict::Action action) {
  switch (action) {
    case Verdict::Action::keep:
      return PlanAction::keep;
    case Verdict::Action::update:
      return PlanAction::update;
    case Verdict::Action::replace:
      return PlanAction::replace;
    case Verdict::Action::refuse:
      return PlanAction::refuse;
  }
  return PlanAction::keep;
}

class Planner {
 public:
  Planner(AwsClients& aws, const StackIdentity& identity, const Graph& graph,
          std::vector<ResourceRecord> known)
      : aws_(aws), identity_(identity), graph_(graph), known_(std::move(known)) {
    for (const Node& node : graph.nodes()) {
      auto planned = std::make_unique<Planned>();
      planned->node = &node;
      nodes_.emplace(node.name, std::move(planned));
    }
    for (const ResourceRecord& record : known_) {
      const auto found = nodes_.find(record.node);
      if (found == nodes_.end()) continue;
      found->second->record = record;
      found->second->known = true;
    }
  }

  Task<std::vector<PlanNode>> run() {
    std::vector<Task<>> tasks;
    for (auto& [name, planned] : nodes_)
      tasks.push_back(decide(*planned));
    co_await when_all(std::move(tasks));
    co_return collect();
  }

 private:
  Task<> decide(Planned& planned) {
    for (const Dependency& dependency : graph_.dependencies(*planned.node)) {
      Gate& gate = nodes_.at(dependency.node)->decided;
      co_await gate.wait();
    }
    for (const std::string& other : planned.node->bound_to) {
      Gate& gate = nodes_.at(other)->decided;
      co_await gate.wait();
    }
    const ResourceRecord before = planned.record;
    ResourceRecord wanted =
        wanted_record(identity_, graph_, *planned.node, before, resolver(), generations());
    planned.record = wanted;
    planned.out = line_of(wanted, planned.node->step, PlanAction::keep);
    const bool ours = planned.known && before.provenance == Provenance::created;
    if (!planned.node->reuse_id.empty()) {
      plan_reuse(planned, before, ours);
    } else if (!kind_of(wanted.kind).mutates()) {
      planned.record.id.clear();
    } else if (ours && before.status != RecordStatus::destroying) {
      co_await compare(planned, before);
    } else {
      plan_create(planned, ours ? "its removal was begun" : "");
    }
    planned.decided.open();
  }

  void plan_reuse(Planned& planned, const ResourceRecord& before, bool ours) const {
    planned.record.id = planned.node->reuse_id;
    planned.out.id = planned.node->reuse_id;
    planned.out.action = PlanAction::reuse;
    if (!ours) return;
    planned.out.action = PlanAction::replace;
    planned.out.why = "the file names one that exists; " + before.id + " is removed";
  }

  static void plan_create(Planned& planned, std::string why) {
    planned.record.id.clear();
    planned.record.outputs.clear();
    planned.out.id.clear();
    planned.out.action = PlanAction::create;
    planned.out.why = std::move(why);
    list_properties(planned.out, planned.record.properties);
  }

  Task<> compare(Planned& planned, ResourceRecord before) {
    const Kind& kind = kind_of(before.kind);
    Session session{aws_, identity_, CallOptions(), true};
    std::optional<Observed> found = co_await kind.find(session, before);
    if (!found || found->readiness == Readiness::gone) {
      plan_create(planned, before.id.empty() ? "" : "gone (" + before.id + "): removed outside");
      co_return;
    }
    auto& properties = planned.record.properties;
    if (properties.contains("name")) {
      properties["name"] = settled_name(before, planned.record.property("name"), kind.name_limit());
    }
    const Verdict verdict = judge(kind, before, properties, *found);
    planned.record.id = found->id;
    planned.out.id = found->id;
    planned.out.action = action_of(verdict.action);
    for (const PropertyChange& change : verdict.changes) {
      planned.out.changes.push_back(
          {change.property, text_of(change.before), text_of(change.after), change.outside});
    }
    if (verdict.action != Verdict::Action::replace) co_return;
    planned.record.id.clear();
    planned.record.outputs.clear();
    if (!kind.exclusive()) ++planned.record.generation;
  }

  Resolver resolver() const {
    return [this](const Ref& ref) -> std::string {
      const ResourceRecord& record = nodes_.at(ref.node)->record;
      const std::string& value = ref.output == "id" ? record.id : record.output(ref.output);
      return value.empty() ? "(new " + ref.node + ")" : value;
    };
  }

  Generations generations() const {
    return [this](const std::string& node) { return nodes_.at(node)->record.generation; };
  }

  /// In the order of the job; what only observes does nothing.
  std::vector<PlanNode> collect() const {
    std::vector<PlanNode> out;
    for (const Node& node : graph_.nodes()) {
      if (kind_of(node.kind).mutates()) out.push_back(nodes_.at(node.name)->out);
    }
    for (const ResourceRecord& record : known_) {
      if (graph_.find(record.node) != nullptr) continue;
      const bool ours = record.provenance == Provenance::created && kind_of(record.kind).mutates();
      out.push_back(line_of(record, step_of_kind(record.kind),
                            ours ? PlanAction::remove : PlanAction::forget));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const PlanNode& a, const PlanNode& b) { return a.step < b.step; });
    return out;
  }

  AwsClients& aws_;
  const StackIdentity& identity_;
  const Graph& graph_;
  std::vector<ResourceRecord> known_;
  std::map<std::string, std::unique_ptr<Planned>> nodes_;
};

}  // namespace

std::string_view to_string(PlanAction action) {
  switch (action) {
    case PlanAction::keep:
      return "keep";
    case PlanAction::reuse:
      return "reuse";
    case PlanAction::create:
      return "create";
    case PlanAction::update:
      return "change";
    case PlanAction::replace:
      return "replace";
    case PlanAction::remove:
      return "delete";
    case PlanAction::forget:
      return "forget";
    case PlanAction::refuse:
      return "refuse";
  }
  return "";
}

std::size_t Plan::count(PlanAction action) const {
  return static_cast<std::size_t>(
      std::count_if(nodes.begin(), nodes.end(),
                    [action](const PlanNode& node) { return node.action == action; }));
}

bool Plan::changes() const {
  return std::any_of(nodes.begin(), nodes.end(), [](const PlanNode& node) {
    return node.action != PlanAction::keep && node.action != PlanAction::reuse;
  });
}

Task<std::vector<PlanNode>> plan_nodes(AwsClients& aws, const StackIdentity& identity,
                                       const Graph& graph, std::vector<ResourceRecord> known) {
  Planner planner(aws, identity, graph, std::move(known));
  std::vector<PlanNode> out = co_await planner.run();
  co_return out;
}

}  // namespace albatross
