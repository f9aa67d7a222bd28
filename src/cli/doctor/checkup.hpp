#pragma once

#include "albatross/orchestrator/event.hpp"

#include "cli/exit_code.hpp"
#include "cli/text.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace albatross::cli {

enum class Grade : std::uint8_t {
  good,
  warning,  ///< it may work all the same; or it could not be found out
  bad,
};
/// "ok", "warning", "problem": as in JSON.
std::string_view to_string(Grade grade);

/// One thing that a doctor has looked at.
struct Check {
  /// "Credentials", "Endpoints": what stands together.
  std::string section;
  std::string name;
  Grade grade = Grade::good;
  /// What was seen; may have several lines.
  std::string detail;
  /// What to do about it; empty when all is well.
  std::string hint;
  /// Credentials or permissions are the matter.
  bool access = false;
};

/// All that a doctor has seen, in the order in which it is told.
struct Checkup {
  std::string account;
  std::vector<Check> checks;
  /// Of the stack file against the account.
  std::vector<Finding> findings;

  std::size_t count(Grade grade) const;
  /// 0 without problems; 5 when credentials or permissions are among them, else 1.
  ExitCode exit_code() const;
};

/// @param stack_file for showing findings at their place; empty: there is none
std::string checkup_text(const Checkup& checkup, const std::string& stack_file,
                         const TextStyle& style);
std::string checkup_json(const Checkup& checkup);

}  // namespace albatross::cli
