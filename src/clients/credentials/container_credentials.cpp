#include "clients/credentials/container_credentials.hpp"

#include "clients/credentials/credentials_json.hpp"
#include "clients/text.hpp"

#include <utility>

namespace albatross {
namespace {

constexpr const char* relative_variable = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr const char* full_variable = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

std::string get(const Environment& environment, const char* name) {
  return environment(name).value_or("");
}

/// Plain HTTP would show the token to the network, so it is for this machine only.
bool may_be_plain(const std::string& host) {
  const bool loopback_v4 =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
  return loopback_v4 || host == "localhost" || host == "::1" || host == "169.254.170.2" ||
         host == "169.254.170.23" || host == "fd00:ec2::23";
}

}  // namespace

bool ContainerCredentials::configured(const Environment& environment) {
  return !get(environment, relative_variable).empty() || !get(environment, full_variable).empty();
}

std::string ContainerCredentials::url() const {
  const std::string relative = get(context_->environment, relative_variable);
  if (!relative.empty()) return "http://169.254.170.2" + relative;
  return get(context_->environment, full_variable);
}

std::string ContainerCredentials::authorization() const {
  const std::string path = get(context_->environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  std::string token = get(context_->environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN");
  if (!path.empty()) {
    std::optional<std::string> text;
    try {
      text = context_->read_file(path);
    } catch (const std::exception& problem) {
      throw CredentialsError("the token file cannot be read: " + std::string(problem.what()));
    }
    if (!text) throw CredentialsError("the token file " + path + " does not exist");
    token = std::move(*text);
    if (token.ends_with('\n')) token.pop_back();
  }
  if (token.find_first_of("\r\n") != std::string::npos) {
    throw CredentialsError("the authorization token has a line break");
  }
  return token;
}

Task<ResolvedCredentials> ContainerCredentials::resolve(Deadline deadline) {
  const std::string where = url();
  http::Request request = request_to("GET", where);
  if (!request.origin.tls && !may_be_plain(request.origin.host)) {
    throw CredentialsError(std::string(full_variable) + " is " + where +
                           ": plain HTTP is for loopback and the container services only");
  }
  const std::string token = authorization();
  if (!token.empty()) request.headers.add("Authorization", token);
  request.headers.add("Accept", "application/json");
  auto response = co_await fetch(context_, std::move(request), FetchLimits(), deadline);
  if (response.status != 200) {
    throw CredentialsError(where + " answered with status " + std::to_string(response.status));
  }
  const CredentialsMembers members{"Token", false};
  co_return parse_credentials_json(response.body, members, "container credentials service");
}

}  // namespace albatross
