#pragma once

#include "orchestrator/looking_around.hpp"
#include "orchestrator/operation.hpp"

#include <cstddef>
#include <string>
#include <vector>

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
  /// What was found wrong, all at once; with errors among it the survey is not complete.
  /// @param everything see PreflightScope
  /// @throws NodeFailed for another region or account; what albatross::look_around throws
  Task<Findings> look_around(const Stack& stack, bool everything = false);

  Survey survey_;
  std::vector<QuotaUse> quotas_;
  /// Two are enough to survive one.
  std::size_t zones_ = 2;
};

/// One preflight on its own.
class PreflightOperation final : Preparation {
 public:
  PreflightOperation(const OperationContext& context, const std::string& name)
      : Preparation(context, EventSink(), name, RunOptions()) {}

  /// Reads and dry runs only.
  Task<Preflight> preflight(Stack stack);

 private:
  Task<> examine(const Stack& stack, Findings& findings);
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
