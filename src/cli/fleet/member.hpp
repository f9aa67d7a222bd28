#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/error_report.hpp"
#include "cli/exit_code.hpp"
#include "cli/report_text.hpp"

#include <optional>
#include <string>
#include <vector>

/// Several stacks at once: a member is one of them, known by its place in the command line.
namespace albatross::cli {

/// How one member ended.
struct MemberEnd {
  /// "deploy", "destroy", "rollback".
  std::string doing;
  std::string stack;
  /// Absent when it could not begin, or its turn never came.
  std::optional<RunResult> result;
  /// Why it could not begin; absent when there is a result.
  std::optional<ErrorReport> error;
  ExitCode exit_code = ExitCode::interrupted;
  ReportContext context;
};

/// What a command that worked on all of them tells its caller. Something left behind weighs most,
/// then refused access, a failure, a lock, and an interruption; done is what remains. Pure.
ExitCode worst_of(const std::vector<MemberEnd>& ends);

/// "done", "failed", "left_behind", "interrupted", "locked": of a member, or of all by their exit
/// code. Pure.
std::string_view outcome_name(ExitCode code);

/// The first cause: of the run, or of what kept it from beginning; nullptr when there is none.
const Failure* failure_of(const MemberEnd& end);

/// The load balancer that a deploy has brought up; empty: none.
std::string dns_name_of(const MemberEnd& end);

/// @throws UsageError when a name comes twice: two runs of one stack would wait for each other
void refuse_twins(const std::vector<std::string>& stacks);

/// "ready", "destroyed", "failed, rolled back", "locked", "not begun". Pure.
std::string state_name(const MemberEnd& end);

/// All of it in one line for people: "ready  http://…", "failed: Code: message". Pure.
std::string ending_text(const MemberEnd& end, const TextStyle& style);

}  // namespace albatross::cli
