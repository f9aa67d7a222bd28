#pragma once

#include "albatross/runtime/task.hpp"

#include "cli/app.hpp"

#include <string>

namespace albatross::cli {

/// Asks the user, who sits at a terminal, and returns the line that is typed; in a replay the line
/// that was. Blocks: for commands that have not begun.
std::string ask_user(App& app, const std::string& question);

/// The same while calls are under way: signals are handled while it waits. Honours cancellation.
Task<std::string> ask_user_meanwhile(App& app, std::string question);

}  // namespace albatross::cli
