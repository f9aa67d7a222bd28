#pragma once

#include "albatross/clients/config.hpp"
#include "albatross/clients/credentials_provider.hpp"
#include "albatross/clients/process.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/entropy.hpp"

#include <functional>
#include <memory>
#include <string>

namespace albatross {

/// Replaces a file as a whole (never half-written), readable by its owner only.
/// Throws std::runtime_error.
using PrivateFileWriter = std::function<void(const std::string& path, const std::string& content)>;
/// Writes this machine's files, with mode 0600.
PrivateFileWriter system_private_file_writer();

/// What the sources of credentials reach of the world: each part can be replaced in tests, or
/// taken away by an embedder (an empty function).
struct CredentialsContext {
  /// The machine's own environment, files and processes. The references must outlive the provider.
  CredentialsContext(Clock& the_clock, Entropy& the_entropy, http::Transport& the_transport);

  Clock& clock;
  Entropy& entropy;
  /// For STS, SSO and the metadata services. Those of container and instance must not be reached
  /// through a proxy.
  http::Transport& transport;
  Environment environment;
  FileReader read_file;
  /// Refreshed SSO tokens are stored with it.
  PrivateFileWriter write_private_file;
  /// Runs credential_process.
  ProcessRunner run_process;
  /// Asks the user for the current code of an MFA device, by the device's serial number or ARN.
  /// Empty: roles that need one cannot be assumed.
  std::function<std::string(const std::string& serial)> ask_mfa_code;
};

/// AWS's default chain, in the AWS CLI's order: environment, assumed role of the profile, web
/// identity, SSO, credentials file, credential_process, config file, container, instance metadata.
/// The first source that is configured is used, and only it; if it fails, or there is none, the
/// error says of each source why it gave nothing. Temporary credentials are kept, refreshed ahead
/// of their expiry, and fetched once however many calls wait for them.
std::unique_ptr<CredentialsProvider> make_default_credentials(CredentialsContext context,
                                                              AwsConfig config);

/// The region of the EC2 instance this runs on, by its metadata service: the last place to look
/// when nothing else names a region. Empty when there is no such service, or it is disabled.
/// @throws ConfigError for metadata settings that make no sense
Task<std::string> find_instance_region(CredentialsContext context, AwsConfig config,
                                       Deadline deadline);

}  // namespace albatross
