#pragma once

#include "albatross/orchestrator/event.hpp"
#include "albatross/orchestrator/stack_file.hpp"

#include "cli/exit_code.hpp"

#include <exception>
#include <string>
#include <vector>

namespace albatross::cli {

/// The user asked for something that cannot be done as it stands. Exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Mistakes in several stack files, all at once.
class StackFilesError : public std::runtime_error {
 public:
  /// @param text all of them for people, each with its line and a caret
  StackFilesError(std::vector<SpecProblem> problems, std::string text);
  const std::vector<SpecProblem>& problems() const { return problems_; }
  const std::string& rendered() const { return text_; }

 private:
  std::vector<SpecProblem> problems_;
  std::string text_;
};

/// Why a command could not be carried out.
struct ErrorReport {
  ExitCode exit_code = ExitCode::failed;
  Failure failure;
  /// A stack file's mistakes, when they are the reason.
  std::vector<SpecProblem> problems;
  /// The same for people, each with its line and a caret.
  std::string problems_text;
};

/// What an exception means for the user. Pure.
ErrorReport describe_error(const std::exception_ptr& error);

/// On standard error, or as a JSON document.
std::string error_text(const ErrorReport& report);

}  // namespace albatross::cli
