#include "orchestrator/spec/value.hpp"

#include "orchestrator/spec/characters.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace albatross::spec {
namespace {

constexpr std::size_t shown_characters = 60;

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at]))
    ++at;
  return at;
}

/// [-+]? digits [. digits] [e [-+]? digits], or the special floats, or 0x and 0o integers.
bool looks_like_number(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0o")) return text.size() > 2;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF") return true;
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  std::size_t at = skip_digits(text, 0);
  std::size_t digits = at;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skip_digits(text, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t end = skip_digits(text, at);
    return end > at && end == text.size();
  }
  return at == text.size();
}

std::string shortened(const std::string& text) {
  std::string shown;
  for (const char c : text) {
    if (c == '\n' || shown.size() == shown_characters) return shown + "…";
    shown += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
  }
  return shown;
}

}  // namespace

Mark Entry::place() const {
  const bool beside = !value->is(Value::Kind::null) && value->mark.line == mark.line;
  return beside ? value->mark : mark;
}

bool Value::is_flag() const {
  static constexpr std::array words = {"true", "True", "TRUE", "false", "False", "FALSE"};
  return is(Kind::scalar) && plain && std::find(words.begin(), words.end(), text) != words.end();
}

bool Value::is_number() const {
  return is(Kind::scalar) && plain && looks_like_number(text);
}

std::string describe(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return "empty";
    case Value::Kind::list:
      return "a list";
    case Value::Kind::map:
      return "a mapping";
    case Value::Kind::scalar:
      break;
  }
  if (value.is_flag() || value.is_number()) return shortened(value.text);
  return "'" + shortened(value.text) + "'";
}

}  // namespace albatross::spec
