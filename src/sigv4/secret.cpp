#include "albatross/sigv4/credentials.hpp"

#include <openssl/crypto.h>

#include <cstdint>
#include <cstring>
#include <ostream>
#include <string_view>

namespace albatross {

Secret& Secret::operator=(const Secret& other) {
  if (this == &other) return *this;
  if (value_.capacity() < other.value_.size()) return *this = Secret(other);
  wipe();
  value_ = other.value_;
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  value_.swap(other.value_);
  return *this;
}

Secret::~Secret() {
  wipe();
}

void Secret::wipe() {
  // Up to the capacity: a shorter value may have been moved or assigned over a longer one.
  value_.resize(value_.capacity());
  OPENSSL_cleanse(value_.data(), value_.size());
  value_.clear();
}

bool operator==(const Secret& a, const Secret& b) {
  const std::string_view left = a.value_;
  const std::string_view right = b.value_;
  if (left.size() != right.size()) return false;
  // Eight bytes at a time: signing compares the secret with the cached keys' each time.
  std::uint64_t difference = 0;
  std::size_t i = 0;
  for (; i + 8 <= left.size(); i += 8) {
    std::uint64_t words[2];
    std::memcpy(&words[0], left.data() + i, 8);
    std::memcpy(&words[1], right.data() + i, 8);
    difference |= words[0] ^ words[1];
  }
  return (difference == 0) &
         (CRYPTO_memcmp(left.data() + i, right.data() + i, left.size() - i) == 0);
}

std::ostream& operator<<(std::ostream& out, const Secret& secret) {
  return out << "<secret, " << secret.value_.size() << " bytes>";
}

}  // namespace albatross
