#include "sim/dynamodb/store.hpp"

#include <functional>
#include <vector>

namespace albatross::sim::dynamodb {
namespace {

Write write_of(Call& call, const Json& part) {
  if (part.contains("Put")) return put_of(call, part["Put"]);
  if (part.contains("Update")) return update_of(call, part["Update"]);
  if (part.contains("Delete")) return delete_of(call, part["Delete"]);
  if (part.contains("ConditionCheck")) return check_of(call, part["ConditionCheck"]);
  refuse("ValidationException", "TransactItems can only contain one of Check, Put, Update, Delete");
}

[[noreturn]] void cancel(const Json& reasons) {
  std::string codes;
  for (const Json& reason : reasons)
    codes += cat(codes.empty() ? "" : ", ", reason["Code"].get<std::string>());
  ApiError error{
      "TransactionCanceledException",
      cat("Transaction cancelled, please refer cancellation reasons for specific reasons "
          "[",
          codes, "]")};
  error.members = cat("\"CancellationReasons\":", reasons.dump());
  throw error;
}

/// Works every part out before anything is written; all conditions must hold.
std::vector<Write> writes_of(Call& call, const Json& parts) {
  std::vector<Write> writes;
  Json reasons = Json::array();
  bool failed = false;
  for (const Json& part : parts) {
    try {
      writes.push_back(write_of(call, part));
      reasons.push_back({{"Code", "None"}});
    } catch (const ApiError& error) {
      if (error.code != "ConditionalCheckFailedException") throw;
      Json reason = {{"Code", "ConditionalCheckFailed"}, {"Message", error.message}};
      if (!error.members.empty()) reason.update(Json::parse(cat("{", error.members, "}")));
      reasons.push_back(std::move(reason));
      failed = true;
    }
  }
  if (failed) cancel(reasons);
  return writes;
}

void transact_write(Call& call) {
  const Json request = json_body(call);
  const Json parts = request.value("TransactItems", Json::array());
  if (parts.empty() || parts.size() > 100) {
    refuse("ValidationException", "Member must have length between 1 and 100");
  }
  const std::string token = request.value("ClientRequestToken", "");
  const auto digest = static_cast<std::uint64_t>(std::hash<std::string>{}(parts.dump()));
  const std::string key = "TransactWriteItems:" + token;
  call.json = "{}";
  if (const auto it = call.world.tokens.find(key);
      !token.empty() && it != call.world.tokens.end()) {
    if (it->second.first == digest) return;
    refuse("IdempotentParameterMismatchException",
           "The client token is used with other parameters");
  }
  const auto writes = writes_of(call, parts);
  for (std::size_t i = 0; i < writes.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const bool same = writes[i].table == writes[k].table &&
                        writes[i].key.hash == writes[k].key.hash &&
                        writes[i].key.range == writes[k].key.range;
      if (same) {
        refuse("ValidationException",
               "Transaction request cannot include multiple operations on one item");
      }
    }
  }
  for (const Write& write : writes)
    carry_out(write);
  if (!token.empty()) call.world.tokens[key] = {digest, ""};
}

constexpr Action actions[] = {{"TransactWriteItems", transact_write}};

}  // namespace

std::span<const Action> transaction_actions() {
  return actions;
}

}  // namespace albatross::sim::dynamodb
