#include "orchestrator/operation.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/receipt.hpp"
#include "orchestrator/remove.hpp"
#include "orchestrator/wanted.hpp"

#include <algorithm>
#include <utility>

namespace albatross {
namespace {

// Reads before anything is touched: they either work promptly or not at all.
constexpr Duration survey_timeout = std::chrono::minutes{1};

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

}  // namespace

Operation::Operation(const OperationContext& context, EventSink sink, std::string name,
                     RunOptions options)
    : caller_(context.caller),
      clock_(context.caller.clock()),
      region_(context.caller.region()),
      aws_(context.aws),
      store_(context.store),
      entropy_(context.entropy),
      admission_(context.admission),
      events_(context.caller.clock(), noting_warnings(std::move(sink)), std::move(name)),
      options_(std::move(options)) {}

Task<std::exception_ptr> Operation::attempt(Task<> work) {
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

EventSink Operation::noting_warnings(EventSink sink) {
  return [this, sink = std::move(sink)](const Event& event) {
    if (event.type == EventType::warning) result_.warnings.push_back(event.detail);
    if (sink) sink(event);
  };
}

Task<> Operation::await_admission(CallEstimate calls) {
  auto say_so = [this](Duration least) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(least).count();
    say(EventType::waiting, "queued",
        "other stacks use up the account's request limits: this one begins in " +
            std::to_string(seconds) + " s or later");
  };
  co_await admission_.enter(std::move(calls), std::move(say_so));
}

Deadline Operation::end_of_survey() const {
  return earlier(Deadline::after(clock_, survey_timeout), end_);
}

void Operation::accept_account(const std::string& account) {
  if (!record_.account.empty() && record_.account != account) {
    throw NodeFailed(wrong_account(record_, account));
  }
  record_.account = account;
  identity_.account = account;
}

Run Operation::run_of(const TimeoutsSpec& timeouts, Duration poll_interval) {
  return Run{aws_,     store_,        clock_,         entropy_, identity_, events_,
             timeouts, poll_interval, options_.drain, false,    end_,      options_.visitors};
}

Task<std::vector<ResourceRecord>> Operation::in_scope(RollbackScope scope) {
  std::vector<ResourceRecord> going = co_await stored_resources(store_, record_.name);
  if (scope == RollbackScope::load_balancer) {
    std::erase_if(going, [](const ResourceRecord& record) { return record.tier != 2; });
  }
  co_return going;
}

Task<> Operation::remove_with_receipt(const Run& run, RollbackScope scope,
                                      std::vector<ResourceRecord> going) {
  Removal removal = co_await remove(run, std::move(going));
  result_.left = std::move(removal.left);
  result_.removed = std::move(removal.gone);
  result_.receipt = co_await take_receipt(run, scope, result_.removed, result_.left);
}

bool Operation::is_anything_left() const {
  return !result_.left.empty() || (result_.receipt && !result_.receipt->remnants.empty());
}

Task<RunResult> Operation::finish(Outcome outcome, std::string state) {
  result_.outcome = outcome;
  result_.stack = record_;
  result_.resources = co_await stored_resources(store_, record_.name);
  say(EventType::run_finished, std::move(state), "");
  co_return std::move(result_);
}

Task<RunResult> Operation::interrupted() {
  co_await note(record_.state, "interrupted");
  co_return co_await finish(Outcome::interrupted, "interrupted");
}

Task<RunResult> Operation::finish_untouched(std::exception_ptr error) {
  const bool cancelled = is_cancellation(error);
  if (!cancelled) result_.failure = describe_failure(error, "looking around");
  result_.stack = record_;
  result_.resources = known_;
  result_.outcome = cancelled ? Outcome::interrupted : Outcome::failed;
  say(EventType::run_finished, cancelled ? "interrupted" : "failed", "");
  co_return std::move(result_);
}

Task<> Operation::note(StackState state, std::string last_error) {
  record_.state = state;
  record_.last_error = std::move(last_error);
  record_.updated_at_ms = to_ms(clock_.wall());
  co_await store_.put_stack(record_);
}

void Operation::say(EventType type, std::string state, std::string detail) {
  Event event;
  event.type = type;
  event.state = std::move(state);
  event.detail = std::move(detail);
  event.failure = type == EventType::run_finished ? result_.failure : std::nullopt;
  events_.emit(std::move(event));
}

void Operation::say_plan(const Graph& graph) {
  Event event;
  event.count = static_cast<int>(graph.nodes().size());
  for (const Node& node : graph.nodes()) {
    ++event.nodes_by_step[static_cast<std::size_t>(node.step)];
  }
  for (const ResourceRecord& record : known_)
    event.known += graph.find(record.node) != nullptr ? 1 : 0;
  say_plan(std::move(event));
}

void Operation::say_plan(const std::vector<ResourceRecord>& records) {
  Event event;
  event.count = static_cast<int>(records.size());
  event.known = event.count;
  for (const ResourceRecord& record : records) {
    ++event.nodes_by_step[static_cast<std::size_t>(step_of_kind(record.kind))];
  }
  say_plan(std::move(event));
}

void Operation::say_plan(Event event) {
  event.type = EventType::plan_ready;
  event.detail = "account " + identity_.account + ", region " + identity_.region;
  event.account = identity_.account;
  event.region = identity_.region;
  events_.emit(std::move(event));
}

}  // namespace albatross
