#include "clients/base64.hpp"
#include "clients/dynamodb_shapes.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>
#include <utility>

namespace albatross::dynamodb {

using Type = AttributeValue::Type;

namespace {

AttributeValue with_text(Type type, std::string text) {
  AttributeValue value;
  value.type = type;
  value.text = std::move(text);
  return value;
}

AttributeValue with_set(Type type, std::vector<std::string> set) {
  AttributeValue value;
  value.type = type;
  value.set = std::move(set);
  return value;
}

std::string decoded(const std::string& text) {
  auto bytes = wire::base64_decode(text);
  if (!bytes) throw wire::Malformed("a binary attribute is not base64");
  return std::move(*bytes);
}

/// The content under a name that is there only when the value is of that type.
template <class T>
std::optional<T> content(const AttributeValue& value, Type type, const T& of_type) {
  return value.type == type ? std::optional<T>(of_type) : std::nullopt;
}

}  // namespace

AttributeValue AttributeValue::of_string(std::string text) {
  return with_text(Type::string, std::move(text));
}

AttributeValue AttributeValue::of_number(std::int64_t number) {
  return with_text(Type::number, std::to_string(number));
}

AttributeValue AttributeValue::of_number(std::string digits) {
  return with_text(Type::number, std::move(digits));
}

AttributeValue AttributeValue::of_binary(std::string bytes) {
  return with_text(Type::binary, std::move(bytes));
}

AttributeValue AttributeValue::of_boolean(bool flag) {
  AttributeValue value;
  value.type = Type::boolean;
  value.flag = flag;
  return value;
}

AttributeValue AttributeValue::of_null() {
  AttributeValue value;
  value.type = Type::null;
  return value;
}

AttributeValue AttributeValue::of_list(std::vector<AttributeValue> list) {
  AttributeValue value;
  value.type = Type::list;
  value.list = std::move(list);
  return value;
}

AttributeValue AttributeValue::of_map(Item map) {
  AttributeValue value;
  value.type = Type::map;
  value.map = std::move(map);
  return value;
}

AttributeValue AttributeValue::of_strings(std::vector<std::string> set) {
  return with_set(Type::string_set, std::move(set));
}

AttributeValue AttributeValue::of_numbers(std::vector<std::string> set) {
  return with_set(Type::number_set, std::move(set));
}

std::int64_t AttributeValue::integer() const {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (type != Type::number || error != std::errc{} || stop != end) {
    throw std::invalid_argument("the attribute is no whole number");
  }
  return number;
}

void write(JsonWriter& out, const AttributeValue& value) {
  switch (value.type) {
    case Type::none:
      throw std::invalid_argument("an attribute value that was never set cannot be sent");
    case Type::string:
      return out.required("S", value.text);
    case Type::number:
      return out.required("N", value.text);
    case Type::binary:
      return out.required("B", wire::base64_encode(value.text));
    case Type::boolean:
      return out.required("BOOL", value.flag);
    case Type::null:
      return out.required("NULL", true);
    case Type::list:
      return out.required("L", value.list);
    case Type::map:
      return out.required("M", value.map);
    case Type::string_set:
      return out.required("SS", value.set);
    case Type::number_set:
      return out.required("NS", value.set);
  }
}

/// Text under one of three names; base64 for binary.
static void read_text(JsonReader& in, AttributeValue& value) {
  auto text = content(value, Type::string, value.text);
  auto number = content(value, Type::number, value.text);
  auto binary = content(value, Type::binary, value.text);
  in.member("S", text);
  in.member("N", number);
  in.member("B", binary);
  if (text) value = AttributeValue::of_string(std::move(*text));
  if (number) value = AttributeValue::of_number(std::move(*number));
  if (binary && value.type != Type::binary) value = AttributeValue::of_binary(decoded(*binary));
}

static void read_flag(JsonReader& in, AttributeValue& value) {
  auto flag = content(value, Type::boolean, value.flag);
  auto null = content(value, Type::null, true);
  in.member("BOOL", flag);
  in.member("NULL", null);
  if (flag) value = AttributeValue::of_boolean(*flag);
  if (null) value = AttributeValue::of_null();
}

static void read_collection(JsonReader& in, AttributeValue& value) {
  auto list = content(value, Type::list, value.list);
  auto map = content(value, Type::map, value.map);
  auto strings = content(value, Type::string_set, value.set);
  auto numbers = content(value, Type::number_set, value.set);
  in.member("L", list);
  in.member("M", map);
  in.member("SS", strings);
  in.member("NS", numbers);
  if (list) value = AttributeValue::of_list(std::move(*list));
  if (map) value = AttributeValue::of_map(std::move(*map));
  if (strings) value = AttributeValue::of_strings(std::move(*strings));
  if (numbers) value = AttributeValue::of_numbers(std::move(*numbers));
}

void read(JsonReader& in, AttributeValue& value) {
  read_text(in, value);
  read_flag(in, value);
  read_collection(in, value);
}

}  // namespace albatross::dynamodb
