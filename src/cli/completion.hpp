#pragma once

#include "cli/command_help.hpp"

#include <cstdint>
#include <string>

namespace albatross::cli {

enum class Shell : std::uint8_t { bash, zsh, fish };

/// The script with which that shell completes commands, options, their values, files, and the names
/// of the stacks that are known here (it asks `albatross list --names`). Pure.
std::string completion_script(Shell shell, const CommandHelp& program);

}  // namespace albatross::cli
