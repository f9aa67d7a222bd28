#pragma once

#include "albatross/orchestrator/event.hpp"
#include "albatross/sigv4/credentials.hpp"
#include "albatross/state/record.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace albatross {

/// A value that another node will give: its id, or one of its outputs.
struct Ref {
  std::string node;
  std::string output = "id";
  Milestone milestone = Milestone::created;
};

/// One text, known now or given by another node.
using Term = std::variant<std::string, Ref>;
/// A property as the graph knows it: text, the output of another node, or a list of such.
using Input = std::variant<std::string, Ref, std::vector<Term>>;
/// A node's properties by name.
using Inputs = std::map<std::string, Input>;

/// Gives the value of a Ref whose milestone has been reached.
using Resolver = std::function<std::string(const Ref&)>;

/// Other values for some inputs of a node, taken when AWS has no capacity for the first ones.
struct Alternative {
  /// What is different, for people: "us-east-1b".
  std::string label;
  Inputs inputs;
};

/// How a node's properties change over without an outage: first what is wanted is let in beside
/// what there is, and when other nodes have come far enough, what is no longer wanted is let go.
struct Handover {
  std::vector<std::string> properties;
  /// These may wait for this node to be created, but never, however indirectly, to be ready.
  std::vector<Dependency> until;
};

/// One AWS thing of a stack, as data: exactly one mutating call makes it, one removes it.
struct Node {
  /// "instance.app.0".
  std::string name;
  /// "instance": see Kind.
  std::string kind;
  Step step = Step::network;
  int tier = 1;
  Inputs inputs;
  /// Dependencies beyond those that the inputs' Refs imply.
  std::vector<Dependency> after;
  /// Nodes that must outlive this one although it does not depend on them (order of removal).
  std::vector<std::string> outlived_by;
  Handover handover;
  /// Nodes of which it can serve one generation only: when one of them is replaced, so is this.
  std::vector<std::string> bound_to;
  /// Not empty: this existing thing is used, and never changed or deleted.
  std::string reuse_id;
  /// Inputs that must not be stored (user data), made when the dependencies are met.
  std::map<std::string, std::function<Secret(const Resolver&)>> secrets;
  /// Every place where it may be, the one that its inputs name included; empty: only there.
  std::vector<Alternative> alternatives;
};

/// The resources of a stack and who waits for whom. Acyclic; every name in it exists.
class Graph {
 public:
  /// @throws std::logic_error on a duplicate name
  Node& add(Node node);

  /// In the order in which they were added.
  const std::vector<Node>& nodes() const { return nodes_; }
  /// The node of that name; null when there is none. Holds until the next add().
  const Node* find(std::string_view name) const;
  /// Refs of the inputs and explicit ones, each node once with its strongest milestone.
  std::vector<Dependency> dependencies(const Node& node) const;
  /// Everything that must outlive `node`: its dependencies, outlived_by, and what its alternatives
  /// name.
  std::vector<std::string> outlived_by(const Node& node) const;
  /// @throws std::logic_error naming an unknown node that is referred to, or a cycle, also one
  /// through a handover. O(nodes + edges).
  void check() const;

 private:
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

/// The inputs with every Ref replaced by its value.
Properties resolve(const Inputs& inputs, const Resolver& resolver);

}  // namespace albatross
