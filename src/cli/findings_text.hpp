#pragma once

#include "albatross/orchestrator/event.hpp"

#include "cli/text.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// Findings for people, one after the other: at their place in the stack file, with the line and a
/// caret, where they are about a member of it; then what to do.
/// @param stack_file read for that; empty, or a file that cannot be read: no places
std::string findings_text(const std::vector<Finding>& findings, const std::string& stack_file,
                          const TextStyle& style);

}  // namespace albatross::cli
