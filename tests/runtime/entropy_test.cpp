#include "albatross/runtime/entropy.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <set>
#include <string>

namespace albatross {
namespace {

/// Gives what it is told.
class ScriptedEntropy final : public Entropy {
 public:
  explicit ScriptedEntropy(std::initializer_list<std::uint64_t> values) : values_(values) {}
  std::uint64_t next() override { return values_.at(used_++); }
  std::size_t used() const { return used_; }

 private:
  std::vector<std::uint64_t> values_;
  std::size_t used_ = 0;
};

TEST(SeededEntropy, IsXoshiro256StarStarSeededBySplitmix64) {
  // Computed apart, from the published definitions of both generators, for seed 0.
  SeededEntropy entropy(0);
  EXPECT_EQ(entropy.next(), 0x99ec5f36cb75f2b4U);
  EXPECT_EQ(entropy.next(), 0xbf6e1f784956452aU);
  EXPECT_EQ(entropy.next(), 0x1a5f849d4933e6e0U);
}

TEST(SeededEntropy, SeedsThatDifferByOneShareNothing) {
  SeededEntropy a(41);
  SeededEntropy b(42);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) {
    seen.insert(a.next());
    seen.insert(b.next());
  }
  EXPECT_EQ(seen.size(), 2000U);
}

TEST(Entropy, UniformStaysBelowOneEvenForAllBitsSet) {
  ScriptedEntropy entropy{std::numeric_limits<std::uint64_t>::max(), 0, 1ULL << 63U};
  const double top = entropy.uniform();
  EXPECT_LT(top, 1.0);
  EXPECT_GT(top, 0.999999);
  EXPECT_EQ(entropy.uniform(), 0.0);
  EXPECT_EQ(entropy.uniform(), 0.5);
}

TEST(Entropy, BelowZeroIsZeroAndAsksForNothing) {
  ScriptedEntropy entropy{};
  EXPECT_EQ(entropy.below(0), 0U);
  EXPECT_EQ(entropy.used(), 0U);
}

TEST(Entropy, BelowRefusesTheValuesThatWouldFavourSmallResults) {
  // 2^64 mod 3 is 1: the value 0 is one too many, so the next is taken.
  ScriptedEntropy entropy{0, 5};
  EXPECT_EQ(entropy.below(3), 2U);
  EXPECT_EQ(entropy.used(), 2U);
}

TEST(Entropy, BelowCoversItsRangeEvenly) {
  SeededEntropy entropy(7);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60'000; ++i)
    ++counts.at(entropy.below(6));
  for (const int count : counts)
    EXPECT_NEAR(count, 10'000, 500);
}

TEST(Entropy, HexGivesExactlyTheDigitsAskedFor) {
  SeededEntropy entropy(1);
  EXPECT_EQ(entropy.hex(0), "");
  for (const std::size_t digits : {1U, 8U, 16U, 17U, 33U}) {
    const std::string text = entropy.hex(digits);
    EXPECT_EQ(text.size(), digits);
    EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
  }
  EXPECT_NE(entropy.hex(32).substr(0, 16), entropy.hex(32).substr(16));
}

TEST(SystemEntropy, DoesNotRepeat) {
  SystemEntropy entropy;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 100; ++i)
    seen.insert(entropy.next());
  EXPECT_EQ(seen.size(), 100U);
}

}  // namespace
}  // namespace albatross
