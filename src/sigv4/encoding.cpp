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
  for (const char c : {'-', '.', '_', '~'})
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

constexpr char upper_digits[] = "0123456789ABCDEF";

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

// A session token is most of a canonical request, so the scan for white space and the hexadecimal
// digits look at 16 bytes at once. The compilers' vector types do that on any processor.
using Vector [[gnu::vector_size(16)]] = unsigned char;

Vector load(const void* at) {
  Vector vector;
  std::memcpy(&vector, at, sizeof vector);
  return vector;
}

/// Is any of the bytes 0x20 or below?
bool has_low_byte(Vector vector) {
  const auto low = vector <= ' ';
  std::uint64_t halves[2];
  static_assert(sizeof halves == sizeof low);
  std::memcpy(halves, &low, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

Vector lesser(Vector a, Vector b) {
  return a < b ? a : b;
}

/// Are there eight bytes or more, and none of the last eight is 0x20 or below?
bool ends_solid(const char* at, std::size_t size) {
  if (size < 8) return false;
  std::uint64_t word = 0;
  std::memcpy(&word, at + size - sizeof word, sizeof word);
  constexpr std::uint64_t each = 0x0101010101010101;
  return ((word - each * 0x21) & ~word & (each * 0x80)) == 0;
}

/// The length of the leading part that holds no white space.
std::size_t solid_prefix(std::string_view text) {
  constexpr std::size_t step = sizeof(Vector);
  const char* const at = text.data();
  const std::size_t size = text.size();
  std::size_t i = 0;
  for (; i + 4 * step <= size; i += 4 * step) {
    const char* const from = at + i;
    const Vector low = lesser(lesser(load(from), load(from + step)),
                              lesser(load(from + 2 * step), load(from + 3 * step)));
    if (has_low_byte(low)) break;
  }
  while (i + step <= size && !has_low_byte(load(at + i)))
    i += step;
  while (i < size && !is_space(at[i])) {
    // When less than a word is left, the last word covers it, and maybe some of what was seen.
    if (size - i <= 8 && ends_solid(at, size)) return size;
    ++i;
  }
  return i;
}

/// The digits of 16 values below 16.
Vector digits_of(Vector values) {
  const auto above_nine = reinterpret_cast<Vector>(values > 9);
  return values + '0' + (above_nine & ('a' - '0' - 10));
}

void write_hex_16(char* out, const unsigned char* bytes) {
  const Vector value = load(bytes);
  const Vector high = digits_of(value >> 4);
  const Vector low = digits_of(value & 15);
  const Vector first =
      __builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const Vector second = __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13,
                                                29, 14, 30, 15, 31);
  std::memcpy(out, &first, sizeof first);
  std::memcpy(out + sizeof first, &second, sizeof second);
}

}  // namespace

void append_encoded(Buffer& out, std::string_view raw, Slash slash) {
  char* at = out.room(3 * raw.size());
  for (const char c : raw) {
    if (c == '/' && slash == Slash::kept) {
      *at++ = c;
    } else {
      at = write_byte(at, static_cast<unsigned char>(c));
    }
  }
  out.end_at(at);
}

void append_reencoded(Buffer& out, std::string_view encoded) {
  char* at = out.room(3 * encoded.size());
  const char* const end = encoded.data() + encoded.size();
  for (const char* from = encoded.data(); from != end;)
    at = write_byte(at, next_byte(from, end));
  out.end_at(at);
}

void append_decoded(Buffer& out, std::string_view encoded) {
  char* at = out.room(encoded.size());
  const char* const end = encoded.data() + encoded.size();
  for (const char* from = encoded.data(); from != end;) {
    *at++ = static_cast<char>(next_byte(from, end));
  }
  out.end_at(at);
}

char* put_folded(char* at, std::string_view value) {
  for (bool first = true;; first = false) {
    while (!value.empty() && is_space(value.front()))
      value.remove_prefix(1);
    if (value.empty()) return at;
    if (!first) at = put(at, ' ');
    const std::size_t solid = solid_prefix(value);
    at = put(at, value.substr(0, solid));
    value.remove_prefix(solid);
  }
}

void write_hex(char* out, const Digest& digest) {
  write_hex_16(out, digest.data());
  write_hex_16(out + 32, digest.data() + 16);
}

void append_hex(Buffer& out, const Digest& digest) {
  char* at = out.room(2 * digest.size());
  write_hex(at, digest);
  out.end_at(at + 2 * digest.size());
}

}  // namespace albatross::sigv4::detail
