#include "clients/json_writer.hpp"

#include <array>
#include <charconv>

namespace albatross::wire {

std::string JsonWriter::take() {
  body_ += '}';
  return std::move(body_);
}

void JsonWriter::value(double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  body_.append(digits.data(), end);
}

void JsonWriter::separate() {
  if (body_.back() != '{' && body_.back() != '[') body_ += ',';
}

void JsonWriter::quoted(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  body_ += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      body_ += '\\';
      body_ += c;
    } else if (byte < 0x20U) {
      body_ += "\\u00";
      body_ += hex[byte >> 4U];
      body_ += hex[byte & 15U];
    } else {
      body_ += c;
    }
  }
  body_ += '"';
}

}  // namespace albatross::wire
