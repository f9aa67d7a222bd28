// ~/.aws/config and ~/.aws/credentials, by anybody's hand: every setting is settled, or refused
// with the place.
#include "albatross/clients/config.hpp"

#include "support.hpp"

#include <optional>
#include <string>

namespace {

using namespace albatross;

/// Reads `text` as one of the two files, the other being there and empty.
void load(std::string_view text, const std::string& as, const std::string& profile) {
  const auto environment = [&](const std::string& name) -> std::optional<std::string> {
    if (name == "AWS_CONFIG_FILE") return "/config";
    if (name == "AWS_SHARED_CREDENTIALS_FILE") return "/credentials";
    return std::nullopt;
  };
  const auto read_file = [&](const std::string& path) -> std::optional<std::string> {
    return path == as ? std::string(text) : std::string();
  };
  ConfigOverrides overrides;
  overrides.profile = profile;
  try {
    const AwsConfig config = load_aws_config(environment, read_file, overrides);
    fuzz::require(config.files != nullptr, "no files");
    fuzz::require(config.retry.max_attempts >= 1, "no attempts");
  } catch (const ConfigError& error) {
    fuzz::require(*error.what() != '\0', "an error without words");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  load(text, "/config", "");
  load(text, "/config", "a");
  load(text, "/credentials", "");
  return 0;
}
