#include "orchestrator/spec/aws_formats.hpp"
#include "orchestrator/spec/characters.hpp"
#include "orchestrator/spec/formats.hpp"
#include "orchestrator/spec/suggest.hpp"

#include <algorithm>
#include <array>

namespace albatross::spec {
namespace {

bool is_host_pattern(std::string_view text) {
  const auto dot = text.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < text.size() &&
         all_of(text, [](char c) { return is_alphanumeric(c) || contains("-.*?", c); }) &&
         all_of(text.substr(dot + 1), [](char c) { return is_letter(c) || contains("*?", c); });
}

bool is_ssl_policy(std::string_view text) {
  return consume(text, "ELBSecurityPolicy-") && !text.empty() &&
         all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_load_balancer_name(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         !text.starts_with("internal-") &&
         all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_method(std::string_view text) {
  return !text.empty() &&
         all_of(text, [](char c) { return (is_letter(c) && !is_lower(c)) || contains("-_", c); });
}

/// A token of HTTP, without the wildcards, which names do not have.
bool is_token(std::string_view text) {
  return !text.empty() &&
         all_of(text, [](char c) { return is_alphanumeric(c) || contains("!#$%&'+-.^_`|~", c); });
}

bool is_header_name(std::string_view text) {
  return is_token(text) && !same_word(text, "host");
}

std::string why_not_header_name(std::string_view text) {
  return same_word(text, "host") ? "hosts is the condition on the Host header" : "";
}

bool is_text(std::string_view text) {
  return !text.empty() && all_of(text, [](char c) { return is_printable_ascii(c) || c == ' '; });
}

bool is_word(std::string_view text) {
  return !text.empty() && all_of(text, is_printable_ascii);
}

bool is_redirect_path(std::string_view text) {
  return text.starts_with('/') && is_word(text);
}

bool is_grpc_codes(std::string_view text) {
  const auto is_code = [](std::string_view code) {
    return !code.empty() && code.size() <= 2 && all_of(code, is_digit);
  };
  return every_part(text, ',', [&](std::string_view part) {
    const auto dash = part.find('-');
    if (dash == std::string_view::npos) return is_code(part);
    const auto from = parse_integer(part.substr(0, dash));
    const auto to = parse_integer(part.substr(dash + 1));
    return is_code(part.substr(0, dash)) && is_code(part.substr(dash + 1)) && *from <= *to;
  });
}

bool is_cookie_name(std::string_view text) {
  static constexpr std::array reserved = {"AWSALB", "AWSALBAPP", "AWSALBTG"};
  return is_token(text) && std::none_of(reserved.begin(), reserved.end(), [&](const char* prefix) {
           return text.starts_with(prefix);
         });
}

std::string why_not_cookie_name(std::string_view text) {
  return text.starts_with("AWSALB") ? "such names are the load balancer's own" : "";
}

bool is_bucket(std::string_view text) {
  const auto edge = [](char c) { return is_lower(c) || is_digit(c); };
  return text.size() >= 3 && edge(text.front()) && edge(text.back()) &&
         all_of(text, [&](char c) { return edge(c) || contains(".-", c); });
}

bool is_log_prefix(std::string_view text) {
  return is_word(text) && text.front() != '/' && text.back() != '/' &&
         text.find("AWSLogs") == std::string_view::npos;
}

bool is_load_balancer_arn(std::string_view text) {
  return text.starts_with("arn:aws") &&
         text.find(":elasticloadbalancing:") != std::string_view::npos &&
         text.find(":loadbalancer/app/") != std::string_view::npos && is_word(text);
}

bool is_load_balancer_reference(std::string_view text) {
  if (is_load_balancer_arn(text)) return true;
  return !text.empty() && text.size() <= 32 && text.front() != '-' && text.back() != '-' &&
         all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

}  // namespace

Format<std::string> load_balancer_name() {
  return text_by({.expected = "letters, digits and hyphens, no hyphen at either end, not starting "
                              "with internal-, at most 32 characters",
                  .pattern = "^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
                  .accepts = is_load_balancer_name,
                  .longest = 32});
}

Format<std::string> host_pattern() {
  return text_by({.expected = "a host name or pattern such as app.example.com or *.example.com, at "
                              "most 128 characters",
                  .pattern = R"(^[A-Za-z0-9.*?-]+\.[A-Za-z*?]+$)",
                  .accepts = is_host_pattern,
                  .longest = 128});
}

Format<std::string> ssl_policy() {
  return text_by({.expected = "a security policy of Elastic Load Balancing such as "
                              "ELBSecurityPolicy-TLS13-1-2-2021-06",
                  .pattern = "^ELBSecurityPolicy-[A-Za-z0-9-]+$",
                  .accepts = is_ssl_policy});
}

Format<std::string> load_balancer_reference() {
  return text_by({.expected = "the name or ARN of an application load balancer",
                  .pattern = "^([A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?|"
                             "arn:aws[!-~]*:elasticloadbalancing:[!-~]*:loadbalancer/app/[!-~]*)$",
                  .accepts = is_load_balancer_reference});
}

Format<std::string> http_method() {
  return text_by({.expected = "a method such as GET, in capitals, at most 40 characters",
                  .pattern = "^[A-Z_-]+$",
                  .accepts = is_method,
                  .longest = 40});
}

Format<std::string> header_name() {
  return text_by({.expected = "a header's name, without wildcards, at most 40 characters",
                  .pattern = "^[A-Za-z0-9!#$%&'+.^_`|~-]+$",
                  .accepts = is_header_name,
                  .reason = why_not_header_name,
                  .longest = 40});
}

Format<std::string> header_value() {
  return loose_text_by({.expected = "1 to 128 printable characters, with * and ?",
                        .pattern = {},
                        .accepts = is_text,
                        .longest = 128});
}

Format<std::string> query_text() {
  return loose_text_by({.expected = "1 to 128 printable characters, with * and ?",
                        .pattern = {},
                        .accepts = is_text,
                        .longest = 128});
}

Format<std::string> redirect_host() {
  return text_by({.expected = "a host name such as www.example.com, at most 128 characters",
                  .pattern = "^[!-~]+$",
                  .accepts = is_word,
                  .longest = 128});
}

Format<std::string> redirect_path() {
  return text_by({.expected = "a path that starts with '/', at most 128 characters",
                  .pattern = "^/[!-~]*$",
                  .accepts = is_redirect_path,
                  .longest = 128});
}

Format<std::string> redirect_query() {
  return text_by({.expected = "a query string without '?', at most 128 characters",
                  .pattern = "^[!-~]*$",
                  .accepts = [](std::string_view t) { return t.empty() || is_word(t); },
                  .longest = 128});
}

Format<std::string> response_body() {
  return text_by({.expected = "text of at most 1024 characters", .pattern = {}, .longest = 1024});
}

Format<std::string> cookie_name() {
  return text_by({.expected = "a cookie's name, at most 256 characters",
                  .pattern = "^[A-Za-z0-9!#$%&'+.^_`|~-]+$",
                  .accepts = is_cookie_name,
                  .reason = why_not_cookie_name,
                  .longest = 256});
}

Format<std::string> grpc_codes() {
  return loose_text_by(
      {.expected = R"(gRPC status codes from 0 to 99, such as 0, "0,12" or "0-99")",
       .pattern = {},
       .accepts = is_grpc_codes});
}

Format<std::string> bucket_name() {
  return text_by({.expected = "the name of an S3 bucket",
                  .pattern = "^[a-z0-9][a-z0-9.-]+[a-z0-9]$",
                  .accepts = is_bucket,
                  .longest = 63});
}

Format<std::string> log_prefix() {
  return text_by({.expected = "a prefix without '/' at its ends and without AWSLogs",
                  .pattern = "^[^/ ]([!-~]*[^/ ])?$",
                  .accepts = is_log_prefix,
                  .longest = 255});
}

}  // namespace albatross::spec
