#include "cli/command_line.hpp"
#include "cli/commands/commands.hpp"

#include <iostream>

int main(int argc, char** argv) {
  using namespace albatross::cli;
  const ParsedCommandLine parsed = parse_command_line(argc, argv);
  if (!parsed.invocation) {
    (parsed.exit_code == 0 ? std::cout : std::cerr) << parsed.text;
    return parsed.exit_code;
  }
  const albatross::Environment environment = albatross::system_environment();
  App app(*parsed.invocation, system_console(parsed.invocation->global, environment), environment);
  return static_cast<int>(dispatch(app));
}
