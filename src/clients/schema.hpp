#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::wire {

/// What a codec calls a member on the wire and how it treats it. A codec that is asked for its
/// schema visits every member once, present or not, so that a test can hold all names against
/// AWS's model: there is no second list of names that could drift from the code. Asked for its
/// values, it tells what is there, so that a test can hold a parsed answer against another
/// parser's.
struct SchemaEntry {
  /// "Filter.N.Value.N", "vpcSet.N.tagSet.N.key"; among values with indices from 1 for N.
  std::string path;
  /// string | integer | float | boolean | blob | timestamp | structure | list.
  std::string_view kind;
  /// The value as text; empty in a schema and for structures and lists.
  std::string value;
  friend auto operator<=>(const SchemaEntry&, const SchemaEntry&) = default;
};

using Schema = std::vector<SchemaEntry>;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

}  // namespace albatross::wire
