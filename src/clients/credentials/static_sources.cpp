#include "clients/credentials/static_sources.hpp"

#include "clients/iso_time.hpp"

#include <utility>

namespace albatross {
namespace {

std::string get(const Environment& environment, const char* name) {
  return environment(name).value_or("");
}

std::string get(const ConfigSection& section, const char* key) {
  const ConfigValue* const value = section.find(key);
  return value == nullptr ? std::string{} : value->text;
}

}  // namespace

bool EnvironmentCredentials::configured(const Environment& environment) {
  return !get(environment, "AWS_ACCESS_KEY_ID").empty() ||
         !get(environment, "AWS_SECRET_ACCESS_KEY").empty();
}

Task<ResolvedCredentials> EnvironmentCredentials::resolve(Deadline /*deadline*/) {
  for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}) {
    if (get(environment_, name).empty()) {
      throw CredentialsError(std::string(name) + " is not set, though its companion is");
    }
  }
  ResolvedCredentials resolved;
  resolved.source = "environment";
  resolved.credentials.access_key_id = get(environment_, "AWS_ACCESS_KEY_ID");
  resolved.credentials.secret_access_key = Secret(get(environment_, "AWS_SECRET_ACCESS_KEY"));
  std::string token = get(environment_, "AWS_SESSION_TOKEN");
  if (token.empty()) token = get(environment_, "AWS_SECURITY_TOKEN");  // its former name
  resolved.credentials.session_token = Secret(std::move(token));
  const std::string expiry = get(environment_, "AWS_CREDENTIAL_EXPIRATION");
  if (!expiry.empty()) {
    resolved.expires_at = wire::parse_iso_time(expiry);
    if (!resolved.expires_at) {
      throw CredentialsError("AWS_CREDENTIAL_EXPIRATION is no time: '" + expiry + "'");
    }
    if (*resolved.expires_at <= clock_.wall()) {
      throw CredentialsError("they expired at " + expiry + " (AWS_CREDENTIAL_EXPIRATION)");
    }
  }
  co_return resolved;
}

Task<ResolvedCredentials> FailingCredentials::resolve(Deadline /*deadline*/) {
  throw CredentialsError(why_);
  co_return ResolvedCredentials();
}

std::unique_ptr<CredentialsProvider> keys_of(const ConfigSection& section,
                                             const std::string& profile) {
  Credentials credentials;
  credentials.access_key_id = get(section, "aws_access_key_id");
  credentials.secret_access_key = Secret(get(section, "aws_secret_access_key"));
  credentials.session_token = Secret(get(section, "aws_session_token"));
  const bool has_id = !credentials.access_key_id.empty();
  const bool has_secret = !credentials.secret_access_key.empty();
  if (!has_id && !has_secret) return nullptr;
  if (!has_id || !has_secret) {
    throw ConfigError("profile '" + profile + "' has no " +
                          (has_id ? "aws_secret_access_key" : "aws_access_key_id"),
                      section.file, section.line);
  }
  return std::make_unique<StaticCredentials>(std::move(credentials),
                                             "profile " + profile + " in " + section.file);
}

}  // namespace albatross
