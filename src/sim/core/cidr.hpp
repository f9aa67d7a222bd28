#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace albatross::sim {

/// An IPv4 network. Host bits may be set; network() masks them.
struct Cidr {
  std::uint32_t address = 0;
  int prefix = 0;

  std::uint32_t mask() const { return prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix); }
  std::uint32_t network() const { return address & mask(); }
  std::uint64_t size() const { return std::uint64_t{1} << (32 - prefix); }
  bool strict() const { return address == network(); }
  bool contains(std::uint32_t ip) const { return (ip & mask()) == network(); }
  bool contains(const Cidr& other) const {
    return other.prefix >= prefix && contains(other.network());
  }
  bool overlaps(const Cidr& other) const { return contains(other) || other.contains(*this); }
  std::string str() const;
  friend bool operator==(const Cidr&, const Cidr&) = default;
};

std::optional<Cidr> parse_cidr(std::string_view text);
std::optional<std::uint32_t> parse_ipv4(std::string_view text);
std::string ipv4_text(std::uint32_t address);
/// "10.7.1.23" as "10-7-1-23", as in host names.
std::string ipv4_dashed(std::uint32_t address);
/// True for the textual form of an IPv6 network ("::/0", "2001:db8::/32"); not canonicalised.
bool looks_like_ipv6_cidr(std::string_view text);

}  // namespace albatross::sim
