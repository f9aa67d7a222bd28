#pragma once

#include "albatross/orchestrator/event.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross {

/// What a deploy would do to one node.
enum class PlanAction : std::uint8_t {
  keep,     ///< is as it should be
  reuse,    ///< somebody else's, used as it is
  create,   ///< is not there
  update,   ///< changed in place
  replace,  ///< a new one takes over, then the old one goes
  remove,   ///< no longer asked for
  forget,   ///< somebody else's, no longer used
  refuse,   ///< asked for, but a deploy refuses to do it
};
/// As JSON has it: "create".
std::string_view to_string(PlanAction action);

/// One property that differs. Secrets appear as fingerprints.
struct PlanChange {
  std::string property;
  /// What AWS has; empty when nothing.
  std::string before;
  /// What the file asks for; empty when nothing any more. "(new vpc)" stands for the id that the
  /// node vpc will get.
  std::string after;
  /// It was as asked for once, and somebody else changed it.
  bool outside = false;
};

/// What a deploy would do to one node, and why.
struct PlanNode {
  std::string node;
  std::string kind;
  Step step = Step::network;
  PlanAction action = PlanAction::keep;
  /// What is there now; empty when nothing is.
  std::string id;
  /// With update and replace what differs, with create every property.
  std::vector<PlanChange> changes;
  /// In words, where the changes do not say it: "gone: removed outside".
  std::string why;
};

/// What a deploy of a file would do, found out by reading only.
struct Plan {
  std::string stack;
  std::string region;
  std::string account;
  /// The stack is known here.
  bool exists = false;
  /// By step, then in the order of the job; removals last in their step.
  std::vector<PlanNode> nodes;
  /// What keeps a deploy from beginning at all; then there are no nodes.
  std::optional<Failure> failure;
  /// What may stand in its way, or could not be found out: warnings only.
  std::vector<Finding> findings;

  /// How many nodes have that action.
  std::size_t count(PlanAction action) const;
  /// Would a deploy change anything?
  bool changes() const;
};

}  // namespace albatross
