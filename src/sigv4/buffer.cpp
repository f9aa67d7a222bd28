#include "sigv4/buffer.hpp"

#include <openssl/crypto.h>

#include <algorithm>

namespace albatross::sigv4::detail {

void Buffer::grow(std::size_t bytes) {
  const std::size_t capacity = std::max(size_ + bytes, std::max<std::size_t>(256, 2 * capacity_));
  auto larger = std::make_unique<char[]>(capacity);
  if (size_ != 0) std::memcpy(larger.get(), data_.get(), size_);
  wipe();
  data_ = std::move(larger);
  capacity_ = capacity;
}

void Buffer::wipe() {
  if (data_) OPENSSL_cleanse(data_.get(), capacity_);
}

}  // namespace albatross::sigv4::detail
