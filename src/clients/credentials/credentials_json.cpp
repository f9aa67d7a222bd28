#include "clients/credentials/credentials_json.hpp"

#include "clients/iso_time.hpp"

#include <nlohmann/json.hpp>

namespace albatross {
namespace {

using nlohmann::json;

std::string text_member(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

std::string required(const json& object, const char* name) {
  std::string value = text_member(object, name);
  if (value.empty()) throw CredentialsError(std::string("the answer has no ") + name);
  return value;
}

}  // namespace

ResolvedCredentials parse_credentials_json(std::string_view text, const CredentialsMembers& members,
                                           const std::string& source) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) throw CredentialsError("the answer is not a JSON object");
  ResolvedCredentials resolved;
  resolved.source = source;
  resolved.credentials.access_key_id = required(object, "AccessKeyId");
  resolved.credentials.secret_access_key = Secret(required(object, "SecretAccessKey"));
  resolved.credentials.session_token = Secret(text_member(object, members.session_token));
  const std::string expiration = text_member(object, "Expiration");
  if (expiration.empty() && members.expiration_is_optional) return resolved;
  resolved.expires_at = wire::parse_iso_time(expiration);
  if (!resolved.expires_at) throw CredentialsError("the answer's Expiration is no time");
  return resolved;
}

}  // namespace albatross
