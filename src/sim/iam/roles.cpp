#include "sim/core/quotas.hpp"
#include "sim/iam/iam.hpp"
#include "sim/iam/policy.hpp"

#include <nlohmann/json.hpp>

namespace albatross::sim {

std::span<const std::span<const Action>> iam_actions() {
  static const std::span<const Action> lists[] = {iam::role_actions(), iam::role_policy_actions(),
                                                  iam::profile_actions(),
                                                  iam::simulation_actions()};
  return lists;
}

}  // namespace albatross::sim

namespace albatross::sim::iam {

std::string folded(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

Role& role_of(Call& call, std::string_view name) {
  if (Role* role = call.world.find(call.world.roles, folded(name))) return *role;
  refuse("NoSuchEntity", cat("The role with name ", name, " cannot be found."));
}

void check_name(std::string_view name, std::string_view member, std::size_t longest) {
  const bool plain = name.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+=,.@-") ==
                     std::string_view::npos;
  if (!plain) {
    refuse("ValidationError", cat("The specified value for ", member,
                                  " is invalid. It must contain only "
                                  "alphanumeric characters and/or the following: +=,.@_-"));
  }
  if (name.size() > longest) {
    refuse("ValidationError", cat("1 validation error detected: Value at '", member,
                                  "' failed to satisfy "
                                  "constraint: Member must have length less than or equal to ",
                                  std::to_string(longest)));
  }
}

void check_policy(std::string_view document) {
  const auto json = nlohmann::json::parse(document, nullptr, false);
  if (json.is_discarded()) {
    refuse("MalformedPolicyDocument", "This policy contains invalid Json");
  }
  if (!json.is_object() || !json.contains("Statement")) {
    refuse("MalformedPolicyDocument", "Syntax errors in policy.");
  }
}

Tags read_tags(Param given) {
  Tags tags;
  for (const Param tag : given.items()) {
    if (!tags.emplace(tag["Key"].str(), tag["Value"].str()).second) {
      refuse("InvalidInput",
             "Duplicate tag keys found. Please note that Tag keys are case "
             "insensitive.");
    }
  }
  if (tags.size() > 50)
    refuse("LimitExceeded", "The number of tags has reached the maximum limit.");
  return tags;
}

void write_tags(Call& call, const Tags& tags) {
  call.out.in("Tags", [&] {
    for (const auto& [key, value] : tags) {
      call.out.in("member", [&, &k = key, &v = value] {
        call.out.leaf("Key", k);
        call.out.leaf("Value", v);
      });
    }
  });
}

void write_role(Call& call, const Role& role, bool details) {
  Xml& out = call.out;
  out.leaf("Path", role.path);
  out.leaf("RoleName", role.name);
  out.leaf("RoleId", role.id);
  out.leaf("Arn", role.arn);
  out.leaf("CreateDate", iso_seconds(role.created));
  out.leaf("AssumeRolePolicyDocument", percent_encode(role.trust));
  out.leaf_if("Description", role.description);
  out.leaf("MaxSessionDuration", role.max_session);
  if (!role.boundary.empty()) {
    out.in("PermissionsBoundary", [&] {
      out.leaf("PermissionsBoundaryType", "Policy");
      out.leaf("PermissionsBoundaryArn", role.boundary);
    });
  }
  if (!details) return;
  if (!role.tags.empty()) write_tags(call, role.tags);
  out.empty("RoleLastUsed");
}

namespace {

void create(Call& call) {
  World& world = call.world;
  const Param p = call.params;
  Role role;
  role.name = p["RoleName"].str();
  check_name(role.name, "roleName", 64);
  if (world.roles.contains(folded(role.name))) {
    refuse("EntityAlreadyExists", cat("Role with name ", role.name, " already exists."));
  }
  role.trust = p["AssumeRolePolicyDocument"].str();
  check_policy(role.trust);
  role.path = p["Path"].text_or("/");
  if (!role.path.starts_with("/") || !role.path.ends_with("/")) {
    refuse("ValidationError",
           "The specified value for path is invalid. It must begin and end with "
           "/ and contain only alphanumeric characters and/or / characters.");
  }
  role.description = p["Description"].text();
  role.max_session = static_cast<int>(p["MaxSessionDuration"].number_or(3600));
  role.boundary = p["PermissionsBoundary"].text();
  role.tags = read_tags(p["Tags"]);
  if (static_cast<double>(world.roles.size()) >= world.quota(quota::roles)) {
    refuse("LimitExceeded", "Cannot exceed quota for RolesPerAccount: 1000");
  }
  role.id = world.ids.letters("AROA", 17);
  role.arn = world.arn("iam", cat("role", role.path, role.name));
  role.created = call.wall;
  const std::string key = folded(role.name);
  world.created(key, call.now);
  const Role& made = world.roles.emplace(key, std::move(role)).first->second;
  call.out.in("Role", [&] { write_role(call, made, true); });
}

void get(Call& call) {
  const Role& role = role_of(call, call.params["RoleName"].text());
  call.out.in("Role", [&] { write_role(call, role, true); });
}

void list(Call& call) {
  const auto prefix = call.params["PathPrefix"].text_or("/");
  page(
      call, call.world.roles, "Roles", [&](const Role& r) { return r.path.starts_with(prefix); },
      [&](const std::string&, const Role& role) {
        call.out.in("member", [&] { write_role(call, role, false); });
      });
}

void remove(Call& call) {
  const Role& role = role_of(call, call.params["RoleName"].text());
  for (const auto& [key, profile] : call.world.profiles) {
    if (profile.role == role.name) {
      refuse("DeleteConflict",
             "Cannot delete entity, must remove roles from instance profile first.");
    }
  }
  if (!role.attached.empty()) {
    refuse("DeleteConflict", "Cannot delete entity, must detach all policies first.");
  }
  if (!role.policies.empty()) {
    refuse("DeleteConflict", "Cannot delete entity, must delete policies first.");
  }
  call.world.roles.erase(folded(call.params["RoleName"].text()));
}

void update(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  if (const Param text = call.params["Description"]) role.description = text.str();
  role.max_session =
      static_cast<int>(call.params["MaxSessionDuration"].number_or(role.max_session));
  if (call.params["Action"].text() == "UpdateRoleDescription") {
    call.out.in("Role", [&] { write_role(call, role, true); });
  } else {
    call.out.raw(" ");  // UpdateRole answers with an empty result
  }
}

void set_boundary(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  const auto arn = call.params["PermissionsBoundary"].text();
  if (arn.find(":policy/") == std::string_view::npos) {
    refuse("InvalidInput", cat("ARN ", arn, " is not valid."));
  }
  role.boundary = arn;
}

void remove_boundary(Call& call) {
  role_of(call, call.params["RoleName"].text()).boundary.clear();
}

void update_trust(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  check_policy(call.params["PolicyDocument"].text());
  role.trust = call.params["PolicyDocument"].str();
}

void tag(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  for (const auto& [key, value] : read_tags(call.params["Tags"]))
    role.tags[key] = value;
}

void untag(Call& call) {
  Role& role = role_of(call, call.params["RoleName"].text());
  for (const auto key : call.params["TagKeys"].texts())
    role.tags.erase(std::string(key));
}

void list_tags(Call& call) {
  write_tags(call, role_of(call, call.params["RoleName"].text()).tags);
  call.out.leaf("IsTruncated", false);
}

void create_service_role(Call& call) {
  const std::string service = call.params["AWSServiceName"].str();
  const std::string name = "AWSServiceRoleFor" + service.substr(0, service.find('.'));
  if (call.world.roles.contains(folded(name))) {
    refuse("InvalidInput", cat("Service role name ", name,
                               " has been taken in this account, "
                               "please try a different suffix."));
  }
  Role role;
  role.name = name;
  role.path = cat("/aws-service-role/", service, "/");
  role.trust = R"({"Version":"2012-10-17","Statement":[]})";
  role.id = call.world.ids.letters("AROA", 17);
  role.arn = call.world.arn("iam", cat("role", role.path, name));
  role.created = call.wall;
  const Role& made = call.world.roles.emplace(folded(name), std::move(role)).first->second;
  call.out.in("Role", [&] { write_role(call, made, false); });
}

void get_user(Call& call) {
  const std::string_view name = call.params["UserName"].text_or("albatross");
  if (name != "albatross") {
    refuse("NoSuchEntity", cat("The user with name ", name, " cannot be found."));
  }
  call.out.in("User", [&] {
    call.out.leaf("Path", "/");
    call.out.leaf("UserName", "albatross");
    call.out.leaf("UserId", call.caller.user_id);
    call.out.leaf("Arn", call.caller.arn);
    call.out.leaf("CreateDate", "2026-01-01T00:00:00Z");
  });
}

void list_aliases(Call& call) {
  call.out.empty("AccountAliases");
  call.out.leaf("IsTruncated", false);
}

constexpr Action actions[] = {
    {"CreateRole", create},
    {"GetRole", get},
    {"ListRoles", list},
    {"DeleteRole", remove},
    {"UpdateRole", update},
    {"UpdateRoleDescription", update},
    {"UpdateAssumeRolePolicy", update_trust},
    {"PutRolePermissionsBoundary", set_boundary},
    {"DeleteRolePermissionsBoundary", remove_boundary},
    {"TagRole", tag},
    {"UntagRole", untag},
    {"ListRoleTags", list_tags},
    {"CreateServiceLinkedRole", create_service_role},
    {"GetUser", get_user},
    {"ListAccountAliases", list_aliases},
};

}  // namespace

std::span<const Action> role_actions() {
  return actions;
}

}  // namespace albatross::sim::iam
