#include "cli/commands/commands.hpp"
#include "cli/json_output.hpp"
#include "cli/status_text.hpp"

#include <ostream>

namespace albatross::cli {
namespace {

Task<ExitCode> list_stacks(App& app, bool names) {
  const std::vector<StackRecord> stacks = co_await app.store().stacks();
  if (names) {
    for (const StackRecord& stack : stacks)
      app.out() << stack.name << "\n";
    co_return ExitCode::done;
  }
  if (app.wants_json()) {
    app.out() << list_json(stacks) << std::flush;
  } else {
    app.out() << list_text(stacks, app.clock().wall(), app.console().out.style) << std::flush;
  }
  co_return ExitCode::done;
}

}  // namespace

ExitCode list(App& app, const ListOptions& options) {
  return app.run(list_stacks(app, options.names));
}

}  // namespace albatross::cli
