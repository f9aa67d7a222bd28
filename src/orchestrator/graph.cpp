#include "albatross/orchestrator/graph.hpp"

#include <algorithm>
#include <set>

namespace albatross {
namespace {

template <class Visit>
void for_each_ref(const Inputs& inputs, const Visit& visit) {
  for (const auto& [name, input] : inputs) {
    if (const auto* ref = std::get_if<Ref>(&input)) visit(*ref);
    if (const auto* list = std::get_if<std::vector<Term>>(&input)) {
      for (const Term& term : *list) {
        if (const auto* item = std::get_if<Ref>(&term)) visit(*item);
      }
    }
  }
}

enum class Mark : std::uint8_t { unseen, open, done };

void check_exist(const Graph& graph, const Node& node, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (graph.find(name) != nullptr) continue;
    throw std::logic_error(node.name + " refers to " + name + ", which is not in the graph");
  }
}

using Moment = std::pair<std::string, Milestone>;

/// Every moment before which nothing of `node` can reach `milestone`: one ready after another.
void check_moment(const Graph& graph, const Moment& moment, std::map<Moment, Mark>& marks) {
  Mark& mark = marks[moment];
  if (mark == Mark::done) return;
  if (mark == Mark::open) {
    throw std::logic_error("the graph has a cycle through the handover of " + moment.first);
  }
  mark = Mark::open;
  const Node& node = *graph.find(moment.first);
  if (moment.second == Milestone::ready) {
    check_moment(graph, {moment.first, Milestone::created}, marks);
    for (const Dependency& other : node.handover.until)
      check_moment(graph, {other.node, other.milestone}, marks);
  } else {
    for (const Dependency& other : graph.dependencies(node))
      check_moment(graph, {other.node, other.milestone}, marks);
  }
  marks[moment] = Mark::done;
}

void visit(const Graph& graph, const Node& node, std::map<std::string, Mark>& marks) {
  Mark& mark = marks[node.name];
  if (mark == Mark::done) return;
  if (mark == Mark::open) throw std::logic_error("the graph has a cycle through " + node.name);
  mark = Mark::open;
  for (const std::string& other : graph.outlived_by(node)) {
    const Node* next = graph.find(other);
    if (next == nullptr) {
      throw std::logic_error(node.name + " depends on " + other + ", which is not in the graph");
    }
    visit(graph, *next, marks);
  }
  marks[node.name] = Mark::done;
}

}  // namespace

Node& Graph::add(Node node) {
  if (!index_.emplace(node.name, nodes_.size()).second) {
    throw std::logic_error("the graph has two nodes named " + node.name);
  }
  return nodes_.emplace_back(std::move(node));
}

const Node* Graph::find(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &nodes_[found->second];
}

std::vector<Dependency> Graph::dependencies(const Node& node) const {
  std::map<std::string, Milestone> strongest;
  const auto need = [&](const std::string& name, Milestone milestone) {
    auto [entry, fresh] = strongest.emplace(name, milestone);
    if (!fresh) entry->second = std::max(entry->second, milestone);
  };
  for_each_ref(node.inputs, [&](const Ref& ref) { need(ref.node, ref.milestone); });
  for (const Dependency& dependency : node.after)
    need(dependency.node, dependency.milestone);
  std::vector<Dependency> out;
  out.reserve(strongest.size());
  for (const auto& [name, milestone] : strongest)
    out.push_back({name, milestone});
  return out;
}

std::vector<std::string> Graph::outlived_by(const Node& node) const {
  std::set<std::string> names(node.outlived_by.begin(), node.outlived_by.end());
  for (const Dependency& dependency : dependencies(node))
    names.insert(dependency.node);
  // Wherever it ends up, that place must outlive it.
  for (const Alternative& alternative : node.alternatives) {
    for_each_ref(alternative.inputs, [&](const Ref& ref) { names.insert(ref.node); });
  }
  return {names.begin(), names.end()};
}

void Graph::check() const {
  std::map<std::string, Mark> marks;
  for (const Node& node : nodes_) {
    for (const Dependency& other : node.handover.until)
      check_exist(*this, node, {other.node});
    check_exist(*this, node, node.bound_to);
    visit(*this, node, marks);
  }
  std::map<Moment, Mark> moments;
  for (const Node& node : nodes_)
    check_moment(*this, {node.name, Milestone::ready}, moments);
}

Properties resolve(const Inputs& inputs, const Resolver& resolver) {
  Properties out;
  for (const auto& [name, input] : inputs) {
    if (const auto* text = std::get_if<std::string>(&input)) {
      out[name] = *text;
    } else if (const auto* ref = std::get_if<Ref>(&input)) {
      out[name] = resolver(*ref);
    } else {
      std::vector<std::string> values;
      for (const Term& term : std::get<std::vector<Term>>(input)) {
        const auto* item = std::get_if<Ref>(&term);
        values.push_back(item != nullptr ? resolver(*item) : std::get<std::string>(term));
      }
      out[name] = std::move(values);
    }
  }
  return out;
}

}  // namespace albatross
