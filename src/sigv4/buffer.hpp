#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace albatross::sigv4::detail {

/// Text under construction that keeps its memory when cleared, so that the next request needs no
/// allocation. It may hold session tokens: the memory is wiped before it is given back.
class Buffer {
 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { wipe(); }

  void clear() { size_ = 0; }
  void shrink_to(std::size_t size) { size_ = size; }

  void append(std::string_view text) {
    char* at = room(text.size());
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    size_ += text.size();
  }
  void append(char c) {
    *room(1) = c;
    ++size_;
  }

  /// Where at least `bytes` more may be written; `written` says how many were.
  char* room(std::size_t bytes) {
    if (capacity_ - size_ < bytes) grow(bytes);
    return data_.get() + size_;
  }
  void written(std::size_t bytes) { size_ += bytes; }

  std::string_view view() const { return {data_.get(), size_}; }
  std::string_view view(std::size_t offset, std::size_t size) const {
    return {data_.get() + offset, size};
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  void swap(Buffer& other) noexcept {
    data_.swap(other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

 private:
  void grow(std::size_t bytes);
  void wipe();

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace albatross::sigv4::detail
