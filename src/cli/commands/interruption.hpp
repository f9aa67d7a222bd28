#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/app.hpp"
#include "cli/aws_session.hpp"
#include "cli/options.hpp"

#include <optional>
#include <string>
#include <vector>

/// What follows the first Ctrl-C of a deployment.
namespace albatross::cli {

/// The words that go on with a deployment: the command, its files, and the options that were given.
std::vector<std::string> deploy_words(const DeployOptions& options);

/// The policy that was given; where it is to be asked for, the answer if somebody is there.
/// @param recorded how many resources there are
Task<InterruptPolicy> chosen_policy(App& app, InterruptPolicy given, std::size_t recorded);

/// What the policy removes of an interrupted run; absent: nothing, or nothing of that is there, or
/// the stack has served before and goes on serving.
std::optional<RollbackScope> scope_of(InterruptPolicy policy, const RunResult& result);

/// Whether there is anything that a policy could remove.
bool may_roll_back(const RunResult& result);

/// How that removal is done.
albatross::RunOptions removal_after(const TimeoutsSpec& timeouts);

/// Into the result of an interrupted run what the removal after it came to. It stays interrupted,
/// unless something could not be removed.
void take_over(RunResult& result, RunResult after);

/// Carries out the policy on a deployment that was interrupted: asks when it says so and somebody
/// is there, and removes what is to go, shown as a run of its own. `result` then holds what is
/// there now.
/// The interruption is over when this begins: a further signal ends the process.
Task<> after_interruption(App& app, AwsSession& aws, InterruptPolicy policy, TimeoutsSpec timeouts,
                          RunResult& result);

/// What an answer to the question stands for; anything unclear: keep. Pure.
InterruptPolicy policy_of_answer(std::string_view answer);

}  // namespace albatross::cli
