#pragma once

#include <string>
#include <vector>

namespace albatross::cli {

/// One option or argument of a command, as help texts, completions and man pages tell of it.
struct OptionHelp {
  /// "--quiet", "-q"; of an argument only "FILE".
  std::vector<std::string> names;
  /// "NAME", "text|json"; empty when it takes no value.
  std::string value;
  std::string description;
  /// "ALBATROSS_QUIET"; empty when there is none.
  std::string variable;
};

/// A command (or the program itself) and all that it takes.
struct CommandHelp {
  std::string name;
  std::string description;
  /// Examples and remarks, as they stand below the options.
  std::string footer;
  std::vector<OptionHelp> options;
  std::vector<OptionHelp> arguments;
  std::vector<CommandHelp> commands;
};

/// A command and the words that lead to it: {"sim", "ctl", "state"}.
struct CommandPath {
  std::vector<std::string> words;
  const CommandHelp* command;
};

/// All that stand below, at any depth, each before those below it.
std::vector<CommandPath> commands_below(const CommandHelp& parent);

}  // namespace albatross::cli
