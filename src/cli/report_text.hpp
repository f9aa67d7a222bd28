#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/text.hpp"

#include <string>
#include <vector>

/// What stands at the end of a run, for people. Pure.
namespace albatross::cli {

/// What the result itself does not say.
struct ReportContext {
  Duration elapsed{};
  /// How many resources the run changed.
  int changes = 0;
  /// What a destroy removed and what it left alone, as told by events.
  std::vector<std::string> removed;
  std::vector<std::string> kept;
  /// For showing findings at their place; empty: there is none.
  std::string stack_file;
  /// The exact commands to go on with.
  std::string deploy_command;
  std::string rollback_command;
  std::string destroy_command;
  /// Empty: the run was not kept.
  std::string report_command;
};

std::string deploy_report(const RunResult& result, const ReportContext& context,
                          const TextStyle& style);
std::string rollback_report(const RunResult& result, const ReportContext& context,
                            const TextStyle& style);
std::string destroy_report(const RunResult& result, const ReportContext& context,
                           const TextStyle& style);

/// First cause, resource, AWS's code, message and request id, hint, targets; or all that was found
/// before the first change.
/// @param stack_file for showing findings at their place; empty: there is none
std::string failure_text(const Failure& failure, const TextStyle& style,
                         const std::string& stack_file = "");

}  // namespace albatross::cli
