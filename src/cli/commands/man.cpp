#include "cli/command_line.hpp"
#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/man_page.hpp"

#include <ostream>

namespace albatross::cli {

ExitCode man(App& app, const ManOptions& options) {
  const CommandHelp program = command_help();
  if (options.command.empty()) {
    app.out() << program_man_page(program) << std::flush;
    return ExitCode::done;
  }
  for (const CommandHelp& command : program.commands) {
    if (command.name != options.command) continue;
    app.out() << command_man_page(program, command) << std::flush;
    return ExitCode::done;
  }
  throw UsageError("there is no command named " + options.command);
}

}  // namespace albatross::cli
