#include "sigv4/canonical_request.hpp"
#include "sigv4/encoding.hpp"
#include "sigv4/names.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace albatross::sigv4::detail {
namespace {

constexpr std::uint64_t every_byte(std::uint64_t byte) {
  return byte * 0x0101010101010101;
}

/// The highest bit of each byte that is an upper-case letter.
constexpr std::uint64_t upper_case_bytes(std::uint64_t word) {
  const std::uint64_t low_bits = word & every_byte(0x7f);
  const std::uint64_t from_a = low_bits + every_byte(0x80 - 'A');
  const std::uint64_t behind_z = low_bits + every_byte(0x7f - 'Z');
  return (from_a ^ behind_z) & ~word & every_byte(0x80);
}

/// Eight bytes as a number that compares like the text.
std::uint64_t load_word(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

/// The same for up to eight bytes.
std::uint64_t leading_word(std::string_view text) {
  if (text.size() >= 8) return load_word(text.data());
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    word = word << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
  }
  return word;
}

bool has_upper_case(std::string_view name, std::uint64_t first_word) {
  std::uint64_t found = upper_case_bytes(first_word);
  if (name.size() > 8) {
    for (std::size_t i = 8; i + 8 < name.size(); i += 8) {
      found |= upper_case_bytes(load_word(name.data() + i));
    }
    found |= upper_case_bytes(load_word(name.data() + name.size() - 8));
  }
  return found != 0;
}

constexpr std::uint64_t host_prefix = std::uint64_t{0x686f7374} << 32;  // "host"

}  // namespace

void HeaderList::clear() {
  entries_.clear();
  has_host_ = false;
}

void HeaderList::add(std::string_view name, std::string_view value) {
  const std::uint64_t first_word = leading_word(name);
  const std::uint64_t prefix = first_word | upper_case_bytes(first_word) >> 2;
  has_host_ = has_host_ || (prefix == host_prefix && name.size() == names::host.size());
  entries_.push_back({name, value, prefix, static_cast<std::uint32_t>(entries_.size()),
                      has_upper_case(name, first_word), false});
}

int HeaderList::compare_names(const Entry& a, const Entry& b) {
  if (a.prefix != b.prefix) return a.prefix < b.prefix ? -1 : 1;
  const std::size_t common = std::min(a.name.size(), b.name.size());
  for (std::size_t i = 8; i < common; ++i) {
    const auto byte_a = static_cast<unsigned char>(to_lower(a.name[i]));
    const auto byte_b = static_cast<unsigned char>(to_lower(b.name[i]));
    if (byte_a != byte_b) return byte_a < byte_b ? -1 : 1;
  }
  return a.name.size() == b.name.size() ? 0 : a.name.size() < b.name.size() ? -1 : 1;
}

char* HeaderList::put_name(char* at, const Entry& entry) {
  if (!entry.has_upper_case) return put(at, entry.name);
  for (const char c : entry.name)
    *at++ = to_lower(c);
  return at;
}

void HeaderList::sort() {
  // By order of appearance within a name: std::stable_sort would do, but it allocates.
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    const int names = compare_names(a, b);
    return names != 0 ? names < 0 : a.order < b.order;
  });
  for (std::size_t i = 1; i < entries_.size(); ++i) {
    entries_[i].repeats_previous = compare_names(entries_[i - 1], entries_[i]) == 0;
  }
}

void HeaderList::append_lines(Buffer& out) const {
  std::size_t most = 1;
  for (const Entry& entry : entries_)
    most += entry.name.size() + entry.value.size() + 2;
  char* at = out.room(most);
  for (const Entry& entry : entries_) {
    if (entry.repeats_previous) {
      at = put(at, ',');
    } else {
      if (&entry != entries_.data()) at = put(at, '\n');
      at = put(put_name(at, entry), ':');
    }
    at = put_folded(at, entry.value);
  }
  if (!entries_.empty()) at = put(at, '\n');
  out.end_at(at);
}

void HeaderList::append_names(Buffer& out) const {
  std::size_t most = 0;
  for (const Entry& entry : entries_)
    most += entry.name.size() + 1;
  char* at = out.room(most);
  for (const Entry& entry : entries_) {
    if (entry.repeats_previous) continue;
    if (&entry != entries_.data()) at = put(at, ';');
    at = put_name(at, entry);
  }
  out.end_at(at);
}

}  // namespace albatross::sigv4::detail
