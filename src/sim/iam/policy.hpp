#pragma once

#include "sim/core/action.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim::iam {

enum class Decision { allowed, explicit_deny, implicit_deny };
/// As SimulatePrincipalPolicy spells it: "allowed", "explicitDeny", "implicitDeny".
std::string_view to_string(Decision decision);

/// What these policy documents say to an action ("ec2:RunInstances") on a resource: a matching Deny
/// wins over any Allow. Conditions count as met. An empty `resource` stands for "some resource": an
/// Allow of any resource matches, a Deny only when it is for all.
Decision decide(const std::vector<std::string>& documents, std::string_view action,
                std::string_view resource);

/// Throws std::invalid_argument unless the text is empty or a policy document that can be held to:
/// every statement with an effect, actions and resources.
void check_caller_policy(const std::string& text);

/// The documents that bind a role: its own and those of AWS's policies that are attached to it.
std::vector<std::string> documents_of(const Role& role);

/// Refuses, in the service's words, what the caller's policies do not allow.
void authorize(const World& world, const Caller& caller, const Service& service,
               std::string_view action);

std::span<const Action> simulation_actions();

}  // namespace albatross::sim::iam
