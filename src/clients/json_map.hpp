#pragma once

#include <map>
#include <string>

namespace albatross::wire {

/// What is below a map has names that the caller chose, and is in no schema (schema.hpp): there its
/// kind is "map".
template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T>> = true;

}  // namespace albatross::wire
