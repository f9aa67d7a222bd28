#include "orchestrator/deployment.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/apply.hpp"
#include "orchestrator/failure.hpp"
#include "orchestrator/remove.hpp"
#include "orchestrator/results.hpp"
#include "orchestrator/tier2.hpp"
#include "orchestrator/wanted.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>

namespace albatross {

// After a run was cancelled every await throws until this is said: what follows is bookkeeping and
// cleanup, and has to run. It must be said in the coroutine itself, not in one that it awaits.
namespace asio = boost::asio;
namespace this_coro = boost::asio::this_coro;

Task<RunResult> Deployment::deploy(Stack stack) {
  end_ = end_of_run(clock_, stack.timeouts);
  std::exception_ptr error = co_await attempt(prepare(stack));
  const bool untouched = error != nullptr;
  const bool was_serving = has_served();
  if (!error) error = co_await attempt(build(stack));
  const auto cancellation = co_await this_coro::cancellation_state;
  const bool cancelled = cancellation.cancelled() != asio::cancellation_type::none;
  co_await this_coro::reset_cancellation_state(asio::disable_cancellation());
  if (untouched) co_return co_await finish_untouched(error);
  if (error && !is_cancellation(error)) result_.failure = describe_failure(error, "deploying");
  if (error && (cancelled || !result_.failure)) co_return co_await interrupted();
  if (error) co_return co_await give_up(stack, was_serving);
  record_.outputs = stack_outputs(stack, known_);
  co_await note(StackState::ready, "");
  co_return co_await finish(Outcome::done, "ready");
}

bool Deployment::has_served() const {
  const bool under_change =
      record_.state == StackState::failed || record_.state == StackState::deploying;
  return record_.state == StackState::ready || (under_change && !record_.outputs.empty());
}

Task<> Deployment::prepare(const Stack& stack) {
  // A turn of its own first: whoever listens may cancel at the very first event.
  co_await clock_.sleep_for(Duration::zero());
  say(EventType::run_started, "", "deploy");
  co_await open_record(stack);
  co_await await_admission(calls_of_deploy(stack, known_));
  // What others used up is not this run's time.
  end_ = end_of_run(clock_, stack.timeouts);
  const Findings findings = co_await look_around(stack);
  findings.throw_errors();
  for (const Finding& warned : findings.warnings())
    say(EventType::warning, warned.code, words_of(warned));
  check_changeable(build_graph(stack, survey_, identity_), known_);
  // Whoever listens may cancel at a warning, too: noticed here, while this is still the
  // preparation.
  co_await clock_.sleep_for(Duration::zero());
}

Task<> Deployment::build(const Stack& stack) {
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

Task<> Deployment::take_another_zone(const Stack& stack, const Failure& no_room) {
  zones_ = survey_.network.subnets.size() + 1;
  known_ = co_await stored_resources(store_, record_.name);
  const Findings findings = co_await look_around(stack);
  findings.throw_errors();
  say(EventType::warning, no_room.code,
      "no capacity in the zones used so far (" + no_room.code + "); adding " +
          survey_.network.subnets.back().zone);
}

Task<> Deployment::build_in_these_zones(const Stack& stack) {
  known_ = co_await stored_resources(store_, record_.name);
  const Graph graph = build_graph(stack, survey_, identity_);
  say_plan(graph);
  const Run run = run_of(stack.timeouts, stack.poll_interval);
  co_await apply(run, graph, known_);
  co_await remove_surplus(run, graph);
  known_ = co_await stored_resources(store_, record_.name);
}

Task<> Deployment::remove_surplus(const Run& run, const Graph& graph) {
  std::vector<ResourceRecord> surplus = co_await stored_resources(store_, record_.name);
  std::erase_if(surplus,
                [&](const ResourceRecord& record) { return graph.find(record.node) != nullptr; });
  Removal removal = co_await remove(run, std::move(surplus));
  if (!removal.left.empty()) throw NodeFailed(removal.left.front().failure);
}

Task<RunResult> Deployment::give_up(const Stack& stack, bool was_serving) {
  // All of it is there and healthy, only nobody heard it answer: that takes nothing down either,
  // and from now on it counts as having served.
  const bool stands = result_.failure->code == no_answer_code;
  if (stands) {
    known_ = co_await stored_resources(store_, record_.name);
    record_.outputs = stack_outputs(stack, known_);
  }
  // A load balancer that has served is not torn down because a change to it went wrong.
  const bool keep = stack.on_failure == FailurePolicy::keep || was_serving || stands;
  if (keep) {
    co_await note(StackState::failed, result_.failure->text());
    co_return co_await finish(Outcome::failed, "failed");
  }
  // An interruption stops this, too.
  co_await this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
  std::exception_ptr error = co_await attempt(roll_back(stack));
  co_await this_coro::reset_cancellation_state(asio::disable_cancellation());
  if (is_cancellation(error)) co_return co_await interrupted();
  if (error) std::rethrow_exception(error);
  const bool removed_any = !result_.removed.empty();
  const StackState state = removed_any ? StackState::rolled_back : StackState::failed;
  const Outcome outcome = is_anything_left() ? Outcome::left_behind : Outcome::failed;
  co_await note(state, result_.failure->text());
  co_return co_await finish(outcome, std::string(to_string(state)));
}

Task<> Deployment::roll_back(const Stack& stack) {
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

}  // namespace albatross
