#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace albatross::spec {

/// An IPv4 block.
struct Cidr {
  std::uint32_t address = 0;
  int prefix = 0;

  std::uint32_t mask() const { return prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix); }
  bool has_host_bits() const { return (address & ~mask()) != 0; }
};

/// "10.42.0.0/16"; octets without leading zeros. nullopt: not a block.
std::optional<Cidr> parse_cidr(std::string_view text);

/// With the host bits zeroed.
std::string network_of(const Cidr& cidr);

/// Whether it is an IPv6 block, its host bits zero: "2001:db8::/32", "::/0".
bool is_ipv6_block(std::string_view text);

}  // namespace albatross::spec
