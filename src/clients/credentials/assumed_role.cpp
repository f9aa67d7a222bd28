#include "clients/credentials/assumed_role.hpp"

#include "albatross/clients/sts.hpp"

#include "clients/text.hpp"

#include <utility>

namespace albatross {
namespace {

constexpr int web_identity_attempts = 3;

std::string session_name(const RoleSettings& role, const Clock& clock) {
  if (!role.session_name.empty()) return role.session_name;
  const auto since_1970 = clock.wall().time_since_epoch();
  return "albatross-" +
         std::to_string(std::chrono::duration_cast<std::chrono::seconds>(since_1970).count());
}

ResolvedCredentials resolved(sts::TemporaryCredentials temporary, const RoleSettings& role) {
  ResolvedCredentials result;
  result.credentials = std::move(temporary.credentials);
  result.expires_at = temporary.expiration;
  result.source = "role " + role.role_arn + " (" + role.described_as + ")";
  return result;
}

[[noreturn]] void fail(const RoleSettings& role, const ApiError& error) {
  const std::string hint = hint_for(error.details());
  throw CredentialsError("the role " + role.role_arn + " was not assumed: " + error.what() +
                         (hint.empty() ? "" : ". " + hint));
}

std::string mfa_code(const RoleSettings& role, const CredentialsContext& context) {
  if (role.mfa_serial.empty()) return {};
  if (!context.ask_mfa_code) {
    throw CredentialsError("the role " + role.role_arn + " needs a code of the MFA device " +
                           role.mfa_serial + ", and nobody can be asked for it");
  }
  return context.ask_mfa_code(role.mfa_serial);
}

}  // namespace

AssumedRole::AssumedRole(SharedContext context, ApiCaller::Options sts, RoleSettings role,
                         std::unique_ptr<CredentialsProvider> source)
    : context_(std::move(context)),
      role_(std::move(role)),
      source_(std::move(source)),
      caller_(context_->clock, context_->entropy, context_->transport, *source_, std::move(sts)) {}

Task<ResolvedCredentials> AssumedRole::resolve(Deadline deadline) {
  sts::AssumeRoleRequest request;
  request.role_arn = role_.role_arn;
  request.role_session_name = session_name(role_, context_->clock);
  request.external_id = role_.external_id;
  request.duration_seconds = role_.duration_seconds;
  request.serial_number = role_.mfa_serial;
  request.token_code = mfa_code(role_, *context_);
  sts::Client client(caller_);
  try {
    auto response = co_await client.assume_role(std::move(request), CallOptions(deadline));
    co_return resolved(std::move(response.credentials), role_);
  } catch (const ApiError& error) {
    fail(role_, error);
  }
}

WebIdentityRole::WebIdentityRole(SharedContext context, ApiCaller::Options sts, RoleSettings role)
    : context_(std::move(context)),
      role_(std::move(role)),
      none_(Credentials(), "none"),
      caller_(context_->clock, context_->entropy, context_->transport, none_, std::move(sts)) {}

Secret WebIdentityRole::read_token() const {
  std::optional<std::string> text;
  try {
    text = context_->read_file(role_.web_identity_token_file);
  } catch (const std::exception& problem) {
    throw CredentialsError("the token file cannot be read: " + std::string(problem.what()));
  }
  if (!text) {
    throw CredentialsError("the token file " + role_.web_identity_token_file + " does not exist");
  }
  Secret token{std::string(trimmed(*text))};
  if (token.empty()) {
    throw CredentialsError("the token file " + role_.web_identity_token_file + " is empty");
  }
  return token;
}

Task<ResolvedCredentials> WebIdentityRole::resolve(Deadline deadline) {
  for (int attempt = 1;; ++attempt) {
    sts::AssumeRoleWithWebIdentityRequest request;
    request.role_arn = role_.role_arn;
    request.role_session_name = session_name(role_, context_->clock);
    request.web_identity_token = read_token();
    request.duration_seconds = role_.duration_seconds;
    sts::Client client(caller_);
    try {
      auto response =
          co_await client.assume_role_with_web_identity(std::move(request), CallOptions(deadline));
      co_return resolved(std::move(response.credentials), role_);
    } catch (const ApiError& error) {
      // AWS says so too while it cannot fetch the provider's keys.
      const bool again = error.is("InvalidIdentityToken") && attempt < web_identity_attempts;
      if (!again) fail(role_, error);
    }
    const Duration pause = backoff(attempt, context_->entropy.uniform(), std::chrono::seconds{20});
    co_await context_->clock.sleep_for(pause);
  }
}

}  // namespace albatross
