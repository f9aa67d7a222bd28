#pragma once

#include "albatross/orchestrator/stack.hpp"

#include <cstdint>
#include <string>

namespace albatross {

/// What somebody is to be allowed to do with a stack.
enum class PolicyPurpose : std::uint8_t {
  deploy,   ///< build it, change it, replace parts of it, roll it back
  destroy,  ///< take it down
};

/// The least-privilege IAM policy, as a JSON document, for one purpose and exactly this stack:
/// every action that its kinds of resources need and no other, confined to what bears the stack's
/// tag wherever AWS can confine it so, and to the stack's names where it has names. Pure; asks
/// nobody. Source of what can be confined how: AWS's Service Authorization Reference.
/// @param stack with its region, or without: then the policy holds in every region
/// @param purpose what is to be allowed
/// @throws std::logic_error when the stack needs a kind for which no permissions are known
std::string least_privilege_policy(const Stack& stack, PolicyPurpose purpose);

}  // namespace albatross
