#include "simulation/harness/oracle.hpp"

#include "albatross/orchestrator/session.hpp"

#include "simulation/harness/scenario.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace albatross::simulation {
namespace {

bool holds(const Properties& properties, std::string_view text) {
  for (const auto& [name, value] : properties) {
    if (const auto* single = std::get_if<std::string>(&value)) {
      if (single->find(text) != std::string::npos) return true;
      continue;
    }
    for (const std::string& item : std::get<std::vector<std::string>>(value)) {
      if (item.find(text) != std::string::npos) return true;
    }
  }
  return false;
}

bool takes_away(std::string_view action) {
  static constexpr std::array verbs{"Delete",       "Terminate", "Detach", "Disassociate",
                                    "Replace",      "Revoke",    "Stop",   "ModifyVpcAttribute",
                                    "ModifySubnet", "Set"};
  return std::any_of(verbs.begin(), verbs.end(),
                     [&](const char* verb) { return action.starts_with(verb); });
}

bool is_ours(const sim::Item& item) {
  return std::any_of(item.tags.begin(), item.tags.end(),
                     [](const auto& tag) { return tag.first == tag_deployment; });
}

}  // namespace

std::vector<std::string> ids_of(const std::vector<sim::Item>& items, std::string_view type) {
  std::vector<std::string> out;
  for (const sim::Item& item : items) {
    if (item.type == type) out.push_back(item.id);
  }
  return out;
}

void use_what_exists(Stack& stack, const std::vector<sim::Item>& before) {
  stack.network.mode = NetworkSpec::Mode::existing;
  stack.network.vpc_id = ids_of(before, "vpc").front();
  stack.network.subnet_ids = ids_of(before, "subnet");
}

std::vector<std::string> touched(const Account& account, const std::vector<sim::Item>& before) {
  std::vector<std::string> out;
  for (const sim::CallRecord& call : account.cloud.calls()) {
    if (!takes_away(call.action) || !call.error_code.empty()) continue;
    for (const sim::Item& item : before) {
      // The call may name it beside what it is about (a VPC that a gateway leaves).
      const bool about = call.parameters.find("=" + item.id) < call.parameters.find(' ');
      if (!item.id.empty() && about) {
        out.push_back(call.action + " of " + item.id + ", which is not the stack's");
      }
    }
  }
  return out;
}

bool mentions(const ResourceRecord& record, std::string_view text) {
  return holds(record.properties, text) || holds(record.outputs, text);
}

std::vector<std::string> judge_receipt(Account& account, const Receipt& receipt) {
  std::vector<std::string> out;
  if (!receipt.unchecked.empty()) return out;
  std::size_t there = 0;
  for (const sim::Item& item : account.inventory()) {
    if (!is_ours(item)) continue;
    ++there;
    if (receipt.remnants.empty()) {
      out.push_back("the receipt says that nothing is left, but there is " + item.type + " " +
                    item.id);
    }
  }
  if (there == 0 && !receipt.remnants.empty()) {
    out.push_back("the receipt names " + receipt.remnants.front().id + ", which is not there");
  }
  return out;
}

void count_paths(const Event& event, std::map<std::string, std::size_t>& paths) {
  switch (event.type) {
    case EventType::resource_adopted:
      ++paths["adopted"];
      break;
    case EventType::resource_updated:
      ++paths["updated in place"];
      break;
    case EventType::rollback_started:
      ++paths["rolled back after a failure"];
      break;
    case EventType::retrying:
      ++paths["sent again"];
      break;
    case EventType::warning:
      if (event.detail.find("; trying ") != std::string::npos) ++paths["moved to another zone"];
      if (event.detail.find("; adding ") != std::string::npos) ++paths["took a zone more"];
      break;
    case EventType::waiting:
      if (event.detail.starts_with("still used by ")) ++paths["named who holds it"];
      break;
    default:
      break;
  }
}

void count_paths(Verb verb, const RunResult& result, std::map<std::string, std::size_t>& paths) {
  const bool rollback = verb == Verb::rollback_all || verb == Verb::rollback_load_balancer;
  if (rollback && result.outcome == Outcome::done) ++paths["rolled back on demand"];
  if (result.failure && result.failure->code == "Timeout") ++paths["ran out of time"];
  if (!result.receipt) return;
  if (result.receipt->clean()) ++paths["clean receipt"];
  if (!result.receipt->remnants.empty()) ++paths["receipt with remnants"];
  if (!result.receipt->unchecked.empty()) ++paths["receipt with a gap"];
}

std::vector<std::string> rare_paths() {
  return {"adopted",
          "updated in place",
          "rolled back after a failure",
          "rolled back on demand",
          "sent again",
          "moved to another zone",
          "took a zone more",
          "ran out of time",
          "refused by the lock",
          "clean receipt",
          "receipt with remnants"};
}

}  // namespace albatross::simulation
