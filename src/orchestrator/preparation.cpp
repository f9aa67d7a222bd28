#include "orchestrator/preparation.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/inspect.hpp"
#include "orchestrator/planning.hpp"
#include "orchestrator/tier2.hpp"
#include "orchestrator/wanted.hpp"

#include <utility>

namespace albatross {
namespace {

Failure wrong_region(const StackRecord& record, const std::string& region) {
  Failure failure;
  failure.doing = "checking the region";
  failure.code = "WrongRegion";
  failure.message = "stack " + record.name + " lives in " + record.region + ", not in " + region;
  failure.hint = "Deploy it to " + record.region + ", or give the new stack another name.";
  return failure;
}

}  // namespace

Task<> Preparation::open_record(const Stack& stack) {
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

Task<Findings> Preparation::look_around(const Stack& stack, bool everything) {
  if (record_.region != region_) throw NodeFailed(wrong_region(record_, region_));
  const CallOptions options(end_of_survey());
  LookAroundContext context{caller_, aws_, stack, identity_, known_, zones_, options, everything};
  auto looking = albatross::look_around(std::move(context));
  LookAround seen = co_await std::move(looking);
  survey_ = std::move(seen.survey);
  survey_.visited = static_cast<bool>(options_.visitors);
  quotas_ = std::move(seen.quotas);
  if (!survey_.account.empty()) accept_account(survey_.account);
  co_return std::move(seen.findings);
}

Task<Preflight> PreflightOperation::preflight(Stack stack) {
  Preflight out;
  Findings findings;
  std::exception_ptr error = co_await attempt(examine(stack, findings));
  if (error && is_cancellation(error)) std::rethrow_exception(error);
  if (error) out.failure = describe_failure(error, "checking the account");
  out.findings = findings.all();
  out.account = record_.account;
  out.quotas = std::move(quotas_);
  co_return out;
}

Task<> PreflightOperation::examine(const Stack& stack, Findings& findings) {
  co_await open_record(stack);
  findings = co_await look_around(stack, true);
}

Task<Plan> PlanOperation::plan(Stack stack) {
  Plan plan;
  plan.stack = stack.name;
  plan.region = region_;
  std::exception_ptr error = co_await attempt(look_into(plan, stack));
  if (error && is_cancellation(error)) std::rethrow_exception(error);
  if (error) plan.failure = describe_failure(error, "planning");
  plan.account = record_.account;
  co_return plan;
}

Task<> PlanOperation::look_into(Plan& plan, const Stack& stack) {
  co_await open_record(stack);
  const Findings findings = co_await look_around(stack);
  findings.throw_errors();
  plan.findings = findings.warnings();
  plan.exists = !known_.empty();
  const Graph graph = build_graph(stack, survey_, identity_);
  plan.nodes = co_await plan_nodes(aws_, identity_, graph, known_);
}

}  // namespace albatross
