#include "cli/commands/finish_run.hpp"

#include "cli/exit_code.hpp"
#include "cli/json_output.hpp"

#include <ostream>

namespace albatross::cli {

ExitCode finish_run(App& app, RunDisplay& display, const std::string& command,
                    const RunResult& result, const ReportContext& context, Report report) {
  const ExitCode code = exit_code_of(result);
  const bool done = code == ExitCode::done;
  display.conclude(result, code);
  if (app.wants_json()) app.out() << run_json(command, result, code, context.elapsed) << std::flush;
  if (done && app.wants_json()) return code;
  const Channel& channel = done && !app.wants_document() ? app.console().out : app.console().err;
  TextStyle style = channel.style;
  // It may have been resized meanwhile.
  if (channel.terminal) style.width = terminal_size(channel.descriptor).columns;
  // Beneath the progress, an empty line apart.
  if (!app.global().quiet) *channel.stream << "\n";
  *channel.stream << report(result, context, style) << std::flush;
  return code;
}

}  // namespace albatross::cli
