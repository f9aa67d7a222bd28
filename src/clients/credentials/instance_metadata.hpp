#pragma once

#include "albatross/clients/credentials_provider.hpp"

#include "clients/credentials/fetch.hpp"
#include "clients/shared_config.hpp"

#include <optional>
#include <string>

namespace albatross {

/// Where the instance metadata service is and how long it is waited for.
struct MetadataSettings {
  std::string url = "http://169.254.169.254";
  FetchLimits limits{std::chrono::seconds{1}, 1, std::chrono::seconds{1}};
};

/// From AWS_EC2_METADATA_SERVICE_ENDPOINT(_MODE), AWS_METADATA_SERVICE_TIMEOUT and
/// …_NUM_ATTEMPTS, or the profile's keys of the same names. @throws ConfigError
MetadataSettings metadata_settings(const Environment& environment, const ConfigProfile* profile);

/// EC2's instance metadata service, version 2 only (with session tokens).
class InstanceMetadata {
 public:
  InstanceMetadata(SharedContext context, MetadataSettings settings);

  /// The text at a path; nothing for status 404. @throws CredentialsError
  Task<std::optional<std::string>> get(std::string path, Deadline deadline);

 private:
  Task<> fetch_token(Deadline deadline);
  Task<http::Response> ask(std::string path, Deadline deadline);

  SharedContext context_;
  MetadataSettings settings_;
  Secret token_;
};

/// The credentials of the instance's role.
class InstanceCredentials final : public CredentialsProvider {
 public:
  InstanceCredentials(SharedContext context, MetadataSettings settings);
  Task<ResolvedCredentials> resolve(Deadline deadline) override;

 private:
  Task<ResolvedCredentials> fetch_role(Deadline deadline);

  SharedContext context_;
  InstanceMetadata metadata_;
  /// Used on, even expired, while the service has nothing newer: better than to stand still.
  std::optional<ResolvedCredentials> last_;
};

}  // namespace albatross
