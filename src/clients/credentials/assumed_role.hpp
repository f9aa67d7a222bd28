#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/credentials_provider.hpp"

#include "clients/credentials/fetch.hpp"

#include <memory>
#include <optional>
#include <string>

namespace albatross {

/// The role_* settings of a profile.
struct RoleSettings {
  std::string role_arn;
  /// Empty: "albatross-<seconds since 1970>".
  std::string session_name;
  std::string external_id;
  std::string mfa_serial;
  std::optional<int> duration_seconds;
  std::string web_identity_token_file;
  /// For people: "profile dev".
  std::string described_as;
};

/// STS AssumeRole, signed with other credentials.
class AssumedRole final : public CredentialsProvider {
 public:
  AssumedRole(SharedContext context, ApiCaller::Options sts, RoleSettings role,
              std::unique_ptr<CredentialsProvider> source);
  Task<ResolvedCredentials> resolve(Deadline deadline) override;
  void invalidate() override { source_->invalidate(); }

 private:
  SharedContext context_;
  RoleSettings role_;
  std::unique_ptr<CredentialsProvider> source_;
  ApiCaller caller_;
};

/// STS AssumeRoleWithWebIdentity: a token from a file (read anew each time) in place of a
/// signature.
class WebIdentityRole final : public CredentialsProvider {
 public:
  WebIdentityRole(SharedContext context, ApiCaller::Options sts, RoleSettings role);
  Task<ResolvedCredentials> resolve(Deadline deadline) override;

 private:
  Secret read_token() const;

  SharedContext context_;
  RoleSettings role_;
  StaticCredentials none_;
  ApiCaller caller_;
};

}  // namespace albatross
