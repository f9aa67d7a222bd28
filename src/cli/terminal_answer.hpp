#pragma once

#include "albatross/runtime/task.hpp"

#include <string>

namespace albatross::cli {

/// The next line of standard input, which must be a terminal, without its end; empty at end of
/// file. Signals are handled while it waits. Honours cancellation.
Task<std::string> answer_on_terminal();

}  // namespace albatross::cli
