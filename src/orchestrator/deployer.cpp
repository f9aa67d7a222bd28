#include "albatross/orchestrator/deployer.hpp"

#include "orchestrator/deployment.hpp"
#include "orchestrator/inspect.hpp"
#include "orchestrator/looks.hpp"
#include "orchestrator/preparation.hpp"
#include "orchestrator/removal_operation.hpp"

#include <utility>

namespace albatross {

UnknownStack::UnknownStack(const std::string& name)
    : std::runtime_error("there is no stack named " + name) {}

struct Deployer::State {
  State(ApiCaller& the_caller, Store& the_store, Entropy& entropy, std::string the_holder)
      : aws(the_caller),
        admission(the_caller),
        store(the_store),
        context{the_caller, aws, the_store, entropy, admission},
        holder(std::move(the_holder)) {}

  AwsClients aws;
  Admission admission;
  Store& store;
  OperationContext context;
  std::string holder;
};

Deployer::Deployer(ApiCaller& caller, Store& store, Entropy& entropy, std::string holder,
                   LookSharing sharing)
    : state_(std::make_unique<State>(caller, store, entropy, std::move(holder))) {
  if (sharing == LookSharing::off) state_->aws.looks->stop_sharing();
}
Deployer::~Deployer() = default;

Task<RunResult> Deployer::deploy(Stack stack, EventSink events, RunOptions options) {
  auto lock = co_await state_->store.lock(stack.name, state_->holder);
  Deployment deployment(state_->context, std::move(events), stack.name, options);
  RunResult result = co_await deployment.deploy(std::move(stack));
  co_return result;
}

Task<Plan> Deployer::plan(Stack stack) {
  PlanOperation operation(state_->context, stack.name);
  Plan plan = co_await operation.plan(std::move(stack));
  co_return plan;
}

Task<Preflight> Deployer::preflight(Stack stack) {
  PreflightOperation operation(state_->context, stack.name);
  Preflight found = co_await operation.preflight(std::move(stack));
  co_return found;
}

Task<RunResult> Deployer::destroy(std::string name, EventSink events, RunOptions options) {
  auto lock = co_await state_->store.lock(name, state_->holder);
  std::optional<StackRecord> record = co_await state_->store.stack(name);
  if (!record) throw UnknownStack(name);
  RemovalOperation removal(state_->context, std::move(events), name, options);
  RunResult result = co_await removal.destroy(std::move(*record));
  co_return result;
}

Task<RunResult> Deployer::rollback(std::string name, RollbackScope scope, EventSink events,
                                   RunOptions options) {
  auto lock = co_await state_->store.lock(name, state_->holder);
  std::optional<StackRecord> record = co_await state_->store.stack(name);
  if (!record) throw UnknownStack(name);
  RemovalOperation removal(state_->context, std::move(events), name, options);
  RunResult result = co_await removal.rollback(std::move(*record), scope);
  co_return result;
}

Task<StackStatus> Deployer::status(std::string name) {
  StackStatus status = co_await inspect(state_->aws, state_->store, std::move(name));
  co_return status;
}

}  // namespace albatross
