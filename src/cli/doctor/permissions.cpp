#include "cli/doctor/permissions.hpp"

#include "albatross/orchestrator/policy.hpp"
#include "albatross/runtime/concurrency.hpp"

#include <map>
#include <optional>
#include <set>
#include <utility>

namespace albatross::cli {
namespace {

/// What came of asking about one group of actions.
struct Asked {
  NeededPermission needed;
  std::vector<iam::EvaluationResult> results;
  std::optional<ApiError> refused;
};

iam::SimulatePrincipalPolicyRequest question(const NeededPermission& needed,
                                             const std::string& principal) {
  iam::SimulatePrincipalPolicyRequest request;
  request.policy_source_arn = principal;
  request.action_names = {needed.actions.begin(), needed.actions.end()};
  request.resource_arns = {needed.resources.begin(), needed.resources.end()};
  for (const auto& [key, values] : needed.conditions)
    request.context_entries.push_back({key, {*values.begin()}, "string"});
  return request;
}

Task<> ask(AwsClients& aws, const std::string& principal, Deadline deadline, Asked& into) {
  CallOptions options(deadline);
  auto call = aws.iam.all_evaluation_results(question(into.needed, principal), std::move(options));
  try {
    into.results = co_await std::move(call);
  } catch (const ApiError& error) {
    into.refused = error;
  }
}

Check check_of(std::string name, Grade grade, std::string detail, std::string hint) {
  Check out;
  out.section = "Permissions";
  out.name = std::move(name);
  out.grade = grade;
  out.detail = std::move(detail);
  out.hint = std::move(hint);
  return out;
}

Check not_asked(const ApiError& error) {
  const bool denied = error.error_class() == ErrorClass::permission;
  return check_of("policies", Grade::warning,
                  denied ? "IAM may not be asked (iam:SimulatePrincipalPolicy is not permitted)"
                         : "IAM does not say: " + error.code() + ": " + error.message(),
                  "What reads and dry runs told is below; `albatross policy FILE` prints what is "
                  "needed.");
}

}  // namespace

Task<std::vector<Check>> permission_checks(AwsClients& aws, Stack stack, std::string principal,
                                           Deadline deadline) {
  std::vector<Check> out;
  if (principal.ends_with(":root")) {
    out.push_back(check_of("policies", Grade::good, "the account's root user may do everything",
                           "A user or role of its own is safer."));
    co_return out;
  }
  std::vector<Asked> asked;
  for (NeededPermission& needed : needed_permissions(stack, PolicyPurpose::deploy))
    asked.push_back({std::move(needed), {}, std::nullopt});
  std::vector<Task<>> tasks;
  for (Asked& group : asked)
    tasks.push_back(ask(aws, principal, deadline, group));
  co_await when_all(std::move(tasks));
  std::set<std::string> permitted;
  std::map<std::string, std::string> refused;
  std::set<std::string> optional;
  for (const Asked& group : asked) {
    if (group.refused) {
      out.push_back(not_asked(*group.refused));
      co_return out;
    }
    optional.insert(group.needed.optional.begin(), group.needed.optional.end());
    for (const iam::EvaluationResult& result : group.results) {
      const bool allowed = result.eval_decision == "allowed";
      if (allowed) permitted.insert(result.eval_action_name);
      if (!allowed)
        refused.emplace(result.eval_action_name,
                        result.eval_decision + " on " + result.eval_resource_name);
    }
  }
  for (const auto& [action, why] : refused) {
    permitted.erase(action);
    const bool dispensable = optional.contains(action);
    Check& check = out.emplace_back(
        check_of(action, dispensable ? Grade::warning : Grade::bad, why,
                 dispensable ? "A deploy works without it, and checks less."
                             : "Permit it; `albatross policy FILE` prints the whole policy."));
    check.access = !dispensable;
  }
  out.insert(out.begin(), check_of("policies", Grade::good,
                                   counted(permitted.size(), "action") + " permitted", ""));
  co_return out;
}

}  // namespace albatross::cli
