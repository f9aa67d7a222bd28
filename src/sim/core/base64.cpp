#include "sim/core/base64.hpp"

#include <cstddef>
#include <cstdint>

namespace albatross::sim {
namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t k) {
      return i + k < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[i + k])} : 0U;
    };
    const std::uint32_t bits = at(0) << 16U | at(1) << 8U | at(2);
    out.push_back(digits[bits >> 18U]);
    out.push_back(digits[bits >> 12U & 63U]);
    out.push_back(i + 1 < bytes.size() ? digits[bits >> 6U & 63U] : '=');
    out.push_back(i + 2 < bytes.size() ? digits[bits & 63U] : '=');
  }
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == '=') continue;
    const auto digit = digits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U | static_cast<std::uint32_t>(digit)) & 0xffffffU;
    if (++count % 4 == 0) {
      out.push_back(static_cast<char>(bits >> 16U));
      out.push_back(static_cast<char>(bits >> 8U & 255U));
      out.push_back(static_cast<char>(bits & 255U));
    }
  }
  if (count % 4 == 1) return std::nullopt;
  if (count % 4 >= 2) out.push_back(static_cast<char>(bits >> (count % 4 == 2 ? 4U : 10U) & 255U));
  if (count % 4 == 3) out.push_back(static_cast<char>(bits >> 2U & 255U));
  return out;
}

}  // namespace albatross::sim
