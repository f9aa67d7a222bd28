#include "albatross/orchestrator/stack_file.hpp"

#include "cli/commands/commands.hpp"

#include <ostream>

namespace albatross::cli {

ExitCode schema(App& app, const SchemaOptions&) {
  app.out() << stack_schema() << std::flush;
  return ExitCode::done;
}

}  // namespace albatross::cli
