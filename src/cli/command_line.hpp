#pragma once

#include "cli/command_help.hpp"
#include "cli/options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::cli {

/// What became of a command line: something to do, or something to print and the exit code.
struct ParsedCommandLine {
  std::optional<Invocation> invocation;
  std::string text;
  int exit_code = 0;
};

/// Reads arguments and, for options not given, ALBATROSS_* variables.
ParsedCommandLine parse_command_line(int argc, const char* const* argv);

/// The same of the words behind the program's name, whatever the variables say.
ParsedCommandLine parse_words(const std::vector<std::string>& words);

/// The words of a command line, and behind them, as words, the command's own options that come from
/// ALBATROSS_* variables: what gives the same options to parse_words().
std::vector<std::string> words_with_variables(const std::vector<std::string>& words);

/// All commands and options, for completions and man pages.
CommandHelp command_help();

}  // namespace albatross::cli
