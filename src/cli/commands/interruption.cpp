#include "cli/commands/interruption.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "cli/exit_code.hpp"
#include "cli/questions.hpp"
#include "cli/run_display.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

/// It was a change of a stack that serves: that goes on serving, whatever the policy.
bool has_served(const RunResult& result) {
  return !result.stack.outputs.empty();
}

bool owns(const RunResult& result, int tier) {
  return std::any_of(result.resources.begin(), result.resources.end(), [&](const auto& resource) {
    return resource.provenance == Provenance::created && resource.tier >= tier;
  });
}

Task<InterruptPolicy> ask(App& app, std::size_t count) {
  std::string question = "\nInterrupted; " + counted(count, "resource") +
                         " recorded, nothing is lost.\n"
                         "What now?  k  keep it for the next deploy (default)\n"
                         "           b  remove the load balancer's part, keep the instances\n"
                         "           a  remove all that the stack created\n"
                         "[k/b/a] ";
  const std::string answer = co_await ask_user_meanwhile(app, std::move(question));
  co_return policy_of_answer(answer);
}

Task<> roll_back(App& app, AwsSession& aws, RollbackScope scope, TimeoutsSpec timeouts,
                 RunResult& result) {
  const std::string name = result.stack.name;
  app.err() << "Rolling back; Ctrl-C leaves at once.\n";
  RunDisplay display(app, {"rollback", name, aws.region()}, RunOptions());
  auto run = aws.deployer().rollback(name, scope, display.sink(), removal_after(timeouts));
  RunResult after = co_await std::move(run);
  display.finish();
  display.conclude(after, exit_code_of(after));
  take_over(result, std::move(after));
}

}  // namespace

std::vector<std::string> deploy_words(const DeployOptions& options) {
  std::vector<std::string> out{"deploy"};
  out.insert(out.end(), options.files.begin(), options.files.end());
  const auto add = [&](const char* option, const std::string& value) {
    if (value.empty()) return;
    out.emplace_back(option);
    out.push_back(value);
  };
  add("--on-failure", options.on_failure);
  add("--timeout", options.timeouts.run);
  for (const std::string& step : options.timeouts.steps)
    add("--step-timeout", step);
  if (options.no_drain) out.emplace_back("--no-drain");
  if (options.no_probe) out.emplace_back("--no-probe");
  if (options.parallel > 0) add("--parallel", std::to_string(options.parallel));
  return out;
}

InterruptPolicy policy_of_answer(std::string_view answer) {
  if (answer == "b" || answer == "B") return InterruptPolicy::rollback_load_balancer;
  if (answer == "a" || answer == "A") return InterruptPolicy::rollback_all;
  return InterruptPolicy::keep;
}

void take_over(RunResult& result, RunResult after) {
  if (after.outcome == Outcome::left_behind) result.outcome = Outcome::left_behind;
  // What had failed before the interruption comes first.
  if (!result.failure) result.failure = std::move(after.failure);
  result.stack = std::move(after.stack);
  result.resources = std::move(after.resources);
  result.left = std::move(after.left);
  result.removed = std::move(after.removed);
  result.receipt = std::move(after.receipt);
}

std::optional<RollbackScope> scope_of(InterruptPolicy policy, const RunResult& result) {
  if (has_served(result)) return std::nullopt;
  if (policy == InterruptPolicy::rollback_all && owns(result, 1)) return RollbackScope::everything;
  if (policy == InterruptPolicy::rollback_load_balancer && owns(result, 2)) {
    return RollbackScope::load_balancer;
  }
  return std::nullopt;
}

bool may_roll_back(const RunResult& result) {
  return scope_of(InterruptPolicy::rollback_all, result).has_value();
}

albatross::RunOptions removal_after(const TimeoutsSpec& timeouts) {
  albatross::RunOptions how;
  how.timeouts.destroy = timeouts.destroy;
  return how;
}

Task<InterruptPolicy> chosen_policy(App& app, InterruptPolicy given, std::size_t recorded) {
  if (given != InterruptPolicy::ask) co_return given;
  if (recorded == 0 || !app.console().input_is_terminal) co_return InterruptPolicy::keep;
  co_return co_await ask(app, recorded);
}

Task<> after_interruption(App& app, AwsSession& aws, InterruptPolicy policy, TimeoutsSpec timeouts,
                          RunResult& result) {
  co_await ignore_cancellation();
  if (!may_roll_back(result)) co_return;
  policy = co_await chosen_policy(app, policy, result.resources.size());
  const auto scope = scope_of(policy, result);
  if (scope) co_await roll_back(app, aws, *scope, timeouts, result);
}

}  // namespace albatross::cli
