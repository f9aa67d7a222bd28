#pragma once

#include <cstdint>
#include <string_view>

namespace albatross {
enum class Outcome : std::uint8_t;
struct RunResult;
}  // namespace albatross

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

/// "done", "failed", "left_behind", "interrupted": as in JSON.
std::string_view outcome_name(Outcome outcome);

ExitCode exit_code_of(const RunResult& result);

}  // namespace albatross::cli
