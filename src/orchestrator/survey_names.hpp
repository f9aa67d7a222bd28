#pragma once

#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/state/record.hpp"

#include <vector>

namespace albatross {

/// That the names which a deploy will give are free, or taken by what is this stack's: a look for
/// each. Each throws NodeFailed when somebody else has the name. The references must outlive them.
std::vector<Task<>> name_checks(AwsClients& aws, const Stack& stack, const StackIdentity& identity,
                                const std::vector<ResourceRecord>& known,
                                const CallOptions& options);

}  // namespace albatross
