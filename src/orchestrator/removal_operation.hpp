#pragma once

#include "orchestrator/operation.hpp"

namespace albatross {

/// One destroy or rollback.
class RemovalOperation final : Operation {
 public:
  RemovalOperation(const OperationContext& context, EventSink sink, const std::string& name,
                   RunOptions options)
      : Operation(context, std::move(sink), name, options) {}

  // What goes wrong is in the result. @throws StateError
  Task<RunResult> destroy(StackRecord record);
  Task<RunResult> rollback(StackRecord record, RollbackScope scope);

 private:
  /// Up to the receipt. When it was refused or interrupted, the run is settled: the result is
  /// complete.
  Task<> take_away(StackRecord record, RollbackScope scope, StackState while_it_goes_on);
  Task<> prepare(StackState while_it_goes_on);
  Task<> check_account();
  Task<> take_down(RollbackScope scope, StackState while_it_goes_on);
  Task<RunResult> finish_with_leftovers(StackState state);

  /// The result is complete; nothing more is to be done.
  bool settled_ = false;
};

}  // namespace albatross
