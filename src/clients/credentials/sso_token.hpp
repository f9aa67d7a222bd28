#pragma once

#include "albatross/sigv4/credentials.hpp"

#include "clients/credentials/fetch.hpp"

#include <optional>
#include <string>

namespace albatross {

/// The sso_* settings of a profile and its sso-session.
struct SsoSettings {
  /// Empty for the older form without a session.
  std::string session;
  std::string start_url;
  std::string region;
  std::string account_id;
  std::string role_name;
  std::string profile;
  /// Where the two services are.
  std::string portal_url;
  std::string oidc_url;
};

/// The access token that `aws sso login` has left in ~/.aws/sso/cache, refreshed when it is about
/// to expire and can be.
class SsoToken {
 public:
  SsoToken(SharedContext context, SsoSettings settings);

  /// @throws CredentialsError that asks for a login when there is no valid token
  Task<Secret> get(Deadline deadline);

  /// The text of every error that a new login would mend.
  [[noreturn]] void ask_for_login(const std::string& why) const;

 private:
  struct Stored;
  Stored read() const;
  Task<std::optional<Secret>> refresh(std::string stored, Deadline deadline);
  std::optional<Secret> store(const std::string& stored, const std::string& answer) const;

  SharedContext context_;
  SsoSettings settings_;
  std::string path_;
};

/// Where the token of a session (or, without one, of a start URL) is kept.
std::string sso_token_path(const std::string& home, const SsoSettings& settings);

}  // namespace albatross
