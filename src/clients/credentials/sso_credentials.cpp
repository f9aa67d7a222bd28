#include "clients/credentials/sso_credentials.hpp"

#include "clients/percent.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace albatross {
namespace {

constexpr int unauthorized = 401;
constexpr int forbidden = 403;
constexpr int not_found = 404;

}  // namespace

SsoCredentials::SsoCredentials(SharedContext context, SsoSettings settings)
    : context_(context), settings_(settings), token_(std::move(context), std::move(settings)) {}

ResolvedCredentials SsoCredentials::parse(const std::string& body) const {
  const auto object = nlohmann::json::parse(body, nullptr, false);
  const auto keys =
      object.is_object() ? object.value("roleCredentials", nlohmann::json()) : nlohmann::json();
  if (!keys.is_object()) throw CredentialsError("the SSO service's answer has no credentials");
  const auto text = [&](const char* name) {
    const auto member = keys.find(name);
    if (member == keys.end() || !member->is_string() || member->get<std::string>().empty()) {
      throw CredentialsError(std::string("the SSO service's answer has no ") + name);
    }
    return member->get<std::string>();
  };
  ResolvedCredentials resolved;
  resolved.credentials.access_key_id = text("accessKeyId");
  resolved.credentials.secret_access_key = Secret(text("secretAccessKey"));
  resolved.credentials.session_token = Secret(text("sessionToken"));
  const auto expiration = keys.find("expiration");
  if (expiration == keys.end() || !expiration->is_number_integer()) {
    throw CredentialsError("the SSO service's answer has no expiration");
  }
  resolved.expires_at = WallTime{std::chrono::milliseconds{expiration->get<std::int64_t>()}};
  resolved.source = "SSO role " + settings_.role_name + " of account " + settings_.account_id;
  return resolved;
}

Task<ResolvedCredentials> SsoCredentials::resolve(Deadline deadline) {
  auto token = co_await token_.get(deadline);
  http::Request request = request_to(
      "GET", settings_.portal_url +
                 "/federation/credentials?role_name=" + wire::percent_encode(settings_.role_name) +
                 "&account_id=" + wire::percent_encode(settings_.account_id));
  request.headers.add("x-amz-sso_bearer_token", token.reveal());
  const FetchLimits limits{std::chrono::seconds{10}, 3, std::chrono::seconds{1}};
  auto response = co_await fetch(context_, std::move(request), limits, deadline);
  if (response.status == unauthorized) token_.ask_for_login("the SSO login is not accepted");
  if (response.status == forbidden || response.status == not_found) {
    throw CredentialsError("SSO gives no access to the role " + settings_.role_name +
                           " of account " + settings_.account_id);
  }
  if (response.status != 200) {
    throw CredentialsError("the SSO service answered with status " +
                           std::to_string(response.status));
  }
  co_return parse(response.body);
}

}  // namespace albatross
