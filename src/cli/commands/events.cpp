#include "cli/commands/commands.hpp"
#include "cli/commands/past_run.hpp"
#include "cli/history_text.hpp"

#include <ostream>

namespace albatross::cli {

ExitCode events(App& app, const EventsOptions& options) {
  if (app.wants_json()) {
    app.out() << past_run_text(app, options.stack, options.run) << std::flush;
  } else {
    const RunRecord run = past_run(app, options.stack, options.run);
    app.out() << events_text(run, app.console().out.style) << std::flush;
  }
  return ExitCode::done;
}

}  // namespace albatross::cli
