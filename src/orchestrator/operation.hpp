#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/orchestrator/deployer.hpp"

#include "orchestrator/admission.hpp"
#include "orchestrator/run.hpp"

#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace albatross {

/// What every operation of one deployer works with.
struct OperationContext {
  ApiCaller& caller;
  AwsClients& aws;
  Store& store;
  Entropy& entropy;
  Admission& admission;
};

/// What deploy, plan, destroy and rollback have in common: the record of the stack, what is said
/// about it, and how a run ends. One object is one run, from the lock to the result.
class Operation {
 public:
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

 protected:
  Operation(const OperationContext& context, EventSink sink, std::string name, RunOptions options);
  ~Operation() = default;

  /// Null, or what went wrong. Only trouble with the state itself leaves a run as an exception.
  static Task<std::exception_ptr> attempt(Task<> work);

  /// Waits until the account's request limits have room for these calls; says so when it takes
  /// time.
  Task<> await_admission(CallEstimate calls);
  /// How long the reads may take that come before anything is touched.
  Deadline end_of_survey() const;
  /// @throws NodeFailed when the stack lives in another account
  void accept_account(const std::string& account);
  Run run_of(const TimeoutsSpec& timeouts, Duration poll_interval);

  /// What is in the store of the stack, as far as it belongs to this scope.
  Task<std::vector<ResourceRecord>> in_scope(RollbackScope scope);
  /// Into the result: what went, what stayed, and the receipt.
  Task<> remove_with_receipt(const Run& run, RollbackScope scope,
                             std::vector<ResourceRecord> going);
  bool is_anything_left() const;

  // How a run ends. Each says so as the last event, and the result is complete then.
  Task<RunResult> finish(Outcome outcome, std::string state);
  Task<RunResult> interrupted();
  /// Nothing was sent that changes anything.
  Task<RunResult> finish_untouched(std::exception_ptr error);

  /// Writes the stack's state down.
  Task<> note(StackState state, std::string last_error);

  void say(EventType type, std::string state, std::string detail);
  void say_plan(const Graph& graph);
  void say_plan(const std::vector<ResourceRecord>& records);

  ApiCaller& caller_;
  Clock& clock_;
  std::string region_;
  AwsClients& aws_;
  Store& store_;
  Entropy& entropy_;
  Admission& admission_;
  Emitter events_;
  RunOptions options_;
  StackRecord record_;
  std::vector<ResourceRecord> known_;
  StackIdentity identity_;
  Deadline end_ = Deadline::never();
  RunResult result_;

 private:
  EventSink noting_warnings(EventSink sink);
  void say_plan(Event event);
};

}  // namespace albatross
