#pragma once

#include "sim/dynamodb/tokens.hpp"

#include <memory>
#include <string_view>

namespace albatross::sim::dynamodb {

/// A condition, filter or key condition, parsed: comparisons, BETWEEN, IN, AND, OR, NOT, and the
/// functions attribute_exists, attribute_not_exists, attribute_type, begins_with, contains, size.
class Condition {
 public:
  /// Throws ApiError ValidationException. @param kind "ConditionExpression", for complaints.
  Condition(std::string_view text, const char* kind, const Symbols& symbols);
  Condition(Condition&&) noexcept;
  ~Condition();

  bool holds(const Json& item) const;
  /// The value that this attribute must equal for the condition to hold; null when there is none
  /// (what a Query needs for its partition key).
  const Json* must_equal(std::string_view attribute) const;

  struct Node;

 private:
  std::unique_ptr<Node> root_;
};

}  // namespace albatross::sim::dynamodb
