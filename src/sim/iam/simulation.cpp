#include "sim/iam/iam.hpp"
#include "sim/iam/policy.hpp"

namespace albatross::sim::iam {
namespace {

constexpr const char* allow_all =
    R"({"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

/// The documents that bind the principal of that ARN: the account's user or one of its roles.
std::vector<std::string> principals_documents(Call& call, std::string_view arn) {
  const CloudOptions& options = call.world.options;
  for (const auto& [key, role] : call.world.roles) {
    if (role.arn == arn) return documents_of(role);
  }
  if (arn.find(":user/") == std::string_view::npos &&
      arn.find(":role/") == std::string_view::npos) {
    refuse("InvalidInput",
           cat("Invalid Entity Arn: ", arn, " does not clearly define entity type and name."));
  }
  if (!arn.ends_with(":user/albatross")) {
    refuse("NoSuchEntity", cat("The entity with arn ", arn, " cannot be found."));
  }
  return {options.caller_policy.empty() ? std::string(allow_all) : options.caller_policy};
}

void write_result(Call& call, std::string_view action, std::string_view resource,
                  Decision decision) {
  Xml& out = call.out;
  out.in("member", [&] {
    out.leaf("EvalActionName", action);
    out.leaf("EvalResourceName", resource);
    out.leaf("EvalDecision", to_string(decision));
    out.empty("MatchedStatements");
    out.empty("MissingContextValues");
  });
}

void simulate_principal(Call& call) {
  auto documents = principals_documents(call, call.params["PolicySourceArn"].text());
  for (const auto more : call.params["PolicyInputList"].texts())
    documents.emplace_back(more);
  auto resources = call.params["ResourceArns"].texts();
  if (resources.empty()) resources.emplace_back("*");
  call.out.in("EvaluationResults", [&] {
    for (const auto action : call.params["ActionNames"].texts()) {
      if (action.find(':') == std::string_view::npos) {
        refuse("InvalidInput", cat("Invalid Action: ", action));
      }
      for (const auto resource : resources)
        write_result(call, action, resource, decide(documents, action, resource));
    }
  });
  call.out.leaf("IsTruncated", false);
}

constexpr Action actions[] = {{"SimulatePrincipalPolicy", simulate_principal}};

}  // namespace

std::span<const Action> simulation_actions() {
  return actions;
}

}  // namespace albatross::sim::iam
