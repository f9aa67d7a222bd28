#include "sim/core/cidr.hpp"

#include <charconv>

namespace albatross::sim {
namespace {

std::optional<std::uint32_t> small_number(std::string_view text, std::uint32_t limit) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = !text.empty() && error == std::errc{} && end == text.data() + text.size();
  if (!whole || value > limit) return std::nullopt;
  return value;
}

std::string join_octets(std::uint32_t address, char separator) {
  char text[16];
  char* end = text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    end = std::to_chars(end, text + sizeof text, (address >> static_cast<unsigned>(shift)) & 255U)
              .ptr;
    if (shift != 0) *end++ = separator;
  }
  return {text, static_cast<std::size_t>(end - text)};
}

}  // namespace

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    const auto dot = text.find('.');
    if ((part < 3) == (dot == std::string_view::npos)) return std::nullopt;
    const auto octet = small_number(text.substr(0, dot), 255);
    if (!octet) return std::nullopt;
    address = address << 8U | *octet;
    if (part < 3) text.remove_prefix(dot + 1);
  }
  return address;
}

std::optional<Cidr> parse_cidr(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = parse_ipv4(text.substr(0, slash));
  const auto prefix = small_number(text.substr(slash + 1), 32);
  if (!address || !prefix) return std::nullopt;
  return Cidr{*address, static_cast<int>(*prefix)};
}

std::string ipv4_text(std::uint32_t address) {
  return join_octets(address, '.');
}

std::string ipv4_dashed(std::uint32_t address) {
  return join_octets(address, '-');
}

std::string Cidr::str() const {
  return ipv4_text(address) + "/" + std::to_string(prefix);
}

bool looks_like_ipv6_cidr(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos || text.substr(0, slash).find(':') == std::string_view::npos)
    return false;
  const bool digits =
      text.substr(0, slash).find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  return digits && small_number(text.substr(slash + 1), 128).has_value();
}

}  // namespace albatross::sim
