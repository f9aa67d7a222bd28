#pragma once

#include "albatross/orchestrator/deployer.hpp"
#include "albatross/orchestrator/session.hpp"

#include <map>
#include <string>

namespace albatross {

/// Who the recorded stack is.
StackIdentity identity_of(const StackRecord& record, std::map<std::string, std::string> tags);

/// What the store says of a stack, and what AWS says of each resource now, asked all at once.
/// @throws UnknownStack, StateError, ApiError, CredentialsError
Task<StackStatus> inspect(AwsClients& aws, Store& store, std::string name);

}  // namespace albatross
