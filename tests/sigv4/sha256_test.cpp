#include "sigv4/sha256.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstddef>
#include <string>

// The short cuts of the key derivation, beside OpenSSL's own HMAC.
namespace albatross::sigv4::detail {
namespace {

std::string text_of(std::size_t size, unsigned seed) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i)
    text += static_cast<char>((i * 131 + seed * 29 + 7) % 256);
  return text;
}

Digest reference(const std::string& key, const std::string& data) {
  Digest digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(data.data()), data.size(), digest.data(), &size);
  return digest;
}

TEST(HmacKey, AgreesWithOpensslForEveryLengthOfText) {
  const std::string key = text_of(32, 1);
  for (std::size_t size = 0; size <= 200; ++size) {
    const std::string data = text_of(size, static_cast<unsigned>(size));
    ASSERT_EQ(HmacKey({}, key).mac(data), reference(key, data)) << size;
    ASSERT_EQ(digest_of(HmacKey({}, key).words(data)), reference(key, data)) << size;
  }
}

TEST(HmacKey, AgreesWithOpensslForEveryLengthOfKey) {
  for (std::size_t size = 0; size <= 150; ++size) {
    const std::string key = text_of(size, 3);
    const std::string front = key.substr(0, size / 3);
    ASSERT_EQ(HmacKey(front, key.substr(size / 3)).mac("us-east-1"), reference(key, "us-east-1"))
        << size;
  }
}

TEST(HmacKey, MayBeMadeOfAnotherOnesWords) {
  const HmacKey first("AWS4", "secret");
  const Digest step = reference("AWS4secret", "20260115");
  EXPECT_EQ(HmacKey(first.words("20260115")).mac("eu-central-1"),
            reference(std::string(bytes(step)), "eu-central-1"));
}

}  // namespace
}  // namespace albatross::sigv4::detail
