#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "orchestrator/run.hpp"

#include <functional>
#include <vector>

namespace albatross {

struct Removal {
  /// Confirmed gone by AWS; their records are erased.
  std::vector<ResourceRecord> gone;
  /// Still there, or not known to be gone; their records stay.
  std::vector<Leftover> left;
};

/// Removes what the records stand for: each after everything that it must outlive is gone, all else
/// at once. Reused things are only forgotten. Goes on past failures; what a failed one depends on
/// is left with it.
/// @throws only operation_aborted (and StateError)
Task<Removal> remove(const Run& run, std::vector<ResourceRecord> records);

/// Removes what one record stands for and waits until AWS shows it no more; the record itself
/// stays. Everything that depends on it must be gone. False when there was nothing.
/// @param waited_for what had to be gone before, for the event
/// @param on_sent called when AWS has taken the removal (or there is nothing to remove)
/// @throws NodeFailed, ApiError, CredentialsError
Task<bool> remove_one(const Run& run, ResourceRecord& record, Deadline deadline,
                      std::vector<Dependency> waited_for, std::function<void()> on_sent = {});

}  // namespace albatross
