#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace albatross {

/// The only source of randomness (jitter, deployment ids, seeds).
class Entropy {
 public:
  virtual ~Entropy() = default;
  /// 64 uniformly distributed bits.
  virtual std::uint64_t next() = 0;

  /// Uniform in [0, 1).
  double uniform();
  /// Uniform in [0, bound); 0 when bound is 0. Unbiased.
  std::uint64_t below(std::uint64_t bound);
  /// `digits` lower-case hexadecimal digits.
  std::string hex(std::size_t digits);
};

/// The operating system's generator (getrandom): fit for tokens. Thread-safe.
class SystemEntropy final : public Entropy {
 public:
  std::uint64_t next() override;
};

/// Reproducible: the same seed gives the same sequence on every platform (splitmix64/xoshiro256**).
class SeededEntropy final : public Entropy {
 public:
  /// The sequence of that seed, from its beginning.
  explicit SeededEntropy(std::uint64_t seed);
  std::uint64_t next() override;

 private:
  std::uint64_t state_[4];
};

}  // namespace albatross
