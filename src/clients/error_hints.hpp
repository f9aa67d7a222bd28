#pragma once

#include "albatross/clients/service.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace albatross {

/// Advice for one kind of error. Empty members match everything; the first line that matches is
/// taken, so special lines stand before general ones. In `text`, "{call}" becomes the IAM action
/// ("ec2:RunInstances").
struct Hint {
  std::optional<Service> service;
  std::string_view action;
  std::string_view code;
  std::string_view words;
  std::string_view text;
};

/// The advice table (error_hint_table.cpp).
std::span<const Hint> hint_table();
/// What is left to say when no line of the advice table matches (error_hints_general.cpp).
std::span<const Hint> general_hint_table();

}  // namespace albatross
