#include "sim/core/ids.hpp"

namespace albatross::sim {

std::uint64_t Ids::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

std::string Ids::hex(std::size_t digits) {
  static constexpr char alphabet[] = "0123456789abcdef";
  std::string out(digits, '0');
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (i % 16 == 0) bits = next();
    out[i] = alphabet[bits & 15U];
    bits >>= 4U;
  }
  return out;
}

std::string Ids::make(std::string_view prefix) {
  std::string out;
  out.reserve(prefix.size() + 17);
  out.append(prefix).push_back('0');
  out.append(hex(16));
  return out;
}

std::string Ids::letters(std::string_view prefix, std::size_t count) {
  static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out(prefix);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 12 == 0) bits = next();
    out.push_back(alphabet[bits & 31U]);
    bits >>= 5U;
  }
  return out;
}

std::string Ids::uuid() {
  const std::string digits = hex(32);
  std::string out(36, '-');
  std::size_t at = 0;
  for (const std::size_t part : {0U, 8U, 12U, 16U, 20U}) {
    const std::size_t end = part == 0 ? 8 : part == 20 ? 32 : part + 4;
    at = digits.copy(out.data() + at, end - part, part) + at + 1;
  }
  out[14] = '4';
  return out;
}

}  // namespace albatross::sim
