#include "orchestrator/preflight/findings.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace albatross {
namespace {

/// Would every other call meet the same?
bool concerns_all(ErrorClass error_class) {
  return error_class == ErrorClass::credentials || error_class == ErrorClass::expired ||
         error_class == ErrorClass::transient || error_class == ErrorClass::throttling;
}

Finding finding_of(const Failure& failure) {
  Finding out;
  out.doing = failure.doing;
  out.code = failure.code;
  out.message = failure.message;
  out.hint = failure.hint;
  out.request_id = failure.request_id;
  out.access_denied = failure.access_denied;
  return out;
}

}  // namespace

void Findings::add(std::vector<Finding> findings) {
  std::move(findings.begin(), findings.end(), std::back_inserter(all_));
}

Task<> Findings::collect(std::string doing, Task<> look) {
  try {
    co_await std::move(look);
  } catch (const NodeFailed& failed) {
    const std::vector<Finding>& several = failed.failure().findings;
    if (several.empty()) add(finding_of(failed.failure()));
    add(several);
  } catch (const ApiError& error) {
    if (concerns_all(error.error_class())) throw;
    add(finding_of(describe_failure(std::current_exception(), doing)));
  }
}

std::vector<Finding> Findings::all() const {
  std::vector<Finding> out = of(Finding::Severity::error);
  std::vector<Finding> rest = warnings();
  std::move(rest.begin(), rest.end(), std::back_inserter(out));
  return out;
}

std::vector<Finding> Findings::of(Finding::Severity severity) const {
  std::vector<Finding> out;
  std::copy_if(all_.begin(), all_.end(), std::back_inserter(out),
               [severity](const Finding& finding) { return finding.severity == severity; });
  return out;
}

void Findings::throw_errors() const {
  std::vector<Finding> errors = of(Finding::Severity::error);
  if (errors.empty()) return;
  const Finding& first = errors.front();
  Failure failure;
  failure.doing = first.doing;
  failure.code = first.code;
  failure.message = first.message;
  failure.hint = first.hint;
  failure.request_id = first.request_id;
  failure.access_denied = std::all_of(errors.begin(), errors.end(),
                                      [](const Finding& finding) { return finding.access_denied; });
  failure.findings = std::move(errors);
  throw NodeFailed(std::move(failure));
}

std::string words_of(const Finding& finding) {
  return finding.hint.empty() ? finding.message : finding.message + ". " + finding.hint;
}

Finding warning_of(std::string doing, std::string code, std::string message, std::string hint) {
  Finding out;
  out.severity = Finding::Severity::warning;
  out.doing = std::move(doing);
  out.code = std::move(code);
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

}  // namespace albatross
