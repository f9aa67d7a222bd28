#include "sim/dynamodb/values.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

namespace albatross::sim::dynamodb {
namespace {

constexpr std::array types = {"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"};

bool is_number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

[[noreturn]] void invalid(std::string message) {
  refuse("ValidationException", std::move(message));
}

/// No element twice.
void check_set(const Json& elements) {
  std::vector<Json> sorted(elements.begin(), elements.end());
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) return;
  std::string all;
  for (const Json& element : elements)
    all += cat(all.empty() ? "" : ", ", element.is_string() ? element.get<std::string>() : "");
  invalid(cat("One or more parameter values were invalid: Input collection [", all,
              "] contains duplicates."));
}

std::strong_ordering order_numbers(double a, double b) {
  if (a < b) return std::strong_ordering::less;
  return a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace

void check_value(const Json& value) {
  const bool one = value.is_object() && value.size() == 1 &&
                   std::find(types.begin(), types.end(), value.begin().key()) != types.end();
  if (!one) {
    invalid(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }
  const std::string& type = value.begin().key();
  const Json& content = value.begin().value();
  if (type == "N" && !(content.is_string() && is_number(content))) {
    invalid("The parameter cannot be converted to a numeric value");
  }
  if ((type == "S" || type == "B") && !content.is_string()) invalid("A text was expected");
  if (type.size() == 2 && type[1] == 'S' && (!content.is_array() || content.empty())) {
    invalid("One or more parameter values were invalid: An set may not be empty");
  }
  if (type.size() == 2 && type[1] == 'S') check_set(content);
  if (type == "M" && !content.is_object()) invalid("A map was expected");
  if (type == "L" && !content.is_array()) invalid("A list was expected");
  if (type == "M" || type == "L") {
    for (const Json& inner : content)
      check_value(inner);
  }
}

std::string type_of(const Json& value) {
  return value.begin().key();
}

double number_of(const Json& value) {
  const std::string& text = value.at("N").get_ref<const std::string&>();
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Json number(double value) {
  char text[40];
  const bool whole = std::floor(value) == value && std::abs(value) < 1e15;
  const auto end = whole ? std::to_chars(text, text + sizeof text, static_cast<std::int64_t>(value))
                         : std::to_chars(text, text + sizeof text, value);
  return {{"N", std::string(text, end.ptr)}};
}

std::optional<std::strong_ordering> order(const Json& a, const Json& b) {
  const std::string type = type_of(a);
  if (type != type_of(b)) return std::nullopt;
  if (type == "N") return order_numbers(number_of(a), number_of(b));
  if (type != "S" && type != "B") return std::nullopt;
  return a.begin()->get_ref<const std::string&>() <=> b.begin()->get_ref<const std::string&>();
}

bool equal(const Json& a, const Json& b) {
  if (const auto compared = order(a, b)) return std::is_eq(*compared);
  const std::string type = type_of(a);
  if (type != type_of(b)) return false;
  if (type.size() == 2 && type[1] == 'S') {
    Json left = *a.begin();
    Json right = *b.begin();
    std::sort(left.begin(), left.end());
    std::sort(right.begin(), right.end());
    return left == right;
  }
  return a == b;
}

std::optional<std::size_t> size_of(const Json& value) {
  const std::string type = type_of(value);
  if (type == "N" || type == "BOOL" || type == "NULL") return std::nullopt;
  const Json& content = *value.begin();
  return content.is_string() ? content.get_ref<const std::string&>().size() : content.size();
}

std::string sort_key(const Json& value) {
  if (type_of(value) != "N") return type_of(value) + value.begin()->get<std::string>();
  auto bits = std::bit_cast<std::uint64_t>(number_of(value));
  constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  bits = (bits & sign) != 0 ? ~bits : bits | sign;  // as unsigned numbers they sort by value
  std::string out = "N";
  for (int shift = 60; shift >= 0; shift -= 4)
    out.push_back("0123456789abcdef"[bits >> static_cast<unsigned>(shift) & 15U]);
  return out;
}

}  // namespace albatross::sim::dynamodb
