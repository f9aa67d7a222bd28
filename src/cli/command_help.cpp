#include "cli/command_help.hpp"

namespace albatross::cli {
namespace {

void add_below(const CommandHelp& parent, const std::vector<std::string>& words,
               std::vector<CommandPath>& into) {
  for (const CommandHelp& command : parent.commands) {
    std::vector<std::string> own = words;
    own.push_back(command.name);
    into.push_back({own, &command});
    add_below(command, own, into);
  }
}

}  // namespace

std::vector<CommandPath> commands_below(const CommandHelp& parent) {
  std::vector<CommandPath> found;
  add_below(parent, {}, found);
  return found;
}

}  // namespace albatross::cli
