#include "albatross/http/exchange_rules.hpp"

#include "http/recording/body_text.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <array>

namespace albatross::http {
namespace {

constexpr std::array<std::string_view, 4> secret_headers = {"Authorization", "Proxy-Authorization",
                                                            "Cookie", "Set-Cookie"};

void redact_headers(Headers& headers) {
  for (const std::string_view name : secret_headers) {
    if (headers.find(name)) headers.set(std::string(name), std::string(redacted));
  }
}

}  // namespace

std::string ExchangeRules::title(const Request& request) const {
  return request.method + " " + request.target.substr(0, request.target.find('?'));
}

void ExchangeRules::redact(Request& request) {
  redact_headers(request.headers);
}

void ExchangeRules::redact(const Request&, Response& response) {
  redact_headers(response.headers);
}

std::string ExchangeRules::redact_text(std::string text) {
  return text;
}

std::vector<RequestMember> ExchangeRules::members(const Request& request) const {
  std::vector<RequestMember> out;
  out.push_back({"method", request.method});
  out.push_back({"host", request.origin.url()});
  out.push_back({"target", request.target});
  const std::string type(request.headers.find("Content-Type").value_or(""));
  if (!type.empty()) out.push_back({"Content-Type", type});
  const BodyText body = body_text(request.body, type);
  for (std::size_t i = 0; i < body.lines.size(); ++i) {
    const std::string& line = body.lines[i];
    const std::size_t equals = body.form == "form" ? line.find('=') : std::string::npos;
    if (equals == std::string::npos) {
      out.push_back({"body line " + std::to_string(i + 1), line});
    } else {
      out.push_back({line.substr(0, equals), line.substr(equals + 1)});
    }
  }
  return out;
}

bool ExchangeRules::is_read(const Request& request) const {
  return request.method == "GET" || request.method == "HEAD";
}

}  // namespace albatross::http
