#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace albatross::sim {

/// Ids in AWS's formats, from a seed (splitmix64).
class Ids {
 public:
  explicit Ids(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();
  /// In [0, bound).
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
  std::string hex(std::size_t digits);
  /// prefix, then "0" and 16 hexadecimal digits: "i-0123456789abcdef0".
  std::string make(std::string_view prefix);
  /// Upper-case letters and digits, as in access key and role ids.
  std::string letters(std::string_view prefix, std::size_t count);
  std::string uuid();

 private:
  std::uint64_t state_;
};

}  // namespace albatross::sim
