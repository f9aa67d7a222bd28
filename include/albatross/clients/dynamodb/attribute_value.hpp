#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace albatross::dynamodb {

/// One value of an item, of one of DynamoDB's types. Make it with the functions below; `none` is
/// what a value that nobody set has, and cannot be sent.
struct AttributeValue {
  enum class Type : std::uint8_t {
    none,
    string,      ///< S
    number,      ///< N, as text of up to 38 digits
    binary,      ///< B, as bytes
    boolean,     ///< BOOL
    null,        ///< NULL
    list,        ///< L
    map,         ///< M
    string_set,  ///< SS
    number_set,  ///< NS
  };

  Type type = Type::none;
  /// Of string, number and binary.
  std::string text;
  bool flag = false;
  std::vector<AttributeValue> list;
  std::map<std::string, AttributeValue> map;
  /// Of string_set and number_set; never empty there.
  std::vector<std::string> set;

  static AttributeValue of_string(std::string text);
  static AttributeValue of_number(std::int64_t number);
  /// @param digits as DynamoDB takes them: "-1.5E-3"
  static AttributeValue of_number(std::string digits);
  static AttributeValue of_binary(std::string bytes);
  static AttributeValue of_boolean(bool flag);
  static AttributeValue of_null();
  static AttributeValue of_list(std::vector<AttributeValue> list);
  static AttributeValue of_map(std::map<std::string, AttributeValue> map);
  static AttributeValue of_strings(std::vector<std::string> set);
  static AttributeValue of_numbers(std::vector<std::string> set);

  /// The whole number it is. Throws std::invalid_argument when it is no number, or none that fits.
  std::int64_t integer() const;

  friend bool operator==(const AttributeValue&, const AttributeValue&) = default;
};

/// Attributes by name: an item, or a part of one such as its key.
using Item = std::map<std::string, AttributeValue>;

}  // namespace albatross::dynamodb
