#include "orchestrator/removal_operation.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/inspect.hpp"
#include "orchestrator/wanted.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>

namespace albatross {
namespace {

// As in a deploy: after a cancellation nothing runs until this is said, in the coroutine itself.
namespace asio = boost::asio;
namespace this_coro = boost::asio::this_coro;

Failure unrecorded(const Remnant& remnant) {
  Failure failure;
  failure.doing = "checking that nothing is left";
  failure.node = remnant.node;
  failure.resource = remnant.id;
  failure.code = "LeftBehind";
  failure.message = "a " + remnant.type + " with this deployment's tag is there, unrecorded";
  failure.hint =
      "It was made by a run whose records are lost. Remove it by hand: " + remnant.command;
  return failure;
}

}  // namespace

Task<RunResult> RemovalOperation::destroy(StackRecord record) {
  co_await take_away(std::move(record), RollbackScope::everything, StackState::destroying);
  co_await this_coro::reset_cancellation_state(asio::disable_cancellation());
  if (settled_) co_return std::move(result_);
  if (is_anything_left()) co_return co_await finish_with_leftovers(StackState::destroying);
  result_.stack = record_;
  co_await store_.erase_stack(record_.name);
  say(EventType::run_finished, "destroyed", "");
  co_return std::move(result_);
}

Task<RunResult> RemovalOperation::rollback(StackRecord record, RollbackScope scope) {
  co_await take_away(std::move(record), scope, StackState::rolling_back);
  co_await this_coro::reset_cancellation_state(asio::disable_cancellation());
  if (settled_) co_return std::move(result_);
  if (is_anything_left()) co_return co_await finish_with_leftovers(StackState::rolling_back);
  co_await note(StackState::rolled_back, "");
  co_return co_await finish(Outcome::done, "rolled back");
}

Task<> RemovalOperation::prepare(StackState while_it_goes_on) {
  co_await clock_.sleep_for(Duration::zero());
  const bool destroys = while_it_goes_on == StackState::destroying;
  say(EventType::run_started, "", destroys ? "destroy" : "rollback");
  known_ = co_await stored_resources(store_, record_.name);
  co_await await_admission(calls_of_removal(known_));
  // What others used up is not this run's time.
  end_ = end_of_run(clock_, options_.timeouts);
  co_await check_account();
}

Task<> RemovalOperation::check_account() {
  const CallOptions options(end_of_survey());
  sts::GetCallerIdentityRequest request;
  auto answer = co_await aws_.sts.get_caller_identity(std::move(request), options);
  accept_account(answer.account);
}

Task<> RemovalOperation::take_away(StackRecord record, RollbackScope scope,
                                   StackState while_it_goes_on) {
  record_ = std::move(record);
  identity_ = identity_of(record_, {});
  end_ = end_of_run(clock_, options_.timeouts);
  std::exception_ptr error = co_await attempt(prepare(while_it_goes_on));
  const bool untouched = error != nullptr;
  if (!error) error = co_await attempt(take_down(scope, while_it_goes_on));
  if (!error) co_return;
  co_await this_coro::reset_cancellation_state(asio::disable_cancellation());
  if (untouched) {
    result_ = co_await finish_untouched(error);
  } else if (is_cancellation(error)) {
    result_ = co_await interrupted();
  } else {
    // What could not be removed is told in `left`; this is trouble of another kind.
    result_.failure = describe_failure(error, "removing");
    co_await note(while_it_goes_on, result_.failure->text());
    result_ = co_await finish(Outcome::left_behind, "failed");
  }
  settled_ = true;
}

Task<> RemovalOperation::take_down(RollbackScope scope, StackState while_it_goes_on) {
  record_.outputs.clear();
  co_await note(while_it_goes_on, "");
  std::vector<ResourceRecord> going = co_await in_scope(scope);
  say_plan(going);
  Run run = run_of(options_.timeouts, std::chrono::seconds{5});
  run.whole = while_it_goes_on == StackState::destroying;
  co_await remove_with_receipt(run, scope, std::move(going));
}

Task<RunResult> RemovalOperation::finish_with_leftovers(StackState state) {
  result_.failure = result_.left.empty() ? unrecorded(result_.receipt->remnants.front())
                                         : result_.left.front().failure;
  co_await note(state, result_.failure->text());
  co_return co_await finish(Outcome::left_behind, "failed");
}

}  // namespace albatross
