#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace albatross::http {

/// ASCII only, whatever the locale: what HTTP means by "without regard to case".
constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  }
  return true;
}

inline std::string lower_case(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    c = to_lower(c);
  return lowered;
}

}  // namespace albatross::http
