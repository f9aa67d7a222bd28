#include "http/recording/body_text.hpp"
#include "http/text.hpp"

namespace albatross::http {
namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

/// The byte that "%XX" at the front stands for, or -1.
int encoded_byte(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  const std::size_t high = digits.find(text[1]);
  const std::size_t low = digits.find(text[2]);
  if (high == std::string_view::npos || low == std::string_view::npos) return -1;
  return static_cast<int>(high * 16 + low);
}

/// Shown as itself: what stays encoded is what would not be seen, or would be read as something
/// else.
bool is_shown(int byte) {
  return byte >= 0x20 && byte < 0x7f && byte != '%';
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::string decoded(std::string_view text, bool is_name) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const int byte = encoded_byte(text.substr(i));
    if (byte >= 0 && is_shown(byte) && !(is_name && byte == '=')) {
      out += static_cast<char>(byte);
      i += 3;
    } else {
      out += text[i++];
    }
  }
  return out;
}

std::string encoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_unreserved(c) || encoded_byte(text.substr(i)) >= 0) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append("%").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xfU]);
  }
  return out;
}

}  // namespace

std::vector<std::string> form_lines(std::string_view body) {
  std::vector<std::string> lines;
  for (;;) {
    const std::size_t end = body.find('&');
    const std::string_view parameter = body.substr(0, end);
    const std::size_t equals = parameter.find('=');
    std::string line = decoded(parameter.substr(0, equals), true);
    if (equals != std::string_view::npos) {
      line.append("=").append(decoded(parameter.substr(equals + 1), false));
    }
    lines.push_back(std::move(line));
    if (end == std::string_view::npos) return lines;
    body.remove_prefix(end + 1);
  }
}

std::string form_of(const std::vector<std::string>& lines) {
  std::string body;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    const std::size_t equals = line.find('=');
    if (i > 0) body += '&';
    body += encoded(line.substr(0, equals));
    if (equals != std::string_view::npos) body.append("=").append(encoded(line.substr(equals + 1)));
  }
  return body;
}

}  // namespace albatross::http
