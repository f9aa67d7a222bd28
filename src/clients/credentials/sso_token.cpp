#include "clients/credentials/sso_token.hpp"

#include "albatross/clients/credentials_provider.hpp"

#include "clients/iso_time.hpp"
#include "clients/sha1.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <utility>

namespace albatross {
namespace {

using nlohmann::json;

constexpr std::chrono::minutes refresh_window{15};

std::string text_member(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

std::string iso_time(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

}  // namespace

struct SsoToken::Stored {
  std::string text;
  std::string access_token;
  std::optional<WallTime> expires_at;
  bool can_be_refreshed = false;
};

std::string sso_token_path(const std::string& home, const SsoSettings& settings) {
  const std::string& name = settings.session.empty() ? settings.start_url : settings.session;
  return home + "/.aws/sso/cache/" + sha1_hex(name) + ".json";
}

SsoToken::SsoToken(SharedContext context, SsoSettings settings)
    : context_(std::move(context)),
      settings_(std::move(settings)),
      path_(sso_token_path(context_->environment("HOME").value_or(""), settings_)) {}

void SsoToken::ask_for_login(const std::string& why) const {
  throw CredentialsError(why + ": run 'aws sso login" +
                         (settings_.profile == "default" ? "" : " --profile " + settings_.profile) +
                         "'");
}

SsoToken::Stored SsoToken::read() const {
  std::optional<std::string> text;
  try {
    text = context_->read_file(path_);
  } catch (const std::exception& problem) {
    throw CredentialsError("the SSO token cannot be read: " + std::string(problem.what()));
  }
  if (!text) ask_for_login("there is no SSO login");
  const json object = json::parse(*text, nullptr, false);
  if (!object.is_object()) ask_for_login("the stored SSO login " + path_ + " is damaged");
  Stored stored;
  stored.access_token = text_member(object, "accessToken");
  stored.expires_at = wire::parse_iso_time(text_member(object, "expiresAt"));
  const auto registered_until = wire::parse_iso_time(text_member(object, "registrationExpiresAt"));
  stored.can_be_refreshed =
      !settings_.session.empty() && !text_member(object, "refreshToken").empty() &&
      !text_member(object, "clientId").empty() && !text_member(object, "clientSecret").empty() &&
      (!registered_until || *registered_until > context_->clock.wall());
  stored.text = std::move(*text);
  return stored;
}

Task<Secret> SsoToken::get(Deadline deadline) {
  Stored stored = read();
  const WallTime now = context_->clock.wall();
  const bool valid = !stored.access_token.empty() && stored.expires_at && *stored.expires_at > now;
  const bool lasting = valid && *stored.expires_at - now > refresh_window;
  if (!lasting && stored.can_be_refreshed) {
    auto fresh = co_await refresh(stored.text, deadline);
    if (fresh) co_return std::move(*fresh);
  }
  if (!valid) ask_for_login("the SSO login has expired");
  co_return Secret(std::move(stored.access_token));
}

/// Nothing when the service refuses or cannot be reached: the old token may still do.
Task<std::optional<Secret>> SsoToken::refresh(std::string stored, Deadline deadline) {
  const json old = json::parse(stored);
  const json question{{"clientId", text_member(old, "clientId")},
                      {"clientSecret", text_member(old, "clientSecret")},
                      {"grantType", "refresh_token"},
                      {"refreshToken", text_member(old, "refreshToken")}};
  http::Request request = request_to("POST", settings_.oidc_url + "/token");
  request.headers.add("Content-Type", "application/json");
  request.body = question.dump();
  const FetchLimits limits{std::chrono::seconds{10}, 2, std::chrono::seconds{1}};
  std::optional<http::Response> response;
  try {
    response = co_await fetch(context_, std::move(request), limits, deadline);
  } catch (const CredentialsError&) {
    co_return std::nullopt;
  }
  if (response->status != 200) co_return std::nullopt;
  co_return store(stored, response->body);
}

std::optional<Secret> SsoToken::store(const std::string& stored, const std::string& answer) const {
  const json fresh = json::parse(answer, nullptr, false);
  if (!fresh.is_object()) return std::nullopt;
  Secret token(text_member(fresh, "accessToken"));
  const auto seconds = fresh.find("expiresIn");
  if (token.empty() || seconds == fresh.end() || !seconds->is_number_integer()) {
    return std::nullopt;
  }
  json file = json::parse(stored);  // other members stay as they are
  file["accessToken"] = token.reveal();
  file["expiresAt"] =
      iso_time(context_->clock.wall() + std::chrono::seconds{seconds->get<std::int64_t>()});
  const std::string refresh_token = text_member(fresh, "refreshToken");
  if (!refresh_token.empty()) file["refreshToken"] = refresh_token;
  if (!context_->write_private_file) return token;
  try {
    context_->write_private_file(path_, file.dump());
  } catch (const std::exception&) {
    // The token serves this run all the same; the next one refreshes or asks for a login.
  }
  return token;
}

}  // namespace albatross
