#pragma once

#include "cli/commands/known_stack.hpp"

#include <string>
#include <vector>

/// What is said before and after a removal, of one stack or several. Pure.
namespace albatross::cli {

/// How many resources go.
std::size_t going_by_destroy(const KnownStack& known);
std::size_t going_by_rollback(const KnownStack& known, bool all);

/// The words that go on with it.
std::vector<std::string> destroy_words(const std::vector<std::string>& stacks);
std::vector<std::string> rollback_words(const std::vector<std::string>& stacks, bool all);

}  // namespace albatross::cli
