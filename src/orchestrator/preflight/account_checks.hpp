#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "orchestrator/preflight/account_facts.hpp"
#include "orchestrator/preflight/needs.hpp"
#include "orchestrator/survey.hpp"

#include <vector>

namespace albatross {

/// What in the account keeps the stack from going up, or may. Pure.
/// @param survey which subnets and places were chosen; without any (the survey failed) what depends
/// on them is left out
std::vector<Finding> check_account(const Stack& stack, const std::string& region,
                                   const Survey& survey, const Needs& needs,
                                   const AccountFacts& facts, WallTime now);

}  // namespace albatross
