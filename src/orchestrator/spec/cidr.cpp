#include "orchestrator/spec/cidr.hpp"

#include "orchestrator/spec/characters.hpp"
#include "orchestrator/spec/formats.hpp"

#include <charconv>
#include <vector>

namespace albatross::spec {
namespace {

/// Decimal digits without a leading zero, at most `most`.
std::optional<std::uint32_t> parse_part(std::string_view text, std::int64_t most) {
  const bool canonical =
      !text.empty() && all_of(text, is_digit) && (text.size() == 1 || text[0] != '0');
  const auto number = canonical ? parse_integer(text) : std::nullopt;
  if (!number || *number > most) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

std::optional<std::uint32_t> parse_address(std::string_view text) {
  std::uint32_t address = 0;
  int octets = 0;
  const bool valid = every_part(text, '.', [&](std::string_view part) {
    const auto octet = parse_part(part, 255);
    if (!octet) return false;
    address = address << 8 | *octet;
    return ++octets <= 4;
  });
  return valid && octets == 4 ? std::optional(address) : std::nullopt;
}

/// The 16-bit groups of one side of "::", nullopt when one is no group.
std::optional<std::vector<unsigned>> parse_groups(std::string_view text) {
  std::vector<unsigned> groups;
  if (text.empty()) return groups;
  const bool valid = every_part(text, ':', [&](std::string_view part) {
    unsigned group = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), group, 16);
    groups.push_back(group);
    return error == std::errc() && end == part.data() + part.size() && part.size() <= 4;
  });
  return valid ? std::optional(std::move(groups)) : std::nullopt;
}

std::optional<std::vector<unsigned>> parse_ipv6(std::string_view text) {
  const auto gap = text.find("::");
  auto front = parse_groups(text.substr(0, gap));
  if (gap == std::string_view::npos) return front && front->size() == 8 ? front : std::nullopt;
  const auto back = parse_groups(text.substr(gap + 2));
  if (!front || !back || front->size() + back->size() > 7) return std::nullopt;
  front->resize(8 - back->size());
  front->insert(front->end(), back->begin(), back->end());
  return front;
}

}  // namespace

bool is_ipv6_block(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const auto groups = parse_ipv6(text.substr(0, slash));
  const auto prefix = parse_part(text.substr(slash + 1), 128);
  if (!groups || !prefix) return false;
  for (unsigned bit = *prefix; bit < 128; ++bit)
    if (((*groups)[bit / 16] >> (15 - bit % 16) & 1U) != 0) return false;
  return true;
}

std::optional<Cidr> parse_cidr(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = parse_address(text.substr(0, slash));
  const auto prefix = parse_part(text.substr(slash + 1), 32);
  if (!address || !prefix) return std::nullopt;
  return Cidr{*address, static_cast<int>(*prefix)};
}

std::string network_of(const Cidr& cidr) {
  const std::uint32_t network = cidr.address & cidr.mask();
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8)
    out += std::to_string(network >> shift & 255) + (shift > 0 ? "." : "/");
  return out + std::to_string(cidr.prefix);
}

}  // namespace albatross::spec
