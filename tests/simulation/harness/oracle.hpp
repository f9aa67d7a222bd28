#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "simulation/harness/account.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What must hold, whatever happens; each check gives what is wrong, in words.
namespace albatross::simulation {

std::vector<std::string> ids_of(const std::vector<sim::Item>& items, std::string_view type);

/// Makes the stack live in the account's default VPC, its subnets named one by one.
void use_what_exists(Stack& stack, const std::vector<sim::Item>& before);

/// Calls that changed or removed what was there before the stack. (What they would have left
/// behind is found by comparing inventories.)
std::vector<std::string> touched(const Account& account, const std::vector<sim::Item>& before);

/// Does any property or output hold that text?
bool mentions(const ResourceRecord& record, std::string_view text);

/// A receipt of a complete removal, held against what the account really holds.
std::vector<std::string> judge_receipt(Account& account, const Receipt& receipt);

/// Counts the rare paths that an event or a result shows.
void count_paths(const Event& event, std::map<std::string, std::size_t>& paths);
void count_paths(Verb verb, const RunResult& result, std::map<std::string, std::size_t>& paths);

}  // namespace albatross::simulation
