#include "albatross/orchestrator/deployer.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/apply.hpp"
#include "orchestrator/failure.hpp"
#include "orchestrator/inspect.hpp"
#include "orchestrator/planning.hpp"
#include "orchestrator/receipt.hpp"
#include "orchestrator/remove.hpp"
#include "orchestrator/results.hpp"
#include "orchestrator/run.hpp"
#include "orchestrator/survey.hpp"
#include "orchestrator/tier2.hpp"
#include "orchestrator/wanted.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace albatross {
namespace {

// After a run was cancelled every await throws until this is said: what follows is bookkeeping and
// cleanup, and has to run. It must be said in the coroutine itself, not in one that it awaits.
namespace asio = boost::asio;
namespace this_coro = boost::asio::this_coro;

// Reads before anything is touched: they either work promptly or not at all.
constexpr Duration survey_timeout = std::chrono::minutes{1};

std::int64_t to_ms(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

Failure wrong_account(const StackRecord& record, const std::string& account) {
  Failure failure;
  failure.doing = "checking the account";
  failure.code = "WrongAccount";
  failure.message = "stack " + record.name + " lives in account " + record.account +
                    ", but the credentials belong to " + account;
  failure.hint = "Use the other account's credentials, or give this stack another name.";
  failure.access_denied = true;
  return failure;
}

Failure wrong_region(const StackRecord& record, const std::string& region) {
  Failure failure;
  failure.doing = "checking the region";
  failure.code = "WrongRegion";
  failure.message = "stack " + record.name + " lives in " + record.region + ", not in " + region;
  failure.hint = "Deploy it to " + record.region + ", or give the new stack another name.";
  return failure;
}

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

UnknownStack::UnknownStack(const std::string& name)
    : std::runtime_error("there is no stack named " + name) {}

struct Deployer::State {
  State(ApiCaller& the_caller, Store& the_store, Entropy& the_entropy, std::string the_holder)
      : caller(the_caller),
        aws(the_caller),
        store(the_store),
        entropy(the_entropy),
        holder(std::move(the_holder)) {}

  ApiCaller& caller;
  AwsClients aws;
  Store& store;
  Entropy& entropy;
  std::string holder;
};

namespace {

/// One deploy or destroy, from the lock to the result.
class Operation {
 public:
  Operation(ApiCaller& caller, AwsClients& aws, Store& store, Entropy& entropy, EventSink sink,
            std::string name, RunOptions options)
      : clock_(caller.clock()),
        region_(caller.region()),
        aws_(aws),
        store_(store),
        entropy_(entropy),
        events_(caller.clock(), noting_warnings(std::move(sink)), std::move(name)),
        options_(options) {}

  Task<RunResult> deploy(Stack stack) {
    end_ = end_of_run(clock_, stack.timeouts);
    std::exception_ptr error = co_await attempt(prepare(stack));
    const bool untouched = error != nullptr;
    const bool was_serving = has_served();
    if (!error) error = co_await attempt(build(stack));
    co_await this_coro::reset_cancellation_state(asio::disable_cancellation());
    if (untouched) co_return co_await finish_untouched(error);
    if (error) co_return co_await give_up(stack, error, was_serving);
    record_.outputs = stack_outputs(stack, known_);
    co_await note(StackState::ready, "");
    co_return co_await finish(Outcome::done, "ready");
  }

  Task<Plan> plan(Stack stack) {
    Plan plan;
    plan.stack = stack.name;
    plan.region = region_;
    std::exception_ptr error = co_await attempt(look_into(plan, stack));
    if (error && is_cancellation(error)) std::rethrow_exception(error);
    if (error) plan.failure = describe_failure(error, "planning");
    plan.account = record_.account;
    co_return plan;
  }

  Task<RunResult> destroy(StackRecord record) {
    co_await take_away(std::move(record), RollbackScope::everything, StackState::destroying);
    co_await this_coro::reset_cancellation_state(asio::disable_cancellation());
    if (settled_) co_return std::move(result_);
    if (is_anything_left()) co_return co_await finish_with_leftovers(StackState::destroying);
    result_.stack = record_;
    co_await store_.erase_stack(record_.name);
    say(EventType::run_finished, "destroyed", "");
    co_return std::move(result_);
  }

  Task<RunResult> rollback(StackRecord record, RollbackScope scope) {
    co_await take_away(std::move(record), scope, StackState::rolling_back);
    co_await this_coro::reset_cancellation_state(asio::disable_cancellation());
    if (settled_) co_return std::move(result_);
    if (is_anything_left()) co_return co_await finish_with_leftovers(StackState::rolling_back);
    co_await note(StackState::rolled_back, "");
    co_return co_await finish(Outcome::done, "rolled back");
  }

 private:
  /// Null, or what went wrong. Only trouble with the state itself leaves a run as an exception.
  static Task<std::exception_ptr> attempt(Task<> work) {
    std::exception_ptr error;
    try {
      co_await std::move(work);
    } catch (const StateError&) {
      throw;
    } catch (...) {
      error = std::current_exception();
    }
    co_return error;
  }

  EventSink noting_warnings(EventSink sink) {
    return [this, sink = std::move(sink)](const Event& event) {
      if (event.type == EventType::warning) result_.warnings.push_back(event.detail);
      if (sink) sink(event);
    };
  }

  /// Did an earlier run bring it up, and nothing has taken it down since?
  bool has_served() const {
    const bool under_change =
        record_.state == StackState::failed || record_.state == StackState::deploying;
    return record_.state == StackState::ready || (under_change && !record_.outputs.empty());
  }

  /// Everything before the first change.
  Task<> prepare(const Stack& stack) {
    // A turn of its own first: whoever listens may cancel at the very first event.
    co_await clock_.sleep_for(Duration::zero());
    say(EventType::run_started, "", "deploy");
    co_await open_record(stack);
    co_await look_around(stack);
    check_changeable(build_graph(stack, survey_, identity_), known_);
  }

  Task<> look_into(Plan& plan, const Stack& stack) {
    co_await open_record(stack);
    co_await look_around(stack);
    plan.exists = !known_.empty();
    const Graph graph = build_graph(stack, survey_, identity_);
    plan.nodes = co_await plan_nodes(aws_, identity_, graph, known_);
  }

  Task<> prepare_removal(StackState while_it_goes_on) {
    co_await clock_.sleep_for(Duration::zero());
    const bool destroys = while_it_goes_on == StackState::destroying;
    say(EventType::run_started, "", destroys ? "destroy" : "rollback");
    known_ = co_await stored_resources(store_, record_.name);
    co_await check_account();
  }

  /// A destroy or a rollback up to its receipt. When it was refused or interrupted, the run is
  /// settled: the result is complete.
  Task<> take_away(StackRecord record, RollbackScope scope, StackState while_it_goes_on) {
    record_ = std::move(record);
    identity_ = identity_of(record_, {});
    end_ = end_of_run(clock_, options_.timeouts);
    std::exception_ptr error = co_await attempt(prepare_removal(while_it_goes_on));
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

  Task<> open_record(const Stack& stack) {
    std::optional<StackRecord> known = co_await store_.stack(stack.name);
    if (known) {
      record_ = std::move(*known);
    } else {
      record_.name = stack.name;
      record_.deployment_id = entropy_.hex(12);
      record_.region = region_;
      record_.created_at_ms = to_ms(clock_.wall());
    }
    const auto all = co_await store_.resources(stack.name);
    known_ = without_twins(all);
    identity_ = identity_of(record_, stack.tags);
  }

  Task<> look_around(const Stack& stack) {
    if (record_.region != region_) throw NodeFailed(wrong_region(record_, region_));
    const CallOptions options(earlier(Deadline::after(clock_, survey_timeout), end_));
    survey_ = co_await survey(aws_, stack, identity_, known_, zones_, options);
    accept_account(survey_.account);
  }

  Task<> check_account() {
    const CallOptions options(earlier(Deadline::after(clock_, survey_timeout), end_));
    sts::GetCallerIdentityRequest request;
    auto answer = co_await aws_.sts.get_caller_identity(std::move(request), options);
    accept_account(answer.account);
  }

  void accept_account(const std::string& account) {
    if (!record_.account.empty() && record_.account != account) {
      throw NodeFailed(wrong_account(record_, account));
    }
    record_.account = account;
    identity_.account = account;
  }

  Run run_of(const TimeoutsSpec& timeouts, Duration poll_interval) {
    return Run{aws_,    store_,   clock_,        entropy_,       identity_,
               events_, timeouts, poll_interval, options_.drain, end_};
  }

  Task<> build(const Stack& stack) {
    co_await note(StackState::deploying, "");
    for (;;) {
      std::optional<Failure> no_room;
      try {
        co_await build_in_these_zones(stack);
      } catch (const NodeFailed& failed) {
        if (!lacks_capacity(failed.failure()) || !survey_.has_more_zones) throw;
        no_room = failed.failure();
      }
      if (!no_room) co_return;
      co_await take_another_zone(stack, *no_room);
    }
  }

  /// No zone that was chosen has room, and the file leaves the choice open.
  Task<> take_another_zone(const Stack& stack, const Failure& no_room) {
    zones_ = survey_.network.subnets.size() + 1;
    known_ = co_await stored_resources(store_, record_.name);
    co_await look_around(stack);
    say(EventType::warning, no_room.code,
        "no capacity in the zones used so far (" + no_room.code + "); adding " +
            survey_.network.subnets.back().zone);
  }

  Task<> build_in_these_zones(const Stack& stack) {
    known_ = co_await stored_resources(store_, record_.name);
    const Graph graph = build_graph(stack, survey_, identity_);
    say_plan(graph);
    const Run run = run_of(stack.timeouts, stack.poll_interval);
    co_await apply(run, graph, known_);
    co_await remove_surplus(run, graph);
    known_ = co_await stored_resources(store_, record_.name);
  }

  /// What the file no longer asks for.
  Task<> remove_surplus(const Run& run, const Graph& graph) {
    std::vector<ResourceRecord> surplus = co_await stored_resources(store_, record_.name);
    std::erase_if(surplus,
                  [&](const ResourceRecord& record) { return graph.find(record.node) != nullptr; });
    Removal removal = co_await remove(run, std::move(surplus));
    if (!removal.left.empty()) throw NodeFailed(removal.left.front().failure);
  }

  Task<> take_down(RollbackScope scope, StackState while_it_goes_on) {
    if (while_it_goes_on == StackState::rolling_back) record_.outputs.clear();
    co_await note(while_it_goes_on, "");
    std::vector<ResourceRecord> going = co_await in_scope(scope);
    say_plan(going);
    const Run run = run_of(options_.timeouts, std::chrono::seconds{5});
    co_await remove_with_receipt(run, scope, std::move(going));
  }

  Task<std::vector<ResourceRecord>> in_scope(RollbackScope scope) {
    std::vector<ResourceRecord> going = co_await stored_resources(store_, record_.name);
    if (scope == RollbackScope::load_balancer) {
      std::erase_if(going, [](const ResourceRecord& record) { return record.tier != 2; });
    }
    co_return going;
  }

  Task<> remove_with_receipt(const Run& run, RollbackScope scope,
                             std::vector<ResourceRecord> going) {
    Removal removal = co_await remove(run, std::move(going));
    result_.left = std::move(removal.left);
    result_.removed = std::move(removal.gone);
    result_.receipt = co_await take_receipt(run, scope, result_.removed, result_.left);
  }

  bool is_anything_left() const {
    return !result_.left.empty() || (result_.receipt && !result_.receipt->remnants.empty());
  }

  Task<RunResult> finish_with_leftovers(StackState state) {
    result_.failure = result_.left.empty() ? unrecorded(result_.receipt->remnants.front())
                                           : result_.left.front().failure;
    co_await note(state, result_.failure->text());
    co_return co_await finish(Outcome::left_behind, "failed");
  }

  /// A deploy failed on the way: the policy says what stays.
  Task<RunResult> give_up(const Stack& stack, std::exception_ptr error, bool was_serving) {
    if (is_cancellation(error)) co_return co_await interrupted();
    result_.failure = describe_failure(error, "deploying");
    // A load balancer that has served is not torn down because a change to it went wrong.
    const bool keep = stack.on_failure == FailurePolicy::keep || was_serving;
    if (keep) {
      co_await note(StackState::failed, result_.failure->text());
      co_return co_await finish(Outcome::failed, "failed");
    }
    co_await roll_back(stack);
    const bool removed_any = !result_.removed.empty();
    const StackState state = removed_any ? StackState::rolled_back : StackState::failed;
    const Outcome outcome = is_anything_left() ? Outcome::left_behind : Outcome::failed;
    co_await note(state, result_.failure->text());
    co_return co_await finish(outcome, std::string(to_string(state)));
  }

  Task<> roll_back(const Stack& stack) {
    const bool all = stack.on_failure == FailurePolicy::rollback_all;
    const RollbackScope scope = all ? RollbackScope::everything : RollbackScope::load_balancer;
    std::vector<ResourceRecord> going = co_await in_scope(scope);
    if (going.empty()) co_return;
    record_.outputs.clear();
    co_await note(StackState::rolling_back, result_.failure->text());
    say(EventType::rollback_started, "",
        all ? "removing everything that this stack created"
            : "removing the load balancer's resources; the instances stay");
    // The failure may be that the run's time was up: cleaning up has its own.
    end_ = Deadline::never();
    Run run = run_of(stack.timeouts, stack.poll_interval);
    // What never served has nothing to drain.
    run.drain = false;
    co_await remove_with_receipt(run, scope, std::move(going));
  }

  Task<RunResult> interrupted() {
    co_await note(record_.state, "interrupted");
    co_return co_await finish(Outcome::interrupted, "interrupted");
  }

  /// Nothing was sent that changes anything.
  Task<RunResult> finish_untouched(std::exception_ptr error) {
    const bool cancelled = is_cancellation(error);
    if (!cancelled) result_.failure = describe_failure(error, "looking around");
    result_.stack = record_;
    result_.resources = known_;
    result_.outcome = cancelled ? Outcome::interrupted : Outcome::failed;
    say(EventType::run_finished, cancelled ? "interrupted" : "failed", "");
    co_return std::move(result_);
  }

  Task<RunResult> finish(Outcome outcome, std::string state) {
    result_.outcome = outcome;
    result_.stack = record_;
    result_.resources = co_await stored_resources(store_, record_.name);
    say(EventType::run_finished, std::move(state), "");
    co_return std::move(result_);
  }

  Task<> note(StackState state, std::string last_error) {
    record_.state = state;
    record_.last_error = std::move(last_error);
    record_.updated_at_ms = to_ms(clock_.wall());
    co_await store_.put_stack(record_);
  }

  void say(EventType type, std::string state, std::string detail) {
    Event event;
    event.type = type;
    event.state = std::move(state);
    event.detail = std::move(detail);
    event.failure = type == EventType::run_finished ? result_.failure : std::nullopt;
    events_.emit(std::move(event));
  }

  void say_plan(const Graph& graph) {
    Event event;
    event.count = static_cast<int>(graph.nodes().size());
    for (const Node& node : graph.nodes()) {
      ++event.nodes_by_step[static_cast<std::size_t>(node.step)];
    }
    for (const ResourceRecord& record : known_)
      event.known += graph.find(record.node) != nullptr ? 1 : 0;
    say_plan(std::move(event));
  }

  void say_plan(const std::vector<ResourceRecord>& records) {
    Event event;
    event.count = static_cast<int>(records.size());
    event.known = event.count;
    for (const ResourceRecord& record : records) {
      ++event.nodes_by_step[static_cast<std::size_t>(step_of_kind(record.kind))];
    }
    say_plan(std::move(event));
  }

  void say_plan(Event event) {
    event.type = EventType::plan_ready;
    event.detail = "account " + identity_.account + ", region " + identity_.region;
    event.account = identity_.account;
    event.region = identity_.region;
    events_.emit(std::move(event));
  }

  Clock& clock_;
  std::string region_;
  AwsClients& aws_;
  Store& store_;
  Entropy& entropy_;
  Emitter events_;
  RunOptions options_;
  StackRecord record_;
  std::vector<ResourceRecord> known_;
  StackIdentity identity_;
  Survey survey_;
  /// Two are enough to survive one.
  std::size_t zones_ = 2;
  Deadline end_ = Deadline::never();
  RunResult result_;
  /// The result is complete; nothing more is to be done.
  bool settled_ = false;
};

}  // namespace

Deployer::Deployer(ApiCaller& caller, Store& store, Entropy& entropy, std::string holder)
    : state_(std::make_unique<State>(caller, store, entropy, std::move(holder))) {}
Deployer::~Deployer() = default;

Task<RunResult> Deployer::deploy(Stack stack, EventSink events, RunOptions options) {
  auto lock = co_await state_->store.lock(stack.name, state_->holder);
  Operation operation(state_->caller, state_->aws, state_->store, state_->entropy,
                      std::move(events), stack.name, options);
  RunResult result = co_await operation.deploy(std::move(stack));
  co_return result;
}

Task<Plan> Deployer::plan(Stack stack) {
  Operation operation(state_->caller, state_->aws, state_->store, state_->entropy, EventSink(),
                      stack.name, RunOptions());
  Plan plan = co_await operation.plan(std::move(stack));
  co_return plan;
}

Task<RunResult> Deployer::destroy(std::string name, EventSink events, RunOptions options) {
  auto lock = co_await state_->store.lock(name, state_->holder);
  std::optional<StackRecord> record = co_await state_->store.stack(name);
  if (!record) throw UnknownStack(name);
  Operation operation(state_->caller, state_->aws, state_->store, state_->entropy,
                      std::move(events), name, options);
  RunResult result = co_await operation.destroy(std::move(*record));
  co_return result;
}

Task<RunResult> Deployer::rollback(std::string name, RollbackScope scope, EventSink events,
                                   RunOptions options) {
  auto lock = co_await state_->store.lock(name, state_->holder);
  std::optional<StackRecord> record = co_await state_->store.stack(name);
  if (!record) throw UnknownStack(name);
  Operation operation(state_->caller, state_->aws, state_->store, state_->entropy,
                      std::move(events), name, options);
  RunResult result = co_await operation.rollback(std::move(*record), scope);
  co_return result;
}

Task<StackStatus> Deployer::status(std::string name) {
  StackStatus status = co_await inspect(state_->aws, state_->store, std::move(name));
  co_return status;
}

}  // namespace albatross
