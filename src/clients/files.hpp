#pragma once

#include <functional>
#include <string>

namespace albatross {

/// Replaces a file as a whole (never half-written), readable by the owner only.
/// Throws std::runtime_error.
using PrivateFileWriter = std::function<void(const std::string& path, const std::string& content)>;
PrivateFileWriter system_private_file_writer();

}  // namespace albatross
