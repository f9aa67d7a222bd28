#include "orchestrator/spec/formats.hpp"

#include "orchestrator/spec/characters.hpp"
#include "orchestrator/spec/suggest.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace albatross::spec {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  milliseconds length;
};

/// In the order in which a duration names them.
constexpr std::array units = {Unit{"h", milliseconds{3'600'000}}, Unit{"m", milliseconds{60'000}},
                              Unit{"s", milliseconds{1'000}}, Unit{"ms", milliseconds{1}}};
/// Enough for any duration here, and far from overflow when multiplied by any unit.
constexpr std::int64_t largest_count = 1'000'000'000;

std::string_view take_while(std::string_view& text, bool (*wanted)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(), wanted);
  const auto length = static_cast<std::size_t>(end - text.begin());
  const auto taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

/// Each unit at most once, the larger first.
std::optional<milliseconds> parse_duration(std::string_view text) {
  if (const auto seconds = parse_integer(text))
    return *seconds >= 0 && *seconds <= largest_count ? std::optional(milliseconds{*seconds * 1000})
                                                      : std::nullopt;
  milliseconds sum{0};
  auto next_unit = units.begin();
  do {
    const auto count = parse_integer(take_while(text, is_digit));
    const auto name = take_while(text, is_lower);
    const auto unit =
        std::find_if(next_unit, units.end(), [&](const Unit& u) { return u.name == name; });
    if (!count || *count > largest_count || unit == units.end()) return std::nullopt;
    sum += unit->length * *count;
    next_unit = unit + 1;
  } while (!text.empty());
  return sum;
}

/// What both kinds of duration have in common.
std::optional<milliseconds> read_duration(const Value& value, milliseconds least,
                                          milliseconds most) {
  if (!value.is(Value::Kind::scalar)) return std::nullopt;
  const auto duration = parse_duration(value.text);
  if (!duration || *duration < least || *duration > most) return std::nullopt;
  return duration;
}

constexpr std::string_view duration_pattern =
    "^([0-9]+|(?=.)([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$";

std::string duration_schema(milliseconds least, milliseconds most) {
  const auto whole_up = (least.count() + 999) / 1000;
  return R"({"anyOf":[{"type":"integer","minimum":)" + std::to_string(whole_up) + R"(,"maximum":)" +
         std::to_string(most.count() / 1000) + R"(},{"type":"string","pattern":)" +
         quoted(duration_pattern) + "}]}";
}

std::string range(milliseconds least, milliseconds most) {
  return format_duration(least) + " to " + format_duration(most);
}

/// The reason when a number or truth value stands where text is wanted and would be right as text.
std::string ask_for_quotes(const Value& value) {
  const std::string what = value.is_flag() ? "a truth value" : "a number";
  return "it is " + what + " unless it stands in quotes";
}

Format<std::string> text_format(const TextRule& rule, bool loose) {
  Format<std::string> format;
  format.expected = rule.expected;
  const std::string longest =
      rule.longest > 0 ? R"(,"maxLength":)" + std::to_string(rule.longest) : "";
  const std::string types = loose ? R"(["string","number","boolean"])" : R"("string")";
  const std::string pattern = rule.pattern.empty() ? "" : R"(,"pattern":)" + quoted(rule.pattern);
  format.schema = R"({"type":)" + types + pattern + longest + "}";
  format.parse = [rule, loose](const Value& value,
                               std::string& reason) -> std::optional<std::string> {
    if (!value.is(Value::Kind::scalar)) return std::nullopt;
    const bool too_long = rule.longest > 0 && value.text.size() > rule.longest;
    if (too_long) {
      reason = "it has " + std::to_string(value.text.size()) + " characters";
      return std::nullopt;
    }
    if (rule.accepts != nullptr && !rule.accepts(value.text)) {
      if (rule.reason != nullptr) reason = rule.reason(value.text);
      return std::nullopt;
    }
    if (!loose && (value.is_flag() || value.is_number())) {
      reason = ask_for_quotes(value);
      return std::nullopt;
    }
    return value.text;
  };
  format.write = [](const std::string& text) { return quoted(text); };
  return format;
}

}  // namespace

std::string quoted(std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Format<std::string> text_by(const TextRule& rule) {
  return text_format(rule, false);
}

Format<std::string> any_text(std::string expected) {
  return text_by({.expected = std::move(expected), .pattern = {}});
}

Format<std::string> loose_text_by(const TextRule& rule) {
  return text_format(rule, true);
}

Format<std::string> word(std::vector<std::string> words) {
  Format<std::string> format;
  format.expected = one_of(words);
  format.schema = R"({"enum":[)";
  for (std::size_t i = 0; i < words.size(); ++i)
    format.schema += (i > 0 ? "," : "") + quoted(words[i]);
  format.schema += "]}";
  format.parse = [words](const Value& value, std::string&) -> std::optional<std::string> {
    const bool known = value.is(Value::Kind::scalar) &&
                       std::find(words.begin(), words.end(), value.text) != words.end();
    return known ? std::optional(value.text) : std::nullopt;
  };
  format.write = [](const std::string& text) { return quoted(text); };
  format.words = std::move(words);
  return format;
}

Format<bool> flag() {
  Format<bool> format;
  format.expected = "true or false";
  format.schema = R"({"type":"boolean"})";
  format.parse = [](const Value& value, std::string& reason) -> std::optional<bool> {
    if (value.is_flag()) return value.text[0] == 't' || value.text[0] == 'T';
    static constexpr std::array words = {"yes", "no", "on", "off", "Yes", "No", "On", "Off"};
    if (std::find(words.begin(), words.end(), value.text) != words.end())
      reason = "YAML 1.2 takes that for text";
    return std::nullopt;
  };
  format.write = [](const bool& value) { return std::string(value ? "true" : "false"); };
  return format;
}

Format<std::chrono::seconds> seconds_between(std::chrono::seconds least,
                                             std::chrono::seconds most) {
  Format<std::chrono::seconds> format;
  format.expected = "a duration such as 90, 30s, 5m or 1h30m, " + range(least, most);
  format.schema = duration_schema(least, most);
  format.parse = [=](const Value& value,
                     std::string& reason) -> std::optional<std::chrono::seconds> {
    const auto duration = read_duration(value, least, most);
    if (!duration) return std::nullopt;
    if (duration->count() % 1000 == 0)
      return std::chrono::duration_cast<std::chrono::seconds>(*duration);
    reason = "it is not a whole number of seconds";
    return std::nullopt;
  };
  format.write = [](const std::chrono::seconds& value) { return quoted(format_duration(value)); };
  return format;
}

Format<milliseconds> milliseconds_between(milliseconds least, milliseconds most) {
  Format<milliseconds> format;
  format.expected = "a duration such as 500ms, 5s or 1m, " + range(least, most);
  format.schema = duration_schema(least, most);
  format.parse = [=](const Value& value, std::string&) {
    return read_duration(value, least, most);
  };
  format.write = [](const milliseconds& value) { return quoted(format_duration(value)); };
  return format;
}

std::string format_duration(milliseconds duration) {
  if (duration.count() == 0) return "0s";
  std::string out;
  for (const auto& unit : units) {
    const auto count = duration / unit.length;
    if (count == 0) continue;
    out += std::to_string(count) + std::string(unit.name);
    duration -= unit.length * count;
  }
  return out;
}

}  // namespace albatross::spec
