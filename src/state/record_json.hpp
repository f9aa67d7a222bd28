#pragma once

#include "albatross/state/record.hpp"

#include <string>
#include <vector>

/// Properties and name lists as JSON text, for stores. @throws StateError for text that is not.
namespace albatross::state {

std::string to_json(const Properties& properties);
Properties properties_from_json(const std::string& text);
std::string to_json(const std::vector<std::string>& names);
std::vector<std::string> names_from_json(const std::string& text);

}  // namespace albatross::state
