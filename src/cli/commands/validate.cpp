#include "albatross/orchestrator/stack_file.hpp"

#include "cli/commands/commands.hpp"
#include "cli/json_output.hpp"
#include "cli/status_text.hpp"

#include <ostream>

namespace albatross::cli {

ExitCode validate(App& app, const ValidateOptions& options) {
  const Stack stack = load_stack(options.file);
  const std::string summary = stack_summary(stack);
  if (app.wants_json()) {
    app.out() << valid_json(stack, summary);
    return ExitCode::done;
  }
  const TextStyle& style = app.console().out.style;
  app.out() << options.file << paint(Tone::good, " is valid", style) << "\n";
  for (const std::string& line : wrap(summary, style.width))
    app.out() << line << "\n";
  return ExitCode::done;
}

}  // namespace albatross::cli
