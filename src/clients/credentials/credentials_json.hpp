#pragma once

#include "albatross/clients/credentials_provider.hpp"

#include <string>
#include <string_view>

namespace albatross {

/// How a source spells the members of its JSON answer.
struct CredentialsMembers {
  const char* session_token;
  /// A member without which keys may come: then they do not expire.
  bool expiration_is_optional = false;
};

/// {"AccessKeyId", "SecretAccessKey", TOKEN, "Expiration"} to credentials. Never quotes the text.
/// @throws CredentialsError naming the member that is missing or malformed
ResolvedCredentials parse_credentials_json(std::string_view text, const CredentialsMembers& members,
                                           const std::string& source);

}  // namespace albatross
