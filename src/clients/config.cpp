#include "albatross/clients/config.hpp"

#include "clients/config_parser.hpp"
#include "clients/shared_config.hpp"
#include "clients/text.hpp"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace albatross {
namespace {

constexpr int legacy_attempts = 5;

std::string with_place(const std::string& message, const std::string& file, int line) {
  if (file.empty()) return message;
  return file + (line > 0 ? ":" + std::to_string(line) : "") + ": " + message;
}

/// A setting with the place it comes from.
struct Setting {
  std::string text;
  /// "AWS_MAX_ATTEMPTS" or the config key.
  std::string name;
  std::string file;
  int line = 0;

  [[noreturn]] void refuse(const std::string& expected) const {
    throw ConfigError(name + " is '" + text + "', expected " + expected, file, line);
  }
};

std::string home_path(const Environment& environment, std::string path) {
  if (path != "~" && !path.starts_with("~/")) return path;
  const std::string home = environment("HOME").value_or("");
  return home.empty() ? std::string{} : home + path.substr(1);
}

std::optional<std::string> read(const FileReader& read_file, const std::string& path) {
  if (path.empty()) return std::nullopt;
  try {
    return read_file(path);
  } catch (const std::exception& problem) {
    throw ConfigError(problem.what(), path);
  }
}

std::shared_ptr<const SharedConfig> read_files(const Environment& environment,
                                               const FileReader& read_file) {
  const auto path = [&](const char* variable, const char* fallback) {
    const std::string given = environment(variable).value_or("");
    return home_path(environment, given.empty() ? fallback : given);
  };
  auto files = std::make_shared<SharedConfig>();
  files->config_path = path("AWS_CONFIG_FILE", "~/.aws/config");
  files->credentials_path = path("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials");
  if (const auto text = read(read_file, files->config_path)) {
    files->config_exists = true;
    add_config_file(*files, parse_config_file(*text, files->config_path));
  }
  if (const auto text = read(read_file, files->credentials_path)) {
    files->credentials_exist = true;
    add_credentials_file(*files, parse_config_file(*text, files->credentials_path));
  }
  return files;
}

/// Looks settings up: environment first, then the profile.
class Settings {
 public:
  Settings(const Environment& environment, const ConfigProfile* profile)
      : environment_(environment), profile_(profile) {}

  std::optional<Setting> variable(const std::string& name) const {
    const auto value = environment_(name);
    if (!value || value->empty()) return std::nullopt;
    return Setting{*value, name, {}, 0};
  }

  std::optional<Setting> key(std::string_view name) const {
    const ConfigValue* const value = profile_ == nullptr ? nullptr : profile_->find(name);
    if (value == nullptr || value->text.empty()) return std::nullopt;
    return Setting{value->text, std::string(name), value->file, value->line};
  }

  std::optional<Setting> find(const std::string& variable_name, std::string_view key_name) const {
    auto found = variable(variable_name);
    return found ? found : key(key_name);
  }

  bool flag(const std::string& variable_name, std::string_view key_name) const {
    const auto setting = find(variable_name, key_name);
    if (!setting) return false;
    const std::string text = lower_case(setting->text);
    if (text != "true" && text != "false") setting->refuse("true or false");
    return text == "true";
  }

 private:
  const Environment& environment_;
  const ConfigProfile* profile_;
};

void choose_profile(AwsConfig& config, const Environment& environment,
                    const ConfigOverrides& overrides) {
  std::string named_by = "--profile";
  config.profile = overrides.profile;
  config.profile_is_explicit = !config.profile.empty();
  for (const char* variable : {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}) {
    if (!config.profile.empty()) break;
    config.profile = environment(variable).value_or("");
    named_by = variable;
  }
  if (config.profile.empty()) {
    config.profile = "default";
  } else if (config.files->find_profile(config.profile) == nullptr) {
    throw ConfigError("there is no profile '" + config.profile + "' (" + named_by + ") in " +
                      config.files->config_path + " or " + config.files->credentials_path);
  }
}

/// The URLs of the [services NAME] section that the profile refers to.
std::map<Service, std::string> urls_of_services_section(const SharedConfig& files,
                                                        const Settings& settings) {
  std::map<Service, std::string> urls;
  const auto name = settings.key("services");
  if (!name) return urls;
  const auto section = files.services.find(name->text);
  if (section == files.services.end()) {
    throw ConfigError("there is no section [services " + name->text + "]", name->file, name->line);
  }
  for (const Service service : all_services()) {
    const std::string key = lower_case(info(service).environment_id);
    const ConfigValue* const url = section->second.find(key, "endpoint_url");
    if (url != nullptr && !url->text.empty()) urls[service] = url->text;
  }
  return urls;
}

void choose_urls(AwsConfig& config, const Settings& settings, const ConfigOverrides& overrides) {
  EndpointOptions& endpoints = config.endpoints;
  endpoints.url = overrides.endpoint_url;
  endpoints.service_urls = overrides.service_urls;
  const bool ignored =
      settings.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");
  if (ignored || !endpoints.url.empty()) return;
  for (const Service service : all_services()) {
    const auto url =
        settings.variable("AWS_ENDPOINT_URL_" + std::string(info(service).environment_id));
    if (url) endpoints.service_urls.emplace(service, url->text);
  }
  if (const auto url = settings.variable("AWS_ENDPOINT_URL")) {
    endpoints.url = url->text;  // stronger than anything in the files
    return;
  }
  endpoints.service_urls.merge(urls_of_services_section(*config.files, settings));
  if (const auto url = settings.key("endpoint_url")) endpoints.url = url->text;
}

void choose_retry(RetryOptions& retry, const Settings& settings, const ConfigOverrides& overrides) {
  if (overrides.retry_mode) {
    retry.mode = *overrides.retry_mode;
  } else if (const auto mode = settings.find("AWS_RETRY_MODE", "retry_mode")) {
    const std::string text = lower_case(mode->text);
    if (text != "standard" && text != "adaptive" && text != "legacy") {
      mode->refuse("standard, adaptive or legacy");
    }
    retry.mode = text == "adaptive" ? RetryMode::adaptive : RetryMode::standard;
    // The legacy mode differs from the standard one in little more than this.
    if (text == "legacy") retry.max_attempts = legacy_attempts;
  }
  if (overrides.max_attempts) {
    retry.max_attempts = *overrides.max_attempts;
  } else if (const auto attempts = settings.find("AWS_MAX_ATTEMPTS", "max_attempts")) {
    const std::string& text = attempts->text;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 1) {
      attempts->refuse("a whole number from 1");
    }
    retry.max_attempts = value;
  }
}

/// Says now what every call would say later.
void check_endpoints(const AwsConfig& config) {
  if (config.region.empty()) return;
  for (const Service service : all_services()) {
    try {
      resolve_endpoint(service, config.region, config.endpoints);
    } catch (const std::invalid_argument& problem) {
      throw ConfigError(problem.what());
    }
  }
}

}  // namespace

ConfigError::ConfigError(const std::string& message, std::string file, int line)
    : std::runtime_error(with_place(message, file, line)), file_(std::move(file)), line_(line) {}

AwsConfig load_aws_config(const Environment& environment, const FileReader& read_file,
                          const ConfigOverrides& overrides) {
  AwsConfig config;
  config.files = read_files(environment, read_file);
  choose_profile(config, environment, overrides);
  const Settings settings(environment, config.files->find_profile(config.profile));

  config.region = overrides.region;
  for (const char* variable : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (!config.region.empty()) break;
    if (const auto region = settings.variable(variable)) config.region = region->text;
  }
  if (config.region.empty()) {
    if (const auto region = settings.key("region")) config.region = region->text;
  }
  EndpointOptions& endpoints = config.endpoints;
  endpoints.use_fips = overrides.use_fips
                           ? *overrides.use_fips
                           : settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
  endpoints.use_dual_stack = overrides.use_dual_stack ? *overrides.use_dual_stack
                                                      : settings.flag("AWS_USE_DUALSTACK_ENDPOINT",
                                                                      "use_dualstack_endpoint");
  choose_urls(config, settings, overrides);
  choose_retry(config.retry, settings, overrides);
  config.ca_bundle = overrides.ca_bundle;
  if (config.ca_bundle.empty()) {
    auto bundle = settings.find("AWS_CA_BUNDLE", "ca_bundle");
    if (!bundle) bundle = settings.variable("REQUESTS_CA_BUNDLE");
    if (bundle) config.ca_bundle = home_path(environment, bundle->text);
  }
  check_endpoints(config);
  return config;
}

}  // namespace albatross
