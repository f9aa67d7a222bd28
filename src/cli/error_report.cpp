#include "cli/error_report.hpp"

#include "albatross/clients/config.hpp"
#include "albatross/clients/credentials_provider.hpp"
#include "albatross/orchestrator/deployer.hpp"
#include "albatross/runtime/concurrency.hpp"
#include "albatross/state/store.hpp"

#include "cli/text.hpp"

#include <sstream>
#include <utility>

namespace albatross::cli {
namespace {

ErrorReport report_of(ExitCode exit_code, const std::string& code, const std::string& message,
                      const std::string& hint) {
  ErrorReport report;
  report.exit_code = exit_code;
  report.failure.code = code;
  report.failure.message = message;
  report.failure.hint = hint;
  report.failure.access_denied = exit_code == ExitCode::access;
  return report;
}

bool is_access_problem(ErrorClass error_class) {
  return error_class == ErrorClass::credentials || error_class == ErrorClass::expired ||
         error_class == ErrorClass::permission;
}

ErrorReport report_of(const ApiError& error) {
  const bool access = is_access_problem(error.error_class());
  ErrorReport report = report_of(access ? ExitCode::access : ExitCode::failed, error.code(),
                                 error.message(), hint_for(error.details()));
  report.failure.doing = error.details().action;
  report.failure.request_id = error.request_id();
  report.failure.retryable = error.retryable();
  return report;
}

/// A message may have several lines (sources of credentials that were tried); none may move the
/// cursor.
std::string lines_text(const std::string& message) {
  std::istringstream lines(message);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    out += (out.empty() ? "" : "  ") + one_line(line) + "\n";
  }
  return out.empty() ? "\n" : out;
}

}  // namespace

StackFilesError::StackFilesError(std::vector<SpecProblem> problems, std::string text)
    : std::runtime_error("the stack files have mistakes"),
      problems_(std::move(problems)),
      text_(std::move(text)) {}

ErrorReport describe_error(const std::exception_ptr& error) {
  if (is_cancellation(error)) {
    return report_of(ExitCode::interrupted, "Interrupted", "interrupted", "");
  }
  try {
    std::rethrow_exception(error);
  } catch (const SpecError& wrong) {
    ErrorReport report = report_of(ExitCode::usage, "StackFile", wrong.what(), "");
    report.problems = wrong.problems();
    report.problems_text = wrong.rendered();
    return report;
  } catch (const StackFilesError& wrong) {
    ErrorReport report = report_of(ExitCode::usage, "StackFile", wrong.what(), "");
    report.problems = wrong.problems();
    report.problems_text = wrong.rendered();
    return report;
  } catch (const UsageError& wrong) {
    return report_of(ExitCode::usage, "Usage", wrong.what(), "");
  } catch (const ConfigError& wrong) {
    return report_of(ExitCode::usage, "Configuration", wrong.what(), "");
  } catch (const UnknownStack& unknown) {
    return report_of(ExitCode::usage, "UnknownStack", unknown.what(),
                     "`albatross list` shows the stacks that are known here (--state-dir).");
  } catch (const LockedError& locked) {
    return report_of(ExitCode::locked, "Locked", locked.what(),
                     "Wait until that run has ended, then try again.");
  } catch (const CredentialsError& missing) {
    return report_of(ExitCode::access, "NoCredentials", missing.what(),
                     "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.");
  } catch (const ApiError& failed) {
    return report_of(failed);
  } catch (const StateError& state) {
    return report_of(ExitCode::failed, "State", state.what(), "");
  } catch (const std::exception& other) {
    return report_of(ExitCode::failed, "Error", other.what(), "");
  }
}

std::string error_text(const ErrorReport& report) {
  if (!report.problems.empty()) return report.problems_text;
  const Failure& failure = report.failure;
  std::string out = "albatross: ";
  if (!failure.doing.empty()) out += failure.doing + ": " + failure.code + ": ";
  out += lines_text(failure.message);
  if (!failure.request_id.empty()) out += "  request  " + failure.request_id + "\n";
  if (!failure.hint.empty()) out += "  hint     " + one_line(failure.hint) + "\n";
  return out;
}

}  // namespace albatross::cli
