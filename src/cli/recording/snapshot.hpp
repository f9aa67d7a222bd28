#pragma once

#include "albatross/orchestrator/stack.hpp"
#include "albatross/state/store.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// What the store knew when a recorded run began.
struct Snapshot {
  std::vector<StackRecord> stacks;
  std::vector<ResourceRecord> resources;
};

/// Of one stack; of all when the name is empty.
Task<Snapshot> take_snapshot(Store& store, std::string stack);
Task<> restore_snapshot(Store& store, Snapshot snapshot);

/// As a JSON document, a member a line.
std::string snapshot_text(const Snapshot& snapshot);
/// @throws std::runtime_error
Snapshot read_snapshot(const std::string& text);

/// Replaces the fingerprints of user data: what remains is whether the stack file's is the same.
/// @param stack what the run deploys; nullptr when it deploys nothing
void hide_fingerprints(Snapshot& snapshot, const Stack* stack);
/// Puts those of the shareable stack in their place, so that what was the same is the same again.
void restore_fingerprints(Snapshot& snapshot, const Stack& stack);

}  // namespace albatross::cli
