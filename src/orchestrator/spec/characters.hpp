#pragma once

#include <algorithm>
#include <string_view>

/// Small predicates that the formats are made of. Locale-free.
namespace albatross::spec {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}
constexpr bool is_alphanumeric(char c) {
  return is_letter(c) || is_digit(c);
}
constexpr bool is_lower_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}
constexpr bool is_printable_ascii(char c) {
  return c > ' ' && c < '\x7f';
}

template <class Wanted>
constexpr bool all_of(std::string_view text, Wanted wanted) {
  return std::all_of(text.begin(), text.end(), wanted);
}

constexpr bool contains(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

/// Cuts off `prefix`; false, and nothing cut, when `text` does not start with it.
constexpr bool consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// Calls `each` with every part between separators, empty ones too, while it returns true.
template <class Each>
constexpr bool every_part(std::string_view text, char separator, Each each) {
  for (;;) {
    const auto end = text.find(separator);
    if (!each(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace albatross::spec
