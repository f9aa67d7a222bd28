#pragma once

#include "cli/command_help.hpp"
#include "cli/options.hpp"

#include <optional>
#include <string>

namespace albatross::cli {

/// What became of a command line: something to do, or something to print and the exit code.
struct ParsedCommandLine {
  std::optional<Invocation> invocation;
  std::string text;
  int exit_code = 0;
};

/// Reads arguments and, for options not given, ALBATROSS_* variables.
ParsedCommandLine parse_command_line(int argc, const char* const* argv);

/// All commands and options, for completions and man pages.
CommandHelp command_help();

}  // namespace albatross::cli
