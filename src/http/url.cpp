#include "albatross/http/message.hpp"

#include "http/text.hpp"

#include <charconv>
#include <stdexcept>

namespace albatross::http {

namespace {

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw std::invalid_argument("URL \"" + std::string(text) + "\": " + why);
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool is_target_character(char c) {
  return c > ' ' && c < 0x7f;
}

std::uint16_t parse_port(std::string_view whole, std::string_view digits) {
  std::uint16_t port = 0;
  const char* end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, port);
  if (error != std::errc{} || rest != end || port == 0) {
    refuse(whole, "port \"" + std::string(digits) + "\" is not a number from 1 to 65535");
  }
  return port;
}

/// Cuts the scheme off the front.
bool take_scheme(std::string_view whole, std::string_view& rest) {
  const auto end = rest.find("://");
  if (end == std::string_view::npos) refuse(whole, "no scheme, expected http:// or https://");
  const auto scheme = rest.substr(0, end);
  rest.remove_prefix(end + 3);
  if (equal_ignoring_case(scheme, "https")) return true;
  if (equal_ignoring_case(scheme, "http")) return false;
  refuse(whole, "unknown scheme \"" + std::string(scheme) + "\", expected http or https");
}

void parse_ipv6(std::string_view whole, std::string_view authority, Origin& origin) {
  const auto end = authority.find(']');
  if (end == std::string_view::npos) refuse(whole, "no ] after the IPv6 address");
  origin.host = lower_case(authority.substr(1, end - 1));
  const bool is_address = origin.host.find(':') != std::string::npos &&
                          origin.host.find_first_not_of("0123456789abcdef:.") == std::string::npos;
  if (!is_address) refuse(whole, "\"" + origin.host + "\" is not an IPv6 address");
  const auto rest = authority.substr(end + 1);
  if (rest.empty()) return;
  if (rest.front() != ':') refuse(whole, "unexpected text after ]");
  origin.port = parse_port(whole, rest.substr(1));
}

void parse_host(std::string_view whole, std::string_view authority, Origin& origin) {
  const auto colon = authority.find(':');
  origin.host = lower_case(authority.substr(0, colon));
  if (origin.host.empty()) refuse(whole, "no host");
  for (const char c : origin.host) {
    if (!is_host_character(c)) {
      refuse(whole, "\"" + origin.host + "\" is not a host name or address");
    }
  }
  if (colon != std::string_view::npos) origin.port = parse_port(whole, authority.substr(colon + 1));
}

}  // namespace

Url parse_url(std::string_view text) {
  Url url;
  std::string_view rest = text;
  // User info may be a password, and must not come out again in a message.
  const auto authority_end = rest.find_first_of("/?#", std::min(rest.size(), rest.find("://") + 3));
  if (rest.substr(0, authority_end).find('@') != std::string_view::npos) {
    throw std::invalid_argument("URL: user name and password in a URL are not supported");
  }
  url.origin.tls = take_scheme(text, rest);
  url.origin.port = url.origin.tls ? 443 : 80;
  const auto end = rest.find_first_of("/?#");
  const auto authority = rest.substr(0, end);
  if (authority.starts_with('[')) {
    parse_ipv6(text, authority, url.origin);
  } else {
    parse_host(text, authority, url.origin);
  }
  if (end == std::string_view::npos) return url;
  const auto target = rest.substr(end);
  if (target.find('#') != std::string_view::npos) refuse(text, "a fragment (#) is not supported");
  for (const char c : target) {
    if (!is_target_character(c)) refuse(text, "blanks and non-ASCII must be percent-encoded");
  }
  url.target = target.front() == '?' ? "/" + std::string(target) : std::string(target);
  return url;
}

}  // namespace albatross::http
