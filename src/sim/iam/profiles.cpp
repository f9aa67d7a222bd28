#include "sim/core/quotas.hpp"
#include "sim/iam/iam.hpp"

namespace albatross::sim::iam {

InstanceProfile& profile_of(Call& call, std::string_view name) {
  const auto it = call.world.profiles.find(name);
  if (it != call.world.profiles.end()) return it->second;
  refuse("NoSuchEntity", cat("Instance Profile ", name, " cannot be found."));
}

namespace {

void write_profile(Call& call, const InstanceProfile& profile) {
  Xml& out = call.out;
  out.leaf("Path", profile.path);
  out.leaf("InstanceProfileName", profile.name);
  out.leaf("InstanceProfileId", profile.id);
  out.leaf("Arn", profile.arn);
  out.leaf("CreateDate", iso_seconds(profile.created));
  out.in("Roles", [&] {
    const auto role = call.world.roles.find(folded(profile.role));
    if (profile.role.empty() || role == call.world.roles.end()) return;
    out.in("member", [&] { write_role(call, role->second, false); });
  });
  if (!profile.tags.empty()) write_tags(call, profile.tags);
}

void create(Call& call) {
  World& world = call.world;
  InstanceProfile profile;
  profile.name = call.params["InstanceProfileName"].str();
  check_name(profile.name, "instanceProfileName", 128);
  for (const auto& [key, other] : world.profiles) {
    if (folded(key) == folded(profile.name)) {
      refuse("EntityAlreadyExists", cat("Instance Profile ", profile.name, " already exists."));
    }
  }
  if (static_cast<double>(world.profiles.size()) >= world.quota(quota::instance_profiles)) {
    refuse("LimitExceeded", "Cannot exceed quota for InstanceProfilesPerAccount: 1000");
  }
  profile.path = call.params["Path"].text_or("/");
  profile.tags = read_tags(call.params["Tags"]);
  profile.id = world.ids.letters("AIPA", 17);
  profile.arn = world.arn("iam", cat("instance-profile", profile.path, profile.name));
  profile.created = call.wall;
  profile.usable_at = call.now + world.options.times.profile_propagation;
  const auto& made = world.profiles.emplace(profile.name, std::move(profile)).first->second;
  call.out.in("InstanceProfile", [&] { write_profile(call, made); });
}

void get(Call& call) {
  const InstanceProfile& profile = profile_of(call, call.params["InstanceProfileName"].text());
  call.out.in("InstanceProfile", [&] { write_profile(call, profile); });
}

void list(Call& call) {
  const auto prefix = call.params["PathPrefix"].text_or("/");
  page(
      call, call.world.profiles, "InstanceProfiles",
      [&](const InstanceProfile& p) { return p.path.starts_with(prefix); },
      [&](const std::string&, const InstanceProfile& profile) {
        call.out.in("member", [&] { write_profile(call, profile); });
      });
}

void list_for_role(Call& call) {
  const Role& role = role_of(call, call.params["RoleName"].text());
  page(
      call, call.world.profiles, "InstanceProfiles",
      [&](const InstanceProfile& p) { return p.role == role.name; },
      [&](const std::string&, const InstanceProfile& profile) {
        call.out.in("member", [&] { write_profile(call, profile); });
      });
}

void add_role(Call& call) {
  InstanceProfile& profile = profile_of(call, call.params["InstanceProfileName"].text());
  const Role& role = role_of(call, call.params["RoleName"].text());
  if (!profile.role.empty()) {
    refuse("LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
  }
  profile.role = role.name;
  profile.usable_at =
      std::max(profile.usable_at, call.now + call.world.options.times.profile_propagation);
}

void remove_role(Call& call) {
  InstanceProfile& profile = profile_of(call, call.params["InstanceProfileName"].text());
  const auto name = call.params["RoleName"].text();
  if (folded(profile.role) != folded(name)) {
    refuse("NoSuchEntity",
           cat("Role ", name, " is not associated with instance profile ", profile.name));
  }
  profile.role.clear();
}

void remove(Call& call) {
  const InstanceProfile& profile = profile_of(call, call.params["InstanceProfileName"].text());
  if (!profile.role.empty()) {
    refuse("DeleteConflict",
           "Cannot delete entity, must remove roles from instance profile first.");
  }
  call.world.profiles.erase(std::string(call.params["InstanceProfileName"].text()));
}

void tag(Call& call) {
  InstanceProfile& profile = profile_of(call, call.params["InstanceProfileName"].text());
  for (const auto& [key, value] : read_tags(call.params["Tags"]))
    profile.tags[key] = value;
}

void untag(Call& call) {
  InstanceProfile& profile = profile_of(call, call.params["InstanceProfileName"].text());
  for (const auto key : call.params["TagKeys"].texts())
    profile.tags.erase(std::string(key));
}

void list_tags(Call& call) {
  write_tags(call, profile_of(call, call.params["InstanceProfileName"].text()).tags);
  call.out.leaf("IsTruncated", false);
}

constexpr Action actions[] = {
    {"CreateInstanceProfile", create},      {"GetInstanceProfile", get},
    {"ListInstanceProfiles", list},         {"ListInstanceProfilesForRole", list_for_role},
    {"AddRoleToInstanceProfile", add_role}, {"RemoveRoleFromInstanceProfile", remove_role},
    {"DeleteInstanceProfile", remove},      {"TagInstanceProfile", tag},
    {"UntagInstanceProfile", untag},        {"ListInstanceProfileTags", list_tags},
};

}  // namespace

std::span<const Action> profile_actions() {
  return actions;
}

}  // namespace albatross::sim::iam
