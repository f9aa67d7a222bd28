#include "albatross/sigv4/credentials.hpp"

#include <openssl/crypto.h>

#include <ostream>

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
  return a.value_.size() == b.value_.size() &&
         CRYPTO_memcmp(a.value_.data(), b.value_.data(), a.value_.size()) == 0;
}

std::ostream& operator<<(std::ostream& out, const Secret& secret) {
  return out << "<secret, " << secret.value_.size() << " bytes>";
}

}  // namespace albatross
