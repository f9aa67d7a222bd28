#pragma once

#include "albatross/runtime/deadline.hpp"
#include "albatross/runtime/task.hpp"

#include <functional>
#include <string>
#include <vector>

namespace albatross {

/// How a child process ended.
struct ProcessResult {
  /// 128 + signal when a signal ended it.
  int exit_code = 0;
  std::string output;
  std::string errors;
};

/// Runs a program to its end, without a shell and without standard input; arguments[0] is looked up
/// in PATH. At the deadline and on cancellation the program is killed. Output is read to 1 MiB.
/// @throws std::runtime_error when it cannot be started, does not end in time, or says too much;
/// operation_aborted when cancelled.
using ProcessRunner =
    std::function<Task<ProcessResult>(std::vector<std::string> arguments, Deadline deadline)>;
/// Runs this machine's programs; the clock must outlive it.
ProcessRunner system_process_runner(Clock& clock);

}  // namespace albatross
