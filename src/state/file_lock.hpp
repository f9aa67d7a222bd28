#pragma once

#include "albatross/state/store.hpp"

#include <memory>
#include <string>

namespace albatross::state {

/// Takes the operating system's lock on `path` and writes `holder` into the file. The system lets
/// go of it when the process ends, however it ends, so a lock is never stale.
/// @throws LockedError with the text of the holder who has it
std::unique_ptr<StackLock> lock_file(const std::string& path, const std::string& stack,
                                     const std::string& holder);

}  // namespace albatross::state
