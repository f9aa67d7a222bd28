#pragma once

#include "albatross/clients/credentials_provider.hpp"

#include "clients/credentials/sso_token.hpp"

namespace albatross {

/// The role of an account, by IAM Identity Center.
class SsoCredentials final : public CredentialsProvider {
 public:
  SsoCredentials(SharedContext context, SsoSettings settings);
  Task<ResolvedCredentials> resolve(Deadline deadline) override;

 private:
  ResolvedCredentials parse(const std::string& body) const;

  SharedContext context_;
  SsoSettings settings_;
  SsoToken token_;
};

}  // namespace albatross
