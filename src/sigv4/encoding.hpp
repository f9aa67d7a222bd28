#pragma once

#include "sigv4/buffer.hpp"
#include "sigv4/sha256.hpp"

#include <string_view>

namespace albatross::sigv4::detail {

enum class Slash { encoded, kept };

/// Percent-encodes every byte but A-Z a-z 0-9 - . _ ~ (RFC 3986 unreserved), in upper-case
/// hexadecimal.
void append_encoded(Buffer& out, std::string_view raw, Slash slash = Slash::encoded);

/// Encodes text that is percent-encoded already, so that each byte has its one canonical form:
/// "%7e" and "~" both become "~". A '%' that starts no escape stands for itself, and so does '+'.
void append_reencoded(Buffer& out, std::string_view encoded);

/// The bytes that percent-encoded text stands for.
void append_decoded(Buffer& out, std::string_view encoded);

/// Copies without white space at both ends, and with every other run of it (line folds too) as one
/// space. Returns the end; needs as much room as the value has bytes.
char* put_folded(char* at, std::string_view value);

/// Writes 64 lower-case digits.
void write_hex(char* out, const Digest& digest);
void append_hex(Buffer& out, const Digest& digest);

constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Whether `name` is `lower_case` but for the case of ASCII letters.
constexpr bool is_named(std::string_view name, std::string_view lower_case) {
  if (name.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (to_lower(name[i]) != lower_case[i]) return false;
  }
  return true;
}

}  // namespace albatross::sigv4::detail
