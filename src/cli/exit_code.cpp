#include "cli/exit_code.hpp"

#include "albatross/orchestrator/deployer.hpp"

namespace albatross::cli {

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return "done";
    case Outcome::failed:
      return "failed";
    case Outcome::left_behind:
      return "left_behind";
    case Outcome::interrupted:
      return "interrupted";
  }
  return "";
}

ExitCode exit_code_of(const RunResult& result) {
  switch (result.outcome) {
    case Outcome::done:
      return ExitCode::done;
    case Outcome::left_behind:
      return ExitCode::left_behind;
    case Outcome::interrupted:
      return ExitCode::interrupted;
    case Outcome::failed:
      break;
  }
  const bool access = result.failure && result.failure->access_denied;
  return access ? ExitCode::access : ExitCode::failed;
}

}  // namespace albatross::cli
