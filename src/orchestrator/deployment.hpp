#pragma once

#include "orchestrator/preparation.hpp"

namespace albatross {

/// One deploy.
class Deployment final : Preparation {
 public:
  Deployment(const OperationContext& context, EventSink sink, const std::string& name,
             RunOptions options)
      : Preparation(context, std::move(sink), name, options) {}

  /// What goes wrong is in the result. @throws StateError
  Task<RunResult> deploy(Stack stack);

 private:
  /// Did an earlier run bring it up, and nothing has taken it down since?
  bool has_served() const;

  /// Everything before the first change.
  Task<> prepare(const Stack& stack);
  Task<> build(const Stack& stack);
  Task<> build_in_these_zones(const Stack& stack);
  /// No zone that was chosen has room, and the file leaves the choice open.
  Task<> take_another_zone(const Stack& stack, const Failure& no_room);
  /// What the file no longer asks for.
  Task<> remove_surplus(const Run& run, const Graph& graph);

  /// It failed on the way: the policy says what stays.
  Task<RunResult> give_up(const Stack& stack, bool was_serving);
  Task<> roll_back(const Stack& stack);
};

}  // namespace albatross
