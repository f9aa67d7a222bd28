#pragma once

#include "albatross/clients/endpoints.hpp"
#include "albatross/clients/retry.hpp"
#include "albatross/clients/service.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

/// Where region, endpoints, retry mode and profile come from, in AWS's order: what the caller
/// overrides (flags), the environment, the shared credentials and config files, defaults.
/// Source: AWS SDKs and Tools Reference Guide, "Settings reference" and "Shared config and
/// credentials files".
namespace albatross {

/// The value of an environment variable; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
/// The process's own environment.
Environment system_environment();

/// The content of a file; nothing when it does not exist. Throws std::runtime_error when it exists
/// and cannot be read.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;
/// Reads this machine's files.
FileReader system_file_reader();

/// A setting makes no sense. what() begins with "file:line: " where there is a file.
class ConfigError : public std::runtime_error {
 public:
  /// The place goes in front of the message where there is one.
  ConfigError(const std::string& message, std::string file = {}, int line = 0);
  /// Empty for the environment and for flags; line 0 when no line is meant.
  const std::string& file() const { return file_; }
  /// Line of the file, from 1; 0 when none is meant.
  int line() const { return line_; }

 private:
  std::string file_;
  int line_;
};

/// What flags say; empty or absent members leave the choice to environment and files.
struct ConfigOverrides {
  ConfigOverrides() {}
  std::string profile;
  std::string region;
  std::string endpoint_url;
  std::map<Service, std::string> service_urls;
  std::optional<bool> use_fips;
  std::optional<bool> use_dual_stack;
  std::optional<RetryMode> retry_mode;
  std::optional<int> max_attempts;
  std::string ca_bundle;
};

/// The parsed shared files (private to this layer: src/clients/shared_config.hpp).
class SharedConfig;

/// Every setting, settled.
struct AwsConfig {
  /// The profile in force: "default" unless somebody says otherwise.
  std::string profile;
  /// A flag named the profile: keys in the environment then do not count.
  bool profile_is_explicit = false;
  /// Empty when nothing names a region.
  std::string region;
  EndpointOptions endpoints;
  RetryOptions retry;
  /// PEM file of trusted roots instead of the system's; usually empty.
  std::string ca_bundle;
  /// Never null; read once.
  std::shared_ptr<const SharedConfig> files;
};

/// Reads the shared files (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, else those in ~/.aws) and
/// settles every setting.
/// @throws ConfigError for a file that cannot be read or understood, a named profile that does not
/// exist, a value that makes no sense.
AwsConfig load_aws_config(const Environment& environment, const FileReader& read_file,
                          const ConfigOverrides& overrides = ConfigOverrides());

}  // namespace albatross
