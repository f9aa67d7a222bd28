#pragma once

#include "albatross/orchestrator/deployer.hpp"
#include "albatross/orchestrator/stack_file.hpp"

#include "cli/exit_code.hpp"
#include "cli/runs/run_record.hpp"

#include <string>
#include <vector>

/// The documents of --output json. Their members are described in docs/commands.md and only ever
/// added to. Pure.
namespace albatross::cli {

std::string run_json(const std::string& command, const RunResult& result, ExitCode exit_code,
                     Duration elapsed);
std::string status_json(const StackStatus& status);
/// One of several stacks: how it stands, or why that could not be found out.
struct StatusOrFailure {
  std::string stack;
  const StackStatus* status = nullptr;
  const Failure* failure = nullptr;
  ExitCode exit_code = ExitCode::done;
};
std::string statuses_json(const std::vector<StatusOrFailure>& entries, ExitCode exit_code);
std::string list_json(const std::vector<StackRecord>& stacks);
std::string valid_json(const Stack& stack, const std::string& summary);
std::string problems_json(const std::string& command, const std::vector<SpecProblem>& problems);
/// Past runs, oldest first.
std::string history_json(const std::vector<RunRecord>& runs);
/// A command that wrote a file.
std::string written_json(const std::string& command, const std::string& file);
/// A command that could not be carried out.
std::string error_json(const std::string& command, const Failure& failure, ExitCode exit_code);

}  // namespace albatross::cli
