#include "sim/core/clock_text.hpp"
#include "sim/iam/iam.hpp"

#include <nlohmann/json.hpp>

namespace albatross::sim {
namespace {

void caller_identity(Call& call) {
  call.out.leaf("Arn", call.caller.arn);
  call.out.leaf("UserId", call.caller.user_id);
  call.out.leaf("Account", call.world.options.account);
}

void check_session_name(std::string_view name) {
  if (name.size() < 2 || name.size() > 64) {
    refuse("ValidationError", cat("1 validation error detected: Value '", name,
                                  "' at 'roleSessionName' failed to "
                                  "satisfy constraint: Member must have length between 2 and 64"));
  }
  iam::check_name(name, "roleSessionName", 64);
}

/// Makes temporary credentials and remembers whose they are.
const Session& begin_session(Call& call, std::string arn, std::string user_id, int seconds,
                             std::string role = {}) {
  World& world = call.world;
  Session session;
  session.credentials.access_key_id = world.ids.letters("ASIA", 16);
  session.credentials.secret_access_key = Secret(world.ids.hex(40));
  session.credentials.session_token = Secret(cat("FwoG", world.ids.letters("", 60)));
  session.arn = std::move(arn);
  session.user_id = std::move(user_id);
  session.role = std::move(role);
  session.expires = call.wall + std::chrono::seconds(seconds);
  const std::string key = session.credentials.access_key_id;
  return world.sessions.insert_or_assign(key, std::move(session)).first->second;
}

void write_credentials(Call& call, const Session& session) {
  call.out.in("Credentials", [&] {
    call.out.leaf("AccessKeyId", session.credentials.access_key_id);
    call.out.leaf("SecretAccessKey", session.credentials.secret_access_key.reveal());
    call.out.leaf("SessionToken", session.credentials.session_token.reveal());
    call.out.leaf("Expiration", iso_seconds(session.expires));
  });
}

const Role* role_by_arn(const World& world, std::string_view arn) {
  for (const auto& [key, role] : world.roles) {
    if (role.arn == arn) return &role;
  }
  return nullptr;
}

/// Whether the trust policy lets this account, or this caller, assume the role.
bool trusts(const Role& role, const Call& call, bool web_identity) {
  const auto json = nlohmann::json::parse(role.trust, nullptr, false);
  if (!json.is_object()) return false;
  const std::string text = json.value("Statement", nlohmann::json::array()).dump();
  if (text.find(web_identity ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole") ==
      std::string::npos)
    return false;
  return web_identity || text.find(call.world.options.account) != std::string::npos ||
         text.find("\"*\"") != std::string::npos;
}

void write_assumed(Call& call, const Role& role, std::string_view session_name) {
  const int seconds = static_cast<int>(call.params["DurationSeconds"].number_or(3600));
  if (seconds > role.max_session) {
    refuse("ValidationError",
           "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  const std::string user_id = cat(role.id, ":", session_name);
  const std::string arn =
      cat("arn:", call.world.options.partition, ":sts::", call.world.options.account,
          ":assumed-role/", role.name, "/", session_name);
  const Session& session = begin_session(call, arn, user_id, seconds, role.name);
  write_credentials(call, session);
  call.out.in("AssumedRoleUser", [&] {
    call.out.leaf("AssumedRoleId", user_id);
    call.out.leaf("Arn", arn);
  });
}

void assume_role(Call& call) {
  const auto arn = call.params["RoleArn"].text();
  const auto name = call.params["RoleSessionName"].text();
  check_session_name(name);
  const Role* role = role_by_arn(call.world, arn);
  if (role == nullptr || !trusts(*role, call, false)) {
    refuse("AccessDenied", cat("User: ", call.caller.arn,
                               " is not authorized to perform: "
                               "sts:AssumeRole on resource: ",
                               arn));
  }
  write_assumed(call, *role, name);
}

void assume_with_web_identity(Call& call) {
  const auto arn = call.params["RoleArn"].text();
  const auto name = call.params["RoleSessionName"].text();
  check_session_name(name);
  const Role* role = role_by_arn(call.world, arn);
  if (role == nullptr || !trusts(*role, call, true)) {
    refuse("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }
  write_assumed(call, *role, name);
  call.out.leaf("SubjectFromWebIdentityToken", "simulated-subject");
  call.out.leaf("Provider", "simulated-provider");
  call.out.leaf("Audience", "sts.amazonaws.com");
}

void session_token(Call& call) {
  const int seconds = static_cast<int>(call.params["DurationSeconds"].number_or(43200));
  write_credentials(call, begin_session(call, call.caller.arn, call.caller.user_id, seconds));
}

constexpr Action actions[] = {
    {"GetCallerIdentity", caller_identity},
    {"AssumeRole", assume_role},
    {"AssumeRoleWithWebIdentity", assume_with_web_identity},
    {"GetSessionToken", session_token},
};

}  // namespace

std::span<const std::span<const Action>> sts_actions() {
  static const std::span<const Action> lists[] = {actions};
  return lists;
}

}  // namespace albatross::sim
