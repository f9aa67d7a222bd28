#pragma once

#include "albatross/http/message.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace albatross::http {

/// A forward proxy that is spoken to in plain HTTP.
struct Proxy {
  /// Where it listens (never TLS).
  Origin origin;
  /// Value of the Proxy-Authorization header; empty for none. A secret: not for logs.
  std::string authorization;
  friend bool operator==(const Proxy&, const Proxy&) = default;
};

/// Which requests go through which proxy. Plain data; the default is none at all.
struct ProxySettings {
  std::optional<Proxy> http;   ///< for http:// origins: the request goes to the proxy
  std::optional<Proxy> https;  ///< for https:// origins: a tunnel is opened with CONNECT
  /// Hosts to be reached directly, lower-case: "*" for all, a host name (which covers its
  /// subdomains too), an address, a CIDR block, each optionally with ":port".
  std::vector<std::string> bypass;

  /// The proxy for that origin, or nullptr. Loopback and the link-local addresses of the instance
  /// and container metadata services are always reached directly.
  const Proxy* proxy_for(const Origin& origin) const;

  friend bool operator==(const ProxySettings&, const ProxySettings&) = default;
};

/// Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY in either case (lower case wins, as in
/// curl and botocore; empty means unset). A proxy is "[http://][user:password@]host[:port]", port
/// 80 when missing. Throws std::invalid_argument naming the variable, never its value, which may
/// hold a password.
ProxySettings proxy_from_environment(const std::map<std::string, std::string>& environment);

/// One proxy URL, as above.
Proxy parse_proxy(const std::string& text);

}  // namespace albatross::http
