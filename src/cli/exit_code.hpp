#pragma once

namespace albatross {
struct RunResult;
}

namespace albatross::cli {

/// What the process tells its caller. Part of the contract: scripts depend on it.
enum class ExitCode : int {
  done = 0,
  /// Failed; what had to go is gone, nothing unknown is left.
  failed = 1,
  /// The command line or the stack file is wrong; nothing was touched.
  usage = 2,
  /// Failed, and something is left that should not be: it is listed.
  left_behind = 3,
  /// Interrupted; the state is safe and the command can be repeated.
  interrupted = 4,
  /// Credentials or permissions.
  access = 5,
  /// Another run works on the stack.
  locked = 6,
};

ExitCode exit_code_of(const RunResult& result);

}  // namespace albatross::cli
