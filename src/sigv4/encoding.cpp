#include "sigv4/encoding.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace albatross::sigv4::detail {
namespace {

constexpr auto unreserved = [] {
  std::array<bool, 256> table{};
  for (unsigned c = '0'; c <= '9'; ++c)
    table[c] = true;
  for (unsigned c = 'A'; c <= 'Z'; ++c)
    table[c] = table[c + ('a' - 'A')] = true;
  for (const unsigned char c : {'-', '.', '_', '~'})
    table[c] = true;
  return table;
}();

constexpr char upper_digits[] = "0123456789ABCDEF";
constexpr char lower_digits[] = "0123456789abcdef";

char* write_byte(char* at, unsigned char byte) {
  if (unreserved[byte]) {
    *at = static_cast<char>(byte);
    return at + 1;
  }
  at[0] = '%';
  at[1] = upper_digits[byte >> 4];
  at[2] = upper_digits[byte & 15];
  return at + 3;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Takes one byte off the front, undoing an escape when there is one.
unsigned char next_byte(const char*& at, const char* end) {
  if (*at == '%' && end - at >= 3) {
    const int high = digit(at[1]);
    const int low = digit(at[2]);
    if (high >= 0 && low >= 0) {
      at += 3;
      return static_cast<unsigned char>(high * 16 + low);
    }
  }
  return static_cast<unsigned char>(*at++);
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Eight bytes at a time: is any of them 0x20 or below?
bool has_low_byte(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  constexpr std::uint64_t ones = 0x0101010101010101;
  return ((word - ones * 0x21) & ~word & (ones * 0x80)) != 0;
}

/// The length of the leading part that holds no white space.
std::size_t solid_prefix(std::string_view text) {
  std::size_t i = 0;
  while (i + 8 <= text.size() && !has_low_byte(text.data() + i))
    i += 8;
  while (i < text.size() && !is_space(text[i]))
    ++i;
  return i;
}

}  // namespace

void append_encoded(Buffer& out, std::string_view raw, Slash slash) {
  char* const start = out.room(3 * raw.size());
  char* at = start;
  for (const char c : raw) {
    if (c == '/' && slash == Slash::kept) {
      *at++ = c;
    } else {
      at = write_byte(at, static_cast<unsigned char>(c));
    }
  }
  out.written(static_cast<std::size_t>(at - start));
}

void append_reencoded(Buffer& out, std::string_view encoded) {
  char* const start = out.room(3 * encoded.size());
  char* at = start;
  const char* const end = encoded.data() + encoded.size();
  for (const char* from = encoded.data(); from != end;)
    at = write_byte(at, next_byte(from, end));
  out.written(static_cast<std::size_t>(at - start));
}

void append_decoded(Buffer& out, std::string_view encoded) {
  char* const start = out.room(encoded.size());
  char* at = start;
  const char* const end = encoded.data() + encoded.size();
  for (const char* from = encoded.data(); from != end;) {
    *at++ = static_cast<char>(next_byte(from, end));
  }
  out.written(static_cast<std::size_t>(at - start));
}

void append_folded(Buffer& out, std::string_view value) {
  for (bool first = true;; first = false) {
    while (!value.empty() && is_space(value.front()))
      value.remove_prefix(1);
    if (value.empty()) return;
    if (!first) out.append(' ');
    const std::size_t solid = solid_prefix(value);
    out.append(value.substr(0, solid));
    value.remove_prefix(solid);
  }
}

void write_hex(char* out, const Digest& digest) {
  for (const unsigned char byte : digest) {
    *out++ = lower_digits[byte >> 4];
    *out++ = lower_digits[byte & 15];
  }
}

void append_hex(Buffer& out, const Digest& digest) {
  write_hex(out.room(2 * digest.size()), digest);
  out.written(2 * digest.size());
}

}  // namespace albatross::sigv4::detail
