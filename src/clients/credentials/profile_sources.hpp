#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/config.hpp"
#include "albatross/clients/credentials_provider.hpp"

#include "clients/credentials/assumed_role.hpp"
#include "clients/credentials/fetch.hpp"
#include "clients/shared_config.hpp"

#include <memory>
#include <string>
#include <vector>

namespace albatross {

/// Makes providers out of profiles. Each function gives null when the profile has no such setting,
/// and throws ConfigError (file and line) when it is incomplete or contradicts itself.
class ProfileSources {
 public:
  ProfileSources(SharedContext context, const AwsConfig& config)
      : context_(std::move(context)), config_(config) {}

  using Provider = std::unique_ptr<CredentialsProvider>;

  /// role_arn with source_profile or credential_source.
  Provider assumed_role(const ConfigProfile& profile) const;
  /// AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file of the profile.
  Provider web_identity_of_environment() const;
  Provider web_identity(const ConfigProfile& profile) const;
  Provider sso(const ConfigProfile& profile) const;
  Provider process(const ConfigProfile& profile) const;
  Provider container() const;
  Provider instance(const ConfigProfile* profile) const;

 private:
  using Path = std::vector<std::string>;  // the profiles gone through, to find loops

  Provider assumed_role(const ConfigProfile& profile, Path path) const;
  Provider source_of(const ConfigProfile& profile, Path path) const;
  Provider named_source(const ConfigProfile& profile) const;
  Provider own_credentials(const ConfigProfile& profile) const;
  Provider kept(Provider source) const;
  ApiCaller::Options sts_options() const;

  SharedContext context_;
  const AwsConfig& config_;
};

}  // namespace albatross
