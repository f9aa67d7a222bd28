#pragma once

#include "albatross/clients/config.hpp"
#include "albatross/clients/credentials_provider.hpp"

#include "clients/shared_config.hpp"

#include <memory>
#include <optional>
#include <string>

namespace albatross {

/// AWS_ACCESS_KEY_ID and its companions, read anew at every use.
class EnvironmentCredentials final : public CredentialsProvider {
 public:
  EnvironmentCredentials(Clock& clock, Environment environment)
      : clock_(clock), environment_(std::move(environment)) {}
  static bool configured(const Environment& environment);
  Task<ResolvedCredentials> resolve(Deadline deadline) override;

 private:
  Clock& clock_;
  Environment environment_;
};

/// Always the same error, for sources that are configured wrongly.
class FailingCredentials final : public CredentialsProvider {
 public:
  explicit FailingCredentials(std::string why) : why_(std::move(why)) {}
  Task<ResolvedCredentials> resolve(Deadline deadline) override;

 private:
  std::string why_;
};

/// Keys that stand in one file's part of a profile. Null when there are none.
/// @throws ConfigError when one of the two keys is missing.
std::unique_ptr<CredentialsProvider> keys_of(const ConfigSection& section,
                                             const std::string& profile);

}  // namespace albatross
