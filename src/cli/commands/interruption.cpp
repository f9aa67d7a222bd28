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

void take_over(RunResult& result, RunResult after) {
  if (after.outcome == Outcome::left_behind) result.outcome = Outcome::left_behind;
  result.failure = std::move(after.failure);
  result.stack = std::move(after.stack);
  result.resources = std::move(after.resources);
  result.left = std::move(after.left);
  result.removed = std::move(after.removed);
  result.receipt = std::move(after.receipt);
}

Task<> roll_back(App& app, AwsSession& aws, RollbackScope scope, TimeoutsSpec timeouts,
                 RunResult& result) {
  const std::string name = result.stack.name;
  app.err() << "Rolling back; Ctrl-C leaves at once.\n";
  RunDisplay display(app, {"rollback", name, aws.region()}, RunOptions());
  albatross::RunOptions how;
  how.timeouts.destroy = timeouts.destroy;
  auto run = aws.deployer().rollback(name, scope, display.sink(), how);
  RunResult after = co_await std::move(run);
  display.finish();
  display.conclude(after, exit_code_of(after));
  take_over(result, std::move(after));
}

}  // namespace

std::vector<std::string> deploy_words(const DeployOptions& options) {
  std::vector<std::string> out{"deploy", options.file};
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
  return out;
}

InterruptPolicy policy_of_answer(std::string_view answer) {
  if (answer == "b" || answer == "B") return InterruptPolicy::rollback_load_balancer;
  if (answer == "a" || answer == "A") return InterruptPolicy::rollback_all;
  return InterruptPolicy::keep;
}

Task<> after_interruption(App& app, AwsSession& aws, InterruptPolicy policy, TimeoutsSpec timeouts,
                          RunResult& result) {
  co_await ignore_cancellation();
  if (!owns(result, 1)) co_return;
  if (policy == InterruptPolicy::ask) {
    policy = InterruptPolicy::keep;
    if (app.console().input_is_terminal) policy = co_await ask(app, result.resources.size());
  }
  if (policy == InterruptPolicy::keep) co_return;
  const bool all = policy == InterruptPolicy::rollback_all;
  const auto scope = all ? RollbackScope::everything : RollbackScope::load_balancer;
  if (!all && !owns(result, 2)) co_return;
  co_await roll_back(app, aws, scope, timeouts, result);
}

}  // namespace albatross::cli
