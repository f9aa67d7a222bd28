#pragma once

#include "orchestrator/operation.hpp"
#include "orchestrator/survey.hpp"

#include <cstddef>
#include <string>

namespace albatross {

/// What comes before the first change of a deploy, and all of a plan: the stack's record and a look
/// around in AWS.
class Preparation : public Operation {
 protected:
  using Operation::Operation;
  ~Preparation() = default;

  /// The stack's record and what is known of it; a new record when there is none. Nothing is
  /// written.
  Task<> open_record(const Stack& stack);
  /// @throws NodeFailed for another region or account; what the survey throws
  Task<> look_around(const Stack& stack);

  Survey survey_;
  /// Two are enough to survive one.
  std::size_t zones_ = 2;
};

/// One plan.
class PlanOperation final : Preparation {
 public:
  PlanOperation(const OperationContext& context, const std::string& name)
      : Preparation(context, EventSink(), name, RunOptions()) {}

  /// Reads only. What keeps a deploy from beginning is in the plan.
  Task<Plan> plan(Stack stack);

 private:
  Task<> look_into(Plan& plan, const Stack& stack);
};

}  // namespace albatross
