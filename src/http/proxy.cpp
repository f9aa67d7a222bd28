#include "albatross/http/proxy.hpp"

#include "http/bypass.hpp"
#include "http/text.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace albatross::http {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
        hex_value(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::string basic_authorization(std::string_view user_info) {
  const auto colon = user_info.find(':');
  std::string plain = percent_decoded(user_info.substr(0, colon)) + ":";
  if (colon != std::string_view::npos) plain += percent_decoded(user_info.substr(colon + 1));
  std::string encoded(4 * ((plain.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                     reinterpret_cast<const unsigned char*>(plain.data()),
                                     static_cast<int>(plain.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return "Basic " + encoded;
}

/// The variable in lower case, else in upper case; empty when neither is set.
std::string setting(const std::map<std::string, std::string>& environment,
                    const std::string& name) {
  if (const auto lower = environment.find(lower_case(name)); lower != environment.end()) {
    return lower->second;
  }
  const auto upper = environment.find(name);
  return upper == environment.end() ? std::string{} : upper->second;
}

std::optional<Proxy> proxy_of(const std::map<std::string, std::string>& environment,
                              const std::string& name) {
  for (const std::string& variable : {name, std::string("ALL_PROXY")}) {
    const std::string value = setting(environment, variable);
    if (value.empty()) continue;
    try {
      return parse_proxy(value);
    } catch (const std::invalid_argument&) {
      throw std::invalid_argument(
          variable + ": not a proxy URL, expected [http://][user:password@]host[:port]");
    }
  }
  return std::nullopt;
}

}  // namespace

Proxy parse_proxy(const std::string& text) {
  const auto scheme_end = text.find("://");
  std::string scheme = scheme_end == std::string::npos ? "http" : text.substr(0, scheme_end);
  std::string rest = scheme_end == std::string::npos ? text : text.substr(scheme_end + 3);
  Proxy proxy;
  const auto at = rest.substr(0, rest.find('/')).rfind('@');
  if (at != std::string::npos) {
    proxy.authorization = basic_authorization(std::string_view(rest).substr(0, at));
    rest.erase(0, at + 1);
  }
  proxy.origin = parse_url(scheme + "://" + rest).origin;
  if (proxy.origin.tls) throw std::invalid_argument("a proxy spoken to in TLS is not supported");
  return proxy;
}

ProxySettings proxy_from_environment(const std::map<std::string, std::string>& environment) {
  ProxySettings settings;
  settings.http = proxy_of(environment, "HTTP_PROXY");
  settings.https = proxy_of(environment, "HTTPS_PROXY");
  settings.bypass = split_bypass(setting(environment, "NO_PROXY"));
  return settings;
}

const Proxy* ProxySettings::proxy_for(const Origin& origin) const {
  const auto& proxy = origin.tls ? https : http;
  if (!proxy || is_always_direct(origin.host)) return nullptr;
  const auto covers = [&](const std::string& rule) { return bypass_covers(rule, origin); };
  return std::any_of(bypass.begin(), bypass.end(), covers) ? nullptr : &*proxy;
}

}  // namespace albatross::http
