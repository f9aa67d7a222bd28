#include "cli/completion.hpp"

#include "cli/command_line.hpp"
#include "cli/commands/commands.hpp"

#include <ostream>

namespace albatross::cli {

ExitCode completion(App& app, const CompletionOptions& options) {
  const Shell shell = options.shell == "bash"  ? Shell::bash
                      : options.shell == "zsh" ? Shell::zsh
                                               : Shell::fish;
  app.out() << completion_script(shell, command_help()) << std::flush;
  return ExitCode::done;
}

}  // namespace albatross::cli
