#include "sim/iam/iam.hpp"

#include <algorithm>

namespace albatross::sim::iam {
namespace {

constexpr std::size_t inline_policy_limit = 10240;

std::size_t significant(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return c != ' ' && c != '\n' && c != '\t' && c != '\r';
  }));
}

void put(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  const std::string name = call.params["PolicyName"].str();
  const auto document = call.params["PolicyDocument"].text();
  check_name(name, "policyName", 128);
  check_policy(document);
  std::size_t total = significant(document);
  for (const auto& [other, text] : role.policies) {
    if (other != name) total += significant(text);
  }
  if (total > inline_policy_limit) {
    refuse("LimitExceeded", cat("Maximum policy size of ", std::to_string(inline_policy_limit),
                                " bytes exceeded for role ", role.name));
  }
  role.policies[name] = document;
}

[[noreturn]] void no_policy(std::string_view name) {
  refuse("NoSuchEntity", cat("The role policy with name ", name, " cannot be found."));
}

void get(Call& call) {
  const Role& role = role_of(call, call.params["RoleName"].text());
  const auto name = call.params["PolicyName"].text();
  const auto it = role.policies.find(name);
  if (it == role.policies.end()) no_policy(name);
  call.out.leaf("RoleName", role.name);
  call.out.leaf("PolicyName", name);
  call.out.leaf("PolicyDocument", percent_encode(it->second));
}

void remove(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  const auto name = call.params["PolicyName"].text();
  if (role.policies.erase(std::string(name)) == 0) no_policy(name);
}

void list(Call& call) {
  const Role& role = role_of(call, call.params["RoleName"].text());
  page(
      call, role.policies, "PolicyNames", [](const std::string&) { return true; },
      [&](const std::string& name, const std::string&) { call.out.leaf("member", name); });
}

void attach(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  const std::string arn = call.params["PolicyArn"].str();
  const auto at = arn.find(":policy/");
  if (!arn.starts_with("arn:") || at == std::string::npos) {
    refuse("InvalidInput", cat("ARN ", arn, " is not valid."));
  }
  // Only AWS's own policies exist here.
  if (arn.find(":iam::aws:policy/") == std::string::npos) {
    refuse("NoSuchEntity", cat("Policy ", arn, " does not exist or is not attachable."));
  }
  if (role.attached.size() >= 10 && !role.attached.contains(arn)) {
    refuse("LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10");
  }
  role.attached[arn] = arn.substr(arn.rfind('/') + 1);
}

void detach(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  const std::string arn = call.params["PolicyArn"].str();
  if (role.attached.erase(arn) == 0) {
    refuse("NoSuchEntity", cat("Policy ", arn, " was not found."));
  }
}

void list_attached(Call& call) {
  const Role& role = role_of(call, call.params["RoleName"].text());
  page(
      call, role.attached, "AttachedPolicies", [](const std::string&) { return true; },
      [&](const std::string& arn, const std::string& name) {
        call.out.in("member", [&] {
          call.out.leaf("PolicyName", name);
          call.out.leaf("PolicyArn", arn);
        });
      });
}

constexpr Action actions[] = {
    {"PutRolePolicy", put},
    {"GetRolePolicy", get},
    {"DeleteRolePolicy", remove},
    {"ListRolePolicies", list},
    {"AttachRolePolicy", attach},
    {"DetachRolePolicy", detach},
    {"ListAttachedRolePolicies", list_attached},
};

}  // namespace

std::span<const Action> role_policy_actions() {
  return actions;
}

}  // namespace albatross::sim::iam
