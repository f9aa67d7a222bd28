#include "clients/credentials/profile_sources.hpp"

#include "clients/credentials/container_credentials.hpp"
#include "clients/credentials/instance_metadata.hpp"
#include "clients/credentials/process_credentials.hpp"
#include "clients/credentials/refreshing_credentials.hpp"
#include "clients/credentials/sso_credentials.hpp"
#include "clients/credentials/static_sources.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace albatross {
namespace {

constexpr int shortest_session = 900;
constexpr int longest_session = 43'200;

[[noreturn]] void refuse(const ConfigValue& at, const std::string& message) {
  throw ConfigError(message, at.file, at.line);
}

std::optional<int> duration_of(const ConfigProfile& profile) {
  const ConfigValue* const setting = profile.find("duration_seconds");
  if (setting == nullptr || setting->text.empty()) return std::nullopt;
  int seconds = 0;
  const char* const end = setting->text.data() + setting->text.size();
  const auto [stop, error] = std::from_chars(setting->text.data(), end, seconds);
  if (error != std::errc{} || stop != end || seconds < shortest_session ||
      seconds > longest_session) {
    refuse(*setting, "duration_seconds is '" + setting->text +
                         "', expected a whole number from 900 to 43200");
  }
  return seconds;
}

RoleSettings role_of(const ConfigProfile& profile) {
  RoleSettings role;
  role.role_arn = profile.get("role_arn");
  role.session_name = profile.get("role_session_name");
  role.external_id = profile.get("external_id");
  role.mfa_serial = profile.get("mfa_serial");
  role.duration_seconds = duration_of(profile);
  role.web_identity_token_file = profile.get("web_identity_token_file");
  role.described_as = "profile " + profile.name;
  return role;
}

bool wants_assumed_role(const ConfigProfile& profile) {
  return !profile.get("role_arn").empty() && profile.get("web_identity_token_file").empty();
}

bool has_keys(const ConfigProfile& profile) {
  return profile.find("aws_access_key_id") != nullptr &&
         profile.find("aws_secret_access_key") != nullptr;
}

std::string arrows(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : " -> ") + name;
  return text;
}

/// The member `key` of the profile or, when it has one, of its sso-session.
std::string sso_member(const ConfigProfile& profile, const ConfigSection* session,
                       const char* key) {
  const ConfigValue* const value =
      session != nullptr && session->find(key) != nullptr ? session->find(key) : profile.find(key);
  if (value != nullptr && !value->text.empty()) return value->text;
  const ConfigSection& where = session != nullptr ? *session : profile.config;
  throw ConfigError("SSO of profile '" + profile.name + "' lacks " + key, where.file, where.line);
}

}  // namespace

ProfileSources::Provider ProfileSources::kept(Provider source) const {
  return std::make_unique<RefreshingCredentials>(context_->clock, std::move(source));
}

ApiCaller::Options ProfileSources::sts_options() const {
  ApiCaller::Options options;
  options.region = config_.region.empty() ? "us-east-1" : config_.region;
  options.endpoints = config_.endpoints;
  options.retry = config_.retry;
  return options;
}

ProfileSources::Provider ProfileSources::assumed_role(const ConfigProfile& profile) const {
  if (!wants_assumed_role(profile)) return nullptr;
  return assumed_role(profile, {profile.name});
}

ProfileSources::Provider ProfileSources::assumed_role(const ConfigProfile& profile,
                                                      Path path) const {
  const ConfigValue* const source_profile = profile.find("source_profile");
  const ConfigValue* const credential_source = profile.find("credential_source");
  if ((source_profile != nullptr) == (credential_source != nullptr)) {
    refuse(*profile.find("role_arn"),
           "profile '" + profile.name + "' needs " +
               (source_profile == nullptr ? "source_profile or credential_source"
                                          : "only one of source_profile and credential_source"));
  }
  Provider source =
      credential_source != nullptr ? named_source(profile) : source_of(profile, std::move(path));
  return kept(
      std::make_unique<AssumedRole>(context_, sts_options(), role_of(profile), std::move(source)));
}

ProfileSources::Provider ProfileSources::named_source(const ConfigProfile& profile) const {
  const ConfigValue& source = *profile.find("credential_source");
  if (source.text == "Environment") {
    return std::make_unique<EnvironmentCredentials>(context_->clock, context_->environment);
  }
  if (source.text == "EcsContainer") {
    if (Provider found = container()) return found;
    refuse(source, "credential_source is EcsContainer, but this is no container of ECS or EKS");
  }
  if (source.text == "Ec2InstanceMetadata") return instance(&profile);
  refuse(source, "credential_source is '" + source.text +
                     "', expected Environment, EcsContainer or Ec2InstanceMetadata");
}

/// What signs for the role of `profile`: its source_profile, which may itself assume a role.
ProfileSources::Provider ProfileSources::source_of(const ConfigProfile& profile, Path path) const {
  const ConfigValue& setting = *profile.find("source_profile");
  const ConfigProfile* const source = config_.files->find_profile(setting.text);
  if (source == nullptr) refuse(setting, "there is no profile '" + setting.text + "'");
  if (has_keys(*source) || !wants_assumed_role(*source)) {
    if (Provider found = own_credentials(*source)) return found;
    refuse(setting, "profile '" + setting.text + "' has no credentials");
  }
  const bool seen = std::find(path.begin(), path.end(), setting.text) != path.end();
  path.push_back(setting.text);
  if (seen) refuse(setting, "the profiles assume each other's roles: " + arrows(path));
  return assumed_role(*source, std::move(path));
}

/// Credentials of a profile that are not those of an assumed role.
ProfileSources::Provider ProfileSources::own_credentials(const ConfigProfile& profile) const {
  if (Provider found = web_identity(profile)) return found;
  if (Provider found = sso(profile)) return found;
  if (Provider found = keys_of(profile.credentials, profile.name)) return found;
  if (Provider found = process(profile)) return found;
  return keys_of(profile.config, profile.name);
}

ProfileSources::Provider ProfileSources::web_identity_of_environment() const {
  const auto get = [this](const char* name) { return context_->environment(name).value_or(""); };
  RoleSettings role;
  role.web_identity_token_file = get("AWS_WEB_IDENTITY_TOKEN_FILE");
  role.role_arn = get("AWS_ROLE_ARN");
  role.session_name = get("AWS_ROLE_SESSION_NAME");
  role.described_as = "web identity of the environment";
  if (role.web_identity_token_file.empty()) return nullptr;
  if (role.role_arn.empty()) {
    throw ConfigError("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not");
  }
  return kept(std::make_unique<WebIdentityRole>(context_, sts_options(), std::move(role)));
}

ProfileSources::Provider ProfileSources::web_identity(const ConfigProfile& profile) const {
  const ConfigValue* const file = profile.find("web_identity_token_file");
  if (file == nullptr || file->text.empty()) return nullptr;
  if (profile.get("role_arn").empty()) {
    refuse(*file, "profile '" + profile.name + "' has web_identity_token_file, but no role_arn");
  }
  return kept(std::make_unique<WebIdentityRole>(context_, sts_options(), role_of(profile)));
}

ProfileSources::Provider ProfileSources::sso(const ConfigProfile& profile) const {
  const ConfigValue* const session_name = profile.find("sso_session");
  if (session_name == nullptr && profile.find("sso_start_url") == nullptr) return nullptr;
  const ConfigSection* session = nullptr;
  SsoSettings settings;
  if (session_name != nullptr) {
    const auto found = config_.files->sso_sessions.find(session_name->text);
    if (found == config_.files->sso_sessions.end()) {
      refuse(*session_name, "there is no section [sso-session " + session_name->text + "]");
    }
    session = &found->second;
    settings.session = session_name->text;
  }
  settings.start_url = sso_member(profile, session, "sso_start_url");
  settings.region = sso_member(profile, session, "sso_region");
  settings.account_id = sso_member(profile, nullptr, "sso_account_id");
  settings.role_name = sso_member(profile, nullptr, "sso_role_name");
  settings.profile = profile.name;
  const auto url = [&](const char* variable, const std::string& host) {
    const std::string own = context_->environment(variable).value_or("");
    if (!own.empty()) return own;
    if (!config_.endpoints.url.empty()) return config_.endpoints.url;
    const std::string suffix(partition_of(settings.region).dns_suffix);
    return "https://" + host + "." + settings.region + "." + suffix;
  };
  settings.portal_url = url("AWS_ENDPOINT_URL_SSO", "portal.sso");
  settings.oidc_url = url("AWS_ENDPOINT_URL_SSO_OIDC", "oidc");
  return kept(std::make_unique<SsoCredentials>(context_, std::move(settings)));
}

ProfileSources::Provider ProfileSources::process(const ConfigProfile& profile) const {
  const std::string command = profile.get("credential_process");
  if (command.empty()) return nullptr;
  return kept(std::make_unique<ProcessCredentials>(
      context_, command, "credential_process of profile " + profile.name));
}

ProfileSources::Provider ProfileSources::container() const {
  if (!ContainerCredentials::configured(context_->environment)) return nullptr;
  return kept(std::make_unique<ContainerCredentials>(context_));
}

ProfileSources::Provider ProfileSources::instance(const ConfigProfile* profile) const {
  return kept(std::make_unique<InstanceCredentials>(
      context_, metadata_settings(context_->environment, profile)));
}

}  // namespace albatross
