#include "sigv4/example.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <sstream>

namespace albatross::sigv4 {
namespace {

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  for (const unsigned char byte : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    text += digits;
  }
  return text;
}

const Secret& example_secret() {
  static const Secret secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  return secret;
}

TEST(KeyCache, DerivesTheKeyOfTheAwsDocumentation) {
  KeyCache cache;
  EXPECT_EQ(hex(cache.key(example_secret(), "20120215", "us-east-1", "iam")),
            "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
}

TEST(KeyCache, DerivesOncePerSecretDayRegionAndService) {
  KeyCache cache;
  const Secret other("other");
  for (int round = 0; round < 3; ++round) {
    cache.key(example_secret(), "20150830", "us-east-1", "ec2");
    cache.key(other, "20150830", "us-east-1", "ec2");
    cache.key(example_secret(), "20150831", "us-east-1", "ec2");
    cache.key(example_secret(), "20150830", "us-east-2", "ec2");
    cache.key(example_secret(), "20150830", "us-east-1", "sts");
    cache.sign(example_secret(), "20150830", "us-east-1", "sts", "text");
  }
  EXPECT_EQ(cache.derivations(), 5u);
}

TEST(KeyCache, TheKeyUnusedForLongestMakesRoom) {
  KeyCache cache(2);
  const auto use = [&](const char* day) { cache.key(example_secret(), day, "r", "s"); };
  use("1");
  use("2");
  use("1");
  use("3");  // in place of 2
  EXPECT_EQ(cache.derivations(), 3u);
  use("1");
  use("3");
  EXPECT_EQ(cache.derivations(), 3u);
  use("2");
  EXPECT_EQ(cache.derivations(), 4u);
}

TEST(KeyCache, SignsUnderTheKeyItGivesOut) {
  KeyCache cache;
  // Computed with Python's hmac.
  EXPECT_EQ(hex(cache.sign(example_secret(), "20150830", "us-east-1", "service", "text")),
            "5d3f1384f03e65ec667281750996ae2bd02329f285d0f68949feabc3cb193526");
  EXPECT_EQ(signature("text", example_secret(), example::scope()),
            "5d3f1384f03e65ec667281750996ae2bd02329f285d0f68949feabc3cb193526");
}

TEST(KeyCache, TakesSecretsLongerThanAHashBlock) {
  KeyCache cache;
  // Computed with Python's hmac.
  EXPECT_EQ(hex(cache.key(Secret(std::string(61, 'k')), "20150830", "us-east-1", "ec2")),
            "ab3a84bd011a668f81124cd9bfccd5e59759064e3676cda2120517d5476cfe12");
  EXPECT_EQ(hex(cache.key(Secret(std::string(60, 'k')), "20150830", "us-east-1", "ec2")),
            "aeffcf181b0548713ab89bfa68b85303c203a17a5351ff5cbbce36f75fbdb368");
  EXPECT_EQ(hex(cache.key(Secret(std::string(300, 'k')), "20150830", "us-east-1", "ec2")),
            "da85d35eddc07a4bce3ca1d2d27630ad7772d23204f475eb3c6e811b7487d808");
}

TEST(KeyCache, EvenWithoutCapacityItSigns) {
  KeyCache cache(0);
  EXPECT_EQ(hex(cache.sign(example_secret(), "20150830", "us-east-1", "service", "text")),
            signature("text", example_secret(), example::scope()));
}

TEST(Secret, PrintsItsLengthOnly) {
  std::ostringstream out;
  out << Secret("hunter2");
  EXPECT_EQ(out.str(), "<secret, 7 bytes>");
}

TEST(Secret, ComparesByContent) {
  EXPECT_EQ(Secret("abc"), Secret("abc"));
  EXPECT_FALSE(Secret("abc") == Secret("abd"));
  EXPECT_FALSE(Secret("abc") == Secret("ab"));
  EXPECT_EQ(Secret(), Secret(""));
}

TEST(Secret, MovesAndAssignsWithoutLeavingTheOldContentBehind) {
  Secret a("a secret that is too long for the small-string buffer");
  Secret b("b");
  b = a;
  EXPECT_EQ(b, a);
  Secret c = std::move(a);
  EXPECT_EQ(c, b);
  EXPECT_TRUE(a.empty());  // NOLINT(bugprone-use-after-move): that is the point
  b = Secret("x");
  EXPECT_EQ(b.reveal(), "x");
}

}  // namespace
}  // namespace albatross::sigv4
