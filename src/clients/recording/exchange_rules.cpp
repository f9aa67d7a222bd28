#include "albatross/clients/exchange_rules.hpp"

#include "clients/recording/operation_of.hpp"
#include "clients/recording/redactor.hpp"
#include "clients/recording/request_members.hpp"
#include "clients/recording/secret_members.hpp"
#include "clients/text.hpp"

#include <algorithm>
#include <array>

namespace albatross {
namespace {

using recording::Redactor;

constexpr std::array<std::string_view, 6> secret_headers = {"proxy-authorization",
                                                            "cookie",
                                                            "set-cookie",
                                                            "x-amz-security-token",
                                                            "x-amz-sso_bearer_token",
                                                            "x-aws-ec2-metadata-token"};

bool is_form(const http::Headers& headers) {
  const std::string type = lower_case(headers.find("Content-Type").value_or(""));
  return type.find("x-www-form-urlencoded") != std::string::npos;
}

/// Keeps algorithm, scope and names of the signed headers; any other scheme is a secret as a whole.
std::string redact_authorization(std::string_view value, Redactor& redactor) {
  const std::size_t key = value.find("Credential=");
  const std::size_t signature = value.find("Signature=");
  if (!value.starts_with("AWS4-") || key == std::string_view::npos ||
      signature == std::string_view::npos) {
    redactor.learn(value);
    return std::string(http::redacted);
  }
  return redactor.text(value.substr(0, signature)) + "Signature=" + std::string(http::redacted);
}

/// A part of a path that names one thing: "fs-0c33…", an ARN.
bool is_id(std::string_view part) {
  return part.find_first_of("0123456789%:") != std::string_view::npos;
}

/// "/2015-02-01/file-systems/fs-1/policy" becomes "/file-systems/*/policy".
std::string path_pattern(std::string_view target) {
  std::string_view path = target.substr(0, target.find('?'));
  std::string out;
  bool first = true;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    const bool is_version = first && is_id(part);
    if (!is_version) out.append("/").append(is_id(part) ? "*" : part);
    path.remove_prefix(part.size());
    first = false;
  }
  return out.empty() ? "/" : out;
}

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> fronts) {
  return std::any_of(fronts.begin(), fronts.end(),
                     [&](std::string_view front) { return text.starts_with(front); });
}

bool is_probe(const http::Request& request) {
  return request.headers.find("User-Agent") == probe_user_agent;
}

/// Plain texts of the instance metadata service that are secrets as a whole.
bool answers_with_a_secret(const http::Request& request) {
  return begins_with_any(request.target, {"/latest/api/token", "/latest/user-data"});
}

}  // namespace

struct AwsExchangeRules::State {
  Redactor redactor;

  std::string hide(std::string_view value) {
    redactor.learn(value);
    return std::string(http::redacted);
  }

  void redact(http::Headers& headers) {
    http::Headers out;
    for (const http::Header& header : headers) {
      const std::string name = lower_case(header.name);
      const bool secret =
          std::find(secret_headers.begin(), secret_headers.end(), name) != secret_headers.end();
      std::string value = secret                    ? hide(header.value)
                          : name == "authorization" ? redact_authorization(header.value, redactor)
                                                    : redactor.text(header.value);
      out.add(header.name, std::move(value));
    }
    headers = std::move(out);
  }

  std::string redact_query(std::string_view query) {
    return recording::redact_form(
        query, recording::is_secret_name, [this](std::string_view value) { return hide(value); },
        [this](std::string_view value) { return redactor.text(value); });
  }

  std::string redact_target(std::string_view target) {
    const std::size_t question = target.find('?');
    std::string out = redactor.text(target.substr(0, question));
    if (question != std::string_view::npos) {
      out.append("?").append(redact_query(target.substr(question + 1)));
    }
    return out;
  }

  /// XML and JSON are told by their first byte.
  std::string redact_body(std::string_view body) {
    // A parameter of this type is a secret under a name that says nothing.
    const bool secure = body.find("\"SecureString\"") != std::string_view::npos;
    const auto is_secret = [secure](std::string_view name) {
      return recording::is_secret_name(name) || (secure && name == "Value");
    };
    const auto replace = [this](std::string_view value) { return hide(value); };
    const std::string_view start = trimmed(body).substr(0, 1);
    if (start == "<") return redactor.text(recording::redact_xml(body, is_secret, replace));
    if (start == "{" || start == "[") {
      return redactor.text(recording::redact_json(body, is_secret, replace));
    }
    return redactor.text(body);
  }
};

AwsExchangeRules::AwsExchangeRules() : state_(std::make_unique<State>()) {}
AwsExchangeRules::~AwsExchangeRules() = default;

std::string AwsExchangeRules::title(const http::Request& request) const {
  if (is_probe(request)) return "visit " + request.method + " " + path_pattern(request.target);
  const std::string action = recording::action_of(request);
  const std::string service = recording::service_of(request);
  if (!action.empty()) return service + " " + action;
  return service + " " + request.method + " " + path_pattern(request.target);
}

void AwsExchangeRules::redact(http::Request& request) {
  state_->redact(request.headers);
  request.target = state_->redact_target(request.target);
  request.body = is_form(request.headers) ? state_->redact_query(request.body)
                                          : state_->redact_body(request.body);
}

void AwsExchangeRules::redact(const http::Request& request, http::Response& response) {
  state_->redact(response.headers);
  const bool whole = answers_with_a_secret(request) && response.status < 300;
  response.body = whole ? state_->hide(response.body) : state_->redact_body(response.body);
}

std::string AwsExchangeRules::redact_text(std::string text) {
  return state_->redactor.text(text);
}

std::vector<http::RequestMember> AwsExchangeRules::members(const http::Request& request) const {
  return recording::request_members(request);
}

bool AwsExchangeRules::is_read(const http::Request& request) const {
  const std::string action = recording::action_of(request);
  if (action.empty()) return http::ExchangeRules::is_read(request);
  return begins_with_any(action, {"Describe", "Get", "List"});
}

void AwsExchangeRules::add_secret(std::string_view secret) {
  state_->redactor.learn(secret);
}

bool AwsExchangeRules::fetches_credentials(const http::Request& request) {
  if (is_probe(request)) return false;
  const std::string action = recording::action_of(request);
  return action.starts_with("AssumeRole") || recording::scope_of(request).service.empty();
}

}  // namespace albatross
