#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/text.hpp"

#include <string>
#include <vector>

/// What `status`, `list` and `validate` print for people. Pure.
namespace albatross::cli {

std::string status_text(const StackStatus& status, WallTime now, const TextStyle& style);
/// For looking at again and again: what changes most stands first, what never changes is left out.
std::string watch_text(const StackStatus& status, WallTime now, const TextStyle& style);
std::string list_text(const std::vector<StackRecord>& stacks, WallTime now, const TextStyle& style);
/// What a valid stack file would build, in one paragraph.
std::string stack_summary(const Stack& stack);

}  // namespace albatross::cli
