#include "sim/iam/policy.hpp"

#include "sim/core/glob.hpp"
#include "sim/iam/iam.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace albatross::sim::iam {
namespace {

using Json = nlohmann::json;

/// Whether a member that is a text or a list of texts has one that fits.
template <class Fits>
bool any_text(const Json& member, Fits&& fits) {
  if (member.is_string()) return fits(member.get_ref<const std::string&>());
  if (!member.is_array()) return false;
  return std::any_of(member.begin(), member.end(), [&](const Json& text) {
    return text.is_string() && fits(text.template get_ref<const std::string&>());
  });
}

bool names_action(const Json& statement, std::string_view action) {
  const std::string wanted = folded(action);
  const auto fits = [&](const std::string& pattern) { return glob(folded(pattern), wanted); };
  if (statement.contains("NotAction")) return !any_text(statement["NotAction"], fits);
  return statement.contains("Action") && any_text(statement["Action"], fits);
}

bool names_resource(const Json& statement, std::string_view resource, bool deny) {
  if (resource.empty() && !deny) return true;
  const auto fits = [&](const std::string& pattern) {
    return resource.empty() ? pattern == "*" : glob(pattern, resource);
  };
  if (statement.contains("NotResource")) return !any_text(statement["NotResource"], fits);
  return statement.contains("Resource") && any_text(statement["Resource"], fits);
}

/// AWS's own policies that a role of this kind of stack is likely to have; others allow nothing.
constexpr std::pair<std::string_view, const char*> managed[] = {
    {"AdministratorAccess", R"({"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})"},
    {"PowerUserAccess",
     R"({"Statement":[{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],)"
     R"("Resource":"*"}]})"},
    {"ReadOnlyAccess",
     R"({"Statement":[{"Effect":"Allow","Action":["*:Describe*","*:Get*","*:List*"],)"
     R"("Resource":"*"}]})"},
    {"AmazonEC2FullAccess",
     R"({"Statement":[{"Effect":"Allow","Action":["ec2:*","elasticloadbalancing:*"],)"
     R"("Resource":"*"}]})"},
    {"AmazonElasticFileSystemFullAccess",
     R"({"Statement":[{"Effect":"Allow","Action":["elasticfilesystem:*"],"Resource":"*"}]})"},
    {"AmazonSSMManagedInstanceCore",
     R"({"Statement":[{"Effect":"Allow","Action":["ssm:GetParameter","ssm:GetParameters",)"
     R"("ssm:UpdateInstanceInformation"],"Resource":"*"}]})"},
};

/// The role whose session calls; null when it is the account's own user.
const Role* assumed_role(const World& world, const Caller& caller) {
  const auto session = world.sessions.find(caller.access_key_id);
  if (session == world.sessions.end() || session->second.role.empty()) return nullptr;
  const auto role = world.roles.find(folded(session->second.role));
  return role == world.roles.end() ? nullptr : &role->second;
}

[[noreturn]] void deny(const Caller& caller, const Service& service, const std::string& action,
                       Decision decision) {
  const std::string words =
      cat("User: ", caller.arn, " is not authorized to perform: ", action, " on resource: * ",
          decision == Decision::explicit_deny
              ? "with an explicit deny in an identity-based policy"
              : cat("because no identity-based policy allows the ", action, " action"));
  switch (service.protocol) {
    case Protocol::ec2:
      refuse("UnauthorizedOperation",
             cat("You are not authorized to perform this operation. ", words), 403);
    case Protocol::query:
      refuse("AccessDenied", words, 403);
    case Protocol::rest_json:
      refuse("AccessDeniedException", words, 403);
    default:
      refuse("AccessDeniedException", words, 400);
  }
}

/// One statement or a list of them.
Json statements_of(const Json& document) {
  const Json& given = document["Statement"];
  return given.is_object() ? Json::array({given}) : given;
}

const char* what_is_wrong(const Json& statement) {
  if (!statement.is_object()) return "is no object";
  const auto effect = statement.value("Effect", Json());
  if (effect != "Allow" && effect != "Deny") return "needs an Effect, Allow or Deny";
  const auto lists_texts = [&](const char* name) {
    const Json given = statement.value(name, Json());
    return any_text(given, [](const std::string& text) { return !text.empty(); });
  };
  if (!lists_texts("Action") && !lists_texts("NotAction")) return "needs an Action or a NotAction";
  if (!lists_texts("Resource") && !lists_texts("NotResource")) {
    return "needs a Resource or a NotResource";
  }
  return nullptr;
}

}  // namespace

void check_caller_policy(const std::string& text) {
  if (text.empty()) return;
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) throw std::invalid_argument("the policy is no valid JSON");
  if (!document.is_object() || !document.contains("Statement")) {
    throw std::invalid_argument("the policy has no Statement");
  }
  const Json statements = statements_of(document);
  if (!statements.is_array()) throw std::invalid_argument("the policy's Statement is no list");
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (const char* wrong = what_is_wrong(statements[i])) {
      throw std::invalid_argument("statement " + std::to_string(i + 1) + " of the policy " + wrong);
    }
  }
}

std::string_view to_string(Decision decision) {
  static constexpr std::string_view names[] = {"allowed", "explicitDeny", "implicitDeny"};
  return names[static_cast<std::size_t>(decision)];
}

Decision decide(const std::vector<std::string>& documents, std::string_view action,
                std::string_view resource) {
  Decision decision = Decision::implicit_deny;
  for (const auto& text : documents) {
    const Json document = Json::parse(text, nullptr, false);
    if (!document.is_object() || !document.contains("Statement")) continue;
    for (const Json& statement : statements_of(document)) {
      if (!statement.is_object() || !names_action(statement, action)) continue;
      const bool denies = statement.value("Effect", "") == "Deny";
      if (!names_resource(statement, resource, denies)) continue;
      if (denies) return Decision::explicit_deny;
      decision = Decision::allowed;
    }
  }
  return decision;
}

std::vector<std::string> documents_of(const Role& role) {
  std::vector<std::string> documents;
  for (const auto& [name, text] : role.policies)
    documents.push_back(text);
  for (const auto& [arn, name] : role.attached) {
    for (const auto& [known, text] : managed) {
      if (name == known) documents.emplace_back(text);
    }
  }
  return documents;
}

void authorize(const World& world, const Caller& caller, const Service& service,
               std::string_view action) {
  if (world.options.caller_policy.empty() && world.sessions.empty()) return;
  // These need no permission.
  if (action == "GetCallerIdentity" || action == "GetSessionToken") return;
  const Role* role = assumed_role(world, caller);
  if (role == nullptr && world.options.caller_policy.empty()) return;
  const std::string name = cat(service.signing, ":", action);
  const auto documents =
      role == nullptr ? std::vector<std::string>{world.options.caller_policy} : documents_of(*role);
  const Decision decision = decide(documents, name, "");
  if (decision != Decision::allowed) deny(caller, service, name, decision);
}

}  // namespace albatross::sim::iam
