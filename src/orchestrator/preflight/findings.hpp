#pragma once

#include "albatross/orchestrator/event.hpp"
#include "albatross/runtime/task.hpp"

#include "orchestrator/failure.hpp"

#include <vector>

namespace albatross {

/// What is found while several look at once: what one finds wrong stops nobody else, so that all of
/// it can be told together.
class Findings {
 public:
  void add(Finding finding) { all_.push_back(std::move(finding)); }
  void add(std::vector<Finding> findings);

  /// Carries out a look. What it throws about the thing that it looks at becomes a finding; what
  /// would keep all others from looking as well (no credentials, no connection, a cancellation) is
  /// thrown.
  /// @param doing "looking for the image", for errors that do not say it themselves
  Task<> collect(std::string doing, Task<> look);

  /// Errors first.
  std::vector<Finding> all() const;
  std::vector<Finding> warnings() const { return of(Finding::Severity::warning); }
  /// @throws NodeFailed with all errors, when there are any
  void throw_errors() const;

 private:
  std::vector<Finding> of(Finding::Severity severity) const;

  std::vector<Finding> all_;
};

/// Message and hint in one text. Pure.
std::string words_of(const Finding& finding);

/// A warning. Pure.
Finding warning_of(std::string doing, std::string code, std::string message, std::string hint);

}  // namespace albatross
