#pragma once

#include "sim/dynamodb/tokens.hpp"

#include <string_view>

namespace albatross::sim::dynamodb {

/// The item after an UpdateExpression (SET with +, -, if_not_exists and list_append, REMOVE, ADD,
/// DELETE). Every operand is read from the item as it was. Throws ApiError ValidationException,
/// also when it would change an attribute of `key`.
Json updated(const Json& item, std::string_view expression, const Symbols& symbols,
             const Json& key = Json::object());
/// The part of an item that a ProjectionExpression names; all of it when that is empty.
Json projected(const Json& item, std::string_view expression, const Symbols& symbols);

}  // namespace albatross::sim::dynamodb
