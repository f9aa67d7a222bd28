#pragma once

#include "albatross/orchestrator/stack.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What the instances of a stack run at their first boot. Pure functions.
namespace albatross {

/// EC2's limit on user data, in bytes before base64 (RunInstances, UserData).
inline constexpr std::size_t user_data_limit = 16384;

/// What cloud-init makes of user data, told by its beginning.
enum class UserDataKind : std::uint8_t {
  none,        ///< empty
  script,      ///< "#!": run by the interpreter it names
  cloud_init,  ///< "#cloud-config" and its like: can be one part of several
  opaque,      ///< multi-part, compressed or binary: can only be passed on as it is
  unknown,     ///< cloud-init would ignore it
};

/// The kind of that text. Pure.
UserDataKind kind_of_user_data(std::string_view text);

/// The user data to launch the stack's instances with, not yet in base64.
///
/// Without a file system: the stack's own, unchanged. With one: a script that mounts it (installing
/// what that takes, trying until a mount target answers or timeouts.storage is over), makes the
/// mount survive a reboot, and then runs the stack's own script with its own interpreter; when the
/// mount fails, so does the script, and the stack's own is not run. cloud-init data becomes a
/// second part beside that script. Logs to /var/log/albatross.log on the instance.
///
/// @param stack as parse_stack() gives it
/// @param file_system_id fs-…; ignored when the stack has no file system
/// @param region where it is mounted
/// @param dns_suffix of the region's partition: "amazonaws.com", "amazonaws.com.cn"
/// @return at most user_data_limit bytes for a stack that parse_stack has accepted. Holds whatever
///   secrets the stack's own user data holds.
std::string render_user_data(const Stack& stack, std::string_view file_system_id,
                             std::string_view region, std::string_view dns_suffix);

}  // namespace albatross
