#include "clients/credentials/instance_metadata.hpp"

#include "clients/credentials/credentials_json.hpp"
#include "clients/text.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <utility>

namespace albatross {
namespace {

constexpr const char* token_header = "X-aws-ec2-metadata-token";
constexpr const char* token_lifetime = "21600";  // seconds; the longest there is
constexpr const char* role_path = "/latest/meta-data/iam/security-credentials/";
constexpr int unauthorized = 401;
constexpr int not_found = 404;

struct Named {
  std::string text;
  std::string name;
  std::string file;
  int line = 0;
};

std::optional<Named> find(const Environment& environment, const ConfigProfile* profile,
                          const std::string& variable, const char* key) {
  const std::string text = environment(variable).value_or("");
  if (!text.empty()) return Named{text, variable, {}, 0};
  const ConfigValue* const value = profile == nullptr ? nullptr : profile->find(key);
  if (value == nullptr || value->text.empty()) return std::nullopt;
  return Named{value->text, key, value->file, value->line};
}

int positive(const Named& setting) {
  int value = 0;
  const char* const end = setting.text.data() + setting.text.size();
  const auto [stop, error] = std::from_chars(setting.text.data(), end, value);
  if (error != std::errc{} || stop != end || value < 1) {
    throw ConfigError(setting.name + " is '" + setting.text + "', expected a whole number from 1",
                      setting.file, setting.line);
  }
  return value;
}

/// Nothing newer than these: asks again in a quarter of an hour or a little later, so that many
/// instances do not ask at once. RefreshingCredentials begins to ask at two thirds of a life.
WallTime prolonged(const CredentialsContext& context) {
  const Duration pause =
      std::chrono::minutes{15} + std::chrono::seconds{120 + context.entropy.below(480)};
  return context.clock.wall() + std::chrono::duration_cast<WallTime::duration>(pause * 3 / 2);
}

void check_code(const std::string& text) {
  const auto object = nlohmann::json::parse(text, nullptr, false);
  if (!object.is_object()) throw CredentialsError("the answer is not a JSON object");
  const auto code = object.find("Code");
  if (code == object.end() || !code->is_string()) return;
  if (*code != "Success") {
    throw CredentialsError("the instance's role gives no credentials: " + code->get<std::string>());
  }
}

}  // namespace

MetadataSettings metadata_settings(const Environment& environment, const ConfigProfile* profile) {
  MetadataSettings settings;
  const auto look = [&](const char* variable, const char* key) {
    return find(environment, profile, variable, key);
  };
  if (const auto mode =
          look("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")) {
    const std::string text = lower_case(mode->text);
    if (text != "ipv4" && text != "ipv6") {
      throw ConfigError(mode->name + " is '" + mode->text + "', expected IPv4 or IPv6", mode->file,
                        mode->line);
    }
    if (text == "ipv6") settings.url = "http://[fd00:ec2::254]";
  }
  if (const auto url = look("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")) {
    settings.url = url->text;
    while (settings.url.ends_with('/'))
      settings.url.pop_back();
  }
  if (const auto timeout = look("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout")) {
    settings.limits.timeout = std::chrono::seconds{positive(*timeout)};
  }
  if (const auto attempts =
          look("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts")) {
    settings.limits.attempts = positive(*attempts);
  }
  return settings;
}

InstanceMetadata::InstanceMetadata(SharedContext context, MetadataSettings settings)
    : context_(std::move(context)), settings_(std::move(settings)) {}

Task<> InstanceMetadata::fetch_token(Deadline deadline) {
  http::Request request = request_to("PUT", settings_.url + "/latest/api/token");
  request.headers.add("X-aws-ec2-metadata-token-ttl-seconds", token_lifetime);
  auto response = co_await fetch(context_, std::move(request), settings_.limits, deadline);
  if (response.status != 200 || response.body.empty()) {
    throw CredentialsError("the instance metadata service gave no session token (status " +
                           std::to_string(response.status) +
                           "); in a container, the instance's metadata hop limit must be 2");
  }
  token_ = Secret(std::string(trimmed(response.body)));
}

Task<http::Response> InstanceMetadata::ask(std::string path, Deadline deadline) {
  http::Request request = request_to("GET", settings_.url + path);
  request.headers.add(token_header, token_.reveal());
  co_return co_await fetch(context_, std::move(request), settings_.limits, deadline);
}

Task<std::optional<std::string>> InstanceMetadata::get(std::string path, Deadline deadline) {
  const bool had_token = !token_.empty();
  if (!had_token) co_await fetch_token(deadline);
  auto response = co_await ask(path, deadline);
  if (response.status == unauthorized && had_token) {  // the token has expired
    co_await fetch_token(deadline);
    auto second = co_await ask(path, deadline);
    response = std::move(second);
  }
  if (response.status == not_found) co_return std::nullopt;
  if (response.status != 200) {
    throw CredentialsError("the instance metadata service answered with status " +
                           std::to_string(response.status));
  }
  co_return std::move(response.body);
}

InstanceCredentials::InstanceCredentials(SharedContext context, MetadataSettings settings)
    : context_(context), metadata_(std::move(context), std::move(settings)) {}

Task<ResolvedCredentials> InstanceCredentials::fetch_role(Deadline deadline) {
  auto roles = co_await metadata_.get(role_path, deadline);
  const std::string_view first_line =
      roles ? trimmed(std::string_view(*roles).substr(0, roles->find('\n'))) : std::string_view();
  if (first_line.empty()) throw CredentialsError("the instance has no role");
  const std::string role(first_line);
  auto text = co_await metadata_.get(role_path + role, deadline);
  if (!text) throw CredentialsError("the instance's role " + role + " has no credentials yet");
  check_code(*text);
  const CredentialsMembers members{"Token", false};
  co_return parse_credentials_json(*text, members, "instance role " + role);
}

Task<ResolvedCredentials> InstanceCredentials::resolve(Deadline deadline) {
  std::string problem;
  try {
    auto fetched = co_await fetch_role(deadline);
    last_ = std::move(fetched);
  } catch (const CredentialsError& error) {
    problem = error.what();
  }
  if (!problem.empty() && !last_) throw CredentialsError(problem);
  ResolvedCredentials result = *last_;
  const bool nothing_newer = !problem.empty() || *result.expires_at <= context_->clock.wall();
  if (nothing_newer) result.expires_at = prolonged(*context_);
  co_return result;
}

}  // namespace albatross
