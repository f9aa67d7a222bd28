#pragma once

#include "orchestrator/run.hpp"

#include <functional>
#include <string>

namespace albatross {

/// Sends a mutation until it succeeds, shielded from cancellation each time: what was sent is let
/// finish and is recorded by `attempt` itself. Between attempts, also those that one call makes,
/// cancellation is honoured.
///
/// Goes on after errors that pass by themselves (trouble, throttling, dependents not gone yet,
/// things not visible or not propagated yet) until the deadline, and says so in retrying events.
/// @param attempt one try, call and bookkeeping; invoked again for each
/// @param doing "creating", "deleting": for the failure
/// @throws NodeFailed
Task<> mutate(const Run& run, const ResourceRecord& record, Step step, Deadline deadline,
              std::string doing, std::function<Task<>()> attempt);

}  // namespace albatross
