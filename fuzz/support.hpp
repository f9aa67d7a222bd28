#pragma once

#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <string_view>

/// What the fuzz targets share.
namespace albatross::fuzz {

/// Stops the fuzzer, which keeps the input, when something that must hold does not.
inline void require(bool holds, std::string_view what, std::string_view about = {}) {
  if (holds) return;
  std::cerr << what << "\n" << about << "\n";
  std::abort();
}

inline std::string_view text_of(const unsigned char* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Takes the first byte, which chooses what is done with the rest.
inline unsigned take_choice(std::string_view& text) {
  if (text.empty()) return 0;
  const unsigned choice = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  return choice;
}

inline std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return line;
}

}  // namespace albatross::fuzz
