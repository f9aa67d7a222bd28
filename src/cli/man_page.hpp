#pragma once

#include "cli/command_help.hpp"

#include <string>

namespace albatross::cli {

/// The manual page of the program (section 1, in the man macros). Pure.
std::string program_man_page(const CommandHelp& program);

/// The manual page of one command, albatross-NAME(1). Pure.
std::string command_man_page(const CommandHelp& program, const CommandHelp& command);

}  // namespace albatross::cli
