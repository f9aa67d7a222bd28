#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace albatross {

/// A value and where it stands, for error messages.
struct ConfigValue {
  std::string text;
  std::string file;
  int line = 0;
};

/// `key = value` lines; keys in lower case. A key with indented lines below it has `nested`.
struct ConfigSection {
  std::map<std::string, ConfigValue, std::less<>> values;
  std::map<std::string, std::map<std::string, ConfigValue, std::less<>>, std::less<>> nested;
  std::string file;
  int line = 0;

  const ConfigValue* find(std::string_view key) const;
  const ConfigValue* find(std::string_view key, std::string_view nested_key) const;
};

/// One profile out of both files.
struct ConfigProfile {
  std::string name;
  ConfigSection config;
  ConfigSection credentials;

  /// The credentials file is stronger.
  const ConfigValue* find(std::string_view key) const;
  /// Empty when absent.
  std::string get(std::string_view key) const;
};

using ConfigSections = std::map<std::string, ConfigSection, std::less<>>;

/// ~/.aws/config and ~/.aws/credentials, parsed. Immutable.
class SharedConfig {
 public:
  std::map<std::string, ConfigProfile, std::less<>> profiles;
  ConfigSections sso_sessions;
  ConfigSections services;
  /// Where they were looked for, and whether they are there.
  std::string config_path;
  std::string credentials_path;
  bool config_exists = false;
  bool credentials_exist = false;

  const ConfigProfile* find_profile(std::string_view name) const;
};

}  // namespace albatross
