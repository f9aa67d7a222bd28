#include "albatross/runtime/entropy.hpp"

#include <cerrno>
#include <sys/random.h>
#include <system_error>

namespace albatross {

namespace {

constexpr std::uint64_t rotate_left(std::uint64_t value, int bits) {
  return (value << bits) | (value >> (64 - bits));
}

// splitmix64: spreads a seed, even a small one, over the whole state.
std::uint64_t spread(std::uint64_t& seed) {
  seed += 0x9e3779b97f4a7c15U;
  std::uint64_t z = seed;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

}  // namespace

double Entropy::uniform() {
  // 53 bits: as many as a double holds exactly, so that 1.0 cannot come out of rounding.
  return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

std::uint64_t Entropy::below(std::uint64_t bound) {
  if (bound == 0) return 0;
  // The lowest 2^64 mod bound values are refused, so that every remainder is equally likely.
  const std::uint64_t refused = (0U - bound) % bound;
  std::uint64_t value = next();
  while (value < refused)
    value = next();
  return value % bound;
}

std::string Entropy::hex(std::size_t digits) {
  static constexpr char alphabet[] = "0123456789abcdef";
  std::string text(digits, '0');
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (i % 16 == 0) bits = next();
    text[i] = alphabet[bits & 0xfU];
    bits >>= 4U;
  }
  return text;
}

std::uint64_t SystemEntropy::next() {
  std::uint64_t value = 0;
  // Reads of up to 256 bytes are never partial; a signal may interrupt before the first byte.
  while (::getrandom(&value, sizeof(value), 0) != static_cast<ssize_t>(sizeof(value))) {
    if (errno != EINTR) throw std::system_error(errno, std::system_category(), "getrandom");
  }
  return value;
}

SeededEntropy::SeededEntropy(std::uint64_t seed) {
  for (auto& word : state_)
    word = spread(seed);
}

std::uint64_t SeededEntropy::next() {
  const std::uint64_t result = rotate_left(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = rotate_left(state_[3], 45);
  return result;
}

}  // namespace albatross
