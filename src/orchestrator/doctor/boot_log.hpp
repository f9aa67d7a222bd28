#pragma once

#include <string_view>

namespace albatross {

/// How far an instance's boot and its user data are, as far as the console tells.
enum class BootStage : unsigned char {
  unknown,           ///< nothing is there (yet), or nothing that is understood
  booting,           ///< the user data has not begun
  awaiting_storage,  ///< our own part waits for a mount target
  user_data,         ///< the user data is at work
  storage_failed,    ///< our own part gave up mounting, so the user data was not run
  user_data_failed,  ///< it ended with an error
  finished,
};

/// Reads what the console shows. Only the words of cloud-init and of our own script count: what
/// else was printed may hold anything, and is never told to anybody. Pure.
BootStage read_boot_log(std::string_view console);

}  // namespace albatross
