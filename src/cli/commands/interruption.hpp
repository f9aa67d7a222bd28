#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/app.hpp"
#include "cli/aws_session.hpp"
#include "cli/options.hpp"

#include <string>
#include <vector>

/// What follows the first Ctrl-C of a deployment.
namespace albatross::cli {

/// The words that go on with a deployment: the command, its file, and the options that were given.
std::vector<std::string> deploy_words(const DeployOptions& options);

/// Carries out the policy on a deployment that was interrupted: asks when it says so and somebody
/// is there, and removes what is to go, shown as a run of its own. `result` then holds what is
/// there now; it stays interrupted, unless something could not be removed.
/// The interruption is over when this begins: a further signal ends the process.
Task<> after_interruption(App& app, AwsSession& aws, InterruptPolicy policy, TimeoutsSpec timeouts,
                          RunResult& result);

/// What an answer to the question stands for; anything unclear: keep. Pure.
InterruptPolicy policy_of_answer(std::string_view answer);

}  // namespace albatross::cli
