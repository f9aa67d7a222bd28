#pragma once

#include "albatross/orchestrator/stack.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

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

/// Actions that are confined alike.
struct NeededPermission {
  std::set<std::string> actions;
  /// Those of them without which it works all the same, and checks less.
  std::set<std::string> optional;
  /// ARNs, with wildcards; {"*"}: AWS cannot confine them.
  std::set<std::string> resources;
  /// What the policy's conditions are held against, and the values of which any is given with a
  /// call: {"aws:RequestTag/albatross:stack", {"shop"}}.
  std::map<std::string, std::set<std::string>> conditions;
};

/// What that policy permits, for asking whether somebody may do it. Throws as above. Pure.
std::vector<NeededPermission> needed_permissions(const Stack& stack, PolicyPurpose purpose);

}  // namespace albatross
