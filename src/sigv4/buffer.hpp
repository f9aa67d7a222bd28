#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace albatross::sigv4::detail {

/// Copies `text` to `at` and returns the end of it. A call of memcpy takes longer than the few
/// bytes of most pieces: those are copied as two words that may overlap.
inline char* put(char* at, std::string_view text) {
  const auto copy_ends = [&]<typename Word>(Word first, Word last) {
    const std::size_t last_at = text.size() - sizeof last;
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + last_at, sizeof last);
    std::memcpy(at, &first, sizeof first);
    std::memcpy(at + last_at, &last, sizeof last);
  };
  if (text.size() > 16) {
    std::memcpy(at, text.data(), text.size());
  } else if (text.size() >= 8) {
    copy_ends(std::uint64_t{}, std::uint64_t{});
  } else if (text.size() >= 4) {
    copy_ends(std::uint32_t{}, std::uint32_t{});
  } else {
    for (std::size_t i = 0; i < text.size(); ++i)
      at[i] = text[i];
  }
  return at + text.size();
}

inline char* put(char* at, char c) {
  *at = c;
  return at + 1;
}

/// Text under construction that keeps its memory when cleared, so that the next request needs no
/// allocation. It may hold session tokens: the memory is wiped before it is given back.
class Buffer {
 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { wipe(); }

  void clear() { size_ = 0; }
  void overwrite(std::size_t at, std::string_view text) { put(data_.get() + at, text); }
  void shrink_to(std::size_t size) { size_ = size; }

  void append(std::string_view text) { end_at(put(room(text.size()), text)); }
  void append(char c) { end_at(put(room(1), c)); }
  /// Appends several pieces, strings or characters, at the cost of one.
  template <typename... Pieces>
  void append_all(const Pieces&... pieces) {
    char* at = room((size_of(pieces) + ...));
    ((at = put(at, pieces)), ...);
    end_at(at);
  }

  /// Where at least `bytes` more may be written; end_at then says how far that went.
  char* room(std::size_t bytes) {
    if (capacity_ - size_ < bytes) grow(bytes);
    return data_.get() + size_;
  }
  void end_at(const char* end) { size_ = static_cast<std::size_t>(end - data_.get()); }

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
  static constexpr std::size_t size_of(std::string_view text) { return text.size(); }
  static constexpr std::size_t size_of(char) { return 1; }

  void grow(std::size_t bytes);
  void wipe();

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace albatross::sigv4::detail
