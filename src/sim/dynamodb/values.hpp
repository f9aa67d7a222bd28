#pragma once

#include <nlohmann/json.hpp>

#include <compare>
#include <optional>
#include <string>
#include <string_view>

/// Attribute values of DynamoDB, in the form they travel in: {"S": "text"}, {"N": "12"}, …
namespace albatross::sim::dynamodb {

using Json = nlohmann::json;

/// Throws ApiError ValidationException unless it is one value of a type that DynamoDB has.
void check_value(const Json& value);
/// "S", "N", "M"…
std::string type_of(const Json& value);
/// Numbers by value, texts and binaries by bytes; nothing when the types differ or have no order.
std::optional<std::strong_ordering> order(const Json& a, const Json& b);
/// Equal as DynamoDB sees it: numbers by value, sets without regard to order.
bool equal(const Json& a, const Json& b);
/// What size() gives: characters, bytes, or members.
std::optional<std::size_t> size_of(const Json& value);
/// A text that sorts as the key value does.
std::string sort_key(const Json& value);
Json number(double value);
double number_of(const Json& value);

}  // namespace albatross::sim::dynamodb
