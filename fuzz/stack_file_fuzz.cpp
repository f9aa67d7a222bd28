// Stack files: read into a Stack, or refused with at least one complaint, each of which can be
// shown.
#include "albatross/orchestrator/stack_file.hpp"

#include "support.hpp"

#include <optional>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace albatross;
  const std::string_view text = fuzz::text_of(data, size);
  const auto read_file = [](const std::string&) -> std::optional<std::string> {
    return "#!/bin/sh";
  };
  try {
    const Stack stack = parse_stack(text, "stack.yaml", read_file);
    fuzz::require(!stack.name.empty(), "a stack without a name", text);
  } catch (const SpecError& error) {
    fuzz::require(!error.problems().empty(), "refused without a complaint", text);
    for (const SpecProblem& problem : error.problems()) {
      fuzz::require(!problem.message.empty(), "a complaint without words", text);
      fuzz::require(render_problem(problem, text).ends_with('\n'), "a complaint without an end");
    }
  }
  return 0;
}
