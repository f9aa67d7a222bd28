#include "http/bypass.hpp"

#include "http/text.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <optional>

namespace albatross::http {

namespace ip = boost::asio::ip;

namespace {

struct Rule {
  std::string_view host;
  std::string_view port;
};

/// "host:port", "[v6]:port", "v6" or "host".
Rule split_port(std::string_view rule) {
  if (rule.starts_with('[')) {
    const auto end = rule.find(']');
    const auto port = end == std::string_view::npos ? end : rule.find(':', end);
    Rule split{rule.substr(1, end - 1), {}};
    if (port != std::string_view::npos) split.port = rule.substr(port + 1);
    return split;
  }
  const auto colon = rule.find(':');
  if (colon == std::string_view::npos || rule.find(':', colon + 1) != std::string_view::npos) {
    return {rule, {}};
  }
  return {rule.substr(0, colon), rule.substr(colon + 1)};
}

std::optional<ip::address> address_of(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return address;
}

bool network_covers(std::string_view network, const ip::address& address) {
  boost::system::error_code error;
  const std::string text(network);
  if (address.is_v4()) {
    const auto block = ip::make_network_v4(text, error);
    return !error && ip::make_network_v4(address.to_v4(), block.prefix_length()).canonical() ==
                         block.canonical();
  }
  const auto block = ip::make_network_v6(text, error);
  return !error && ip::make_network_v6(address.to_v6(), block.prefix_length()).canonical() ==
                       block.canonical();
}

bool name_covers(std::string_view domain, std::string_view host) {
  if (host == domain) return true;
  return host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

bool host_covers(std::string_view rule, std::string_view host) {
  const auto address = address_of(host);
  if (rule.find('/') != std::string_view::npos) return address && network_covers(rule, *address);
  if (address) return address == address_of(rule);
  return name_covers(rule, host);
}

}  // namespace

std::vector<std::string> split_bypass(std::string_view no_proxy) {
  std::vector<std::string> rules;
  while (!no_proxy.empty()) {
    const auto end = no_proxy.find_first_of(", \t");
    std::string_view rule = no_proxy.substr(0, end);
    no_proxy.remove_prefix(end == std::string_view::npos ? no_proxy.size() : end + 1);
    if (rule.starts_with("*.")) rule.remove_prefix(1);
    while (rule.starts_with('.'))
      rule.remove_prefix(1);
    if (!rule.empty()) rules.push_back(lower_case(rule));
  }
  return rules;
}

bool bypass_covers(std::string_view rule, const Origin& origin) {
  if (rule == "*") return true;
  const auto [host, port] = split_port(rule);
  if (!port.empty() && port != std::to_string(origin.port)) return false;
  return host_covers(host, origin.host);
}

bool is_always_direct(std::string_view host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  const auto address = address_of(host);
  if (!address) return false;
  if (address->is_loopback()) return true;
  if (address->is_v4()) return network_covers("169.254.0.0/16", *address);
  return *address == ip::make_address_v6("fd00:ec2::254");
}

}  // namespace albatross::http
