#pragma once

#include "orchestrator/spec/format.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

/// The kinds of value that are about numbers, times and words. aws_formats.hpp has those that
/// follow AWS's rules.
namespace albatross::spec {

/// `text` as a JSON string.
std::string quoted(std::string_view text);

/// What a predicate on text needs to become a format.
struct TextRule {
  std::string expected;
  /// ECMAScript pattern that says the same as `accepts`, as far as a pattern can.
  std::string pattern;
  bool (*accepts)(std::string_view) = nullptr;
  /// Says what exactly is wrong; may be null.
  std::string (*reason)(std::string_view) = nullptr;
  std::size_t longest = 0;
};

Format<std::string> text_by(const TextRule& rule);
/// Any text, also an empty or a long one.
Format<std::string> any_text(std::string expected);
/// Text, a number or a truth value, taken as it is written.
Format<std::string> loose_text_by(const TextRule& rule);
Format<std::string> word(std::vector<std::string> words);
Format<bool> flag();

/// "30" and "30s", "5m", "1h30m"; a bare number counts seconds.
Format<std::chrono::seconds> seconds_between(std::chrono::seconds least, std::chrono::seconds most);
/// Like seconds_between, with "500ms" too.
Format<std::chrono::milliseconds> milliseconds_between(std::chrono::milliseconds least,
                                                       std::chrono::milliseconds most);
/// "1h30m", "5s", "500ms": as a stack file has it.
std::string format_duration(std::chrono::milliseconds duration);

/// A whole number in decimal digits. nullopt: not one, or beyond 64 bits.
std::optional<std::int64_t> parse_integer(std::string_view text);

template <class Number>
Format<Number> number_between(Number least, Number most, const std::string& what) {
  const std::string from = std::to_string(least);
  const std::string to = std::to_string(most);
  Format<Number> format;
  format.expected = what + ", " + from + " to " + to;
  format.schema = R"({"type":"integer","minimum":)" + from + R"(,"maximum":)" + to + "}";
  format.parse = [=](const Value& value, std::string& reason) -> std::optional<Number> {
    const auto number = value.is(Value::Kind::scalar) ? parse_integer(value.text) : std::nullopt;
    if (!number) return std::nullopt;
    if (!value.plain) {
      reason = "it is text, because it stands in quotes";
      return std::nullopt;
    }
    if (*number < std::int64_t{least} || *number > std::int64_t{most}) return std::nullopt;
    return static_cast<Number>(*number);
  };
  format.write = [](const Number& number) { return std::to_string(number); };
  return format;
}

inline Format<std::uint16_t> port_number() {
  return number_between<std::uint16_t>(1, 65535, "a port");
}

}  // namespace albatross::spec
