#pragma once

#include "sim/core/json_body.hpp"
#include "sim/dynamodb/update.hpp"

#include <map>
#include <string>

namespace albatross::sim::dynamodb {

/// The table that a request names; refuses when it is not there, or not active (items only).
DynamoTable& table_of(Call& call, const Json& request);
DynamoTable& active_table_of(Call& call, const Json& request);
Json describe(const Call& call, const DynamoTable& table);

/// The keys of an item or a Key member, checked against the table's schema.
struct Key {
  std::string hash;
  std::string range;
};
Key key_in(const DynamoTable& table, const Json& item);
/// As key_in(), and nothing else may be there.
Key exact_key(const DynamoTable& table, const Json& key);

/// The item of that key; an empty object when there is none.
Json load(const DynamoTable& table, const Key& key);
void save(DynamoTable& table, const Key& key, const Json& item);
void erase(DynamoTable& table, const Key& key);

/// One write of PutItem, UpdateItem, DeleteItem or a transaction: what was there and what will be
/// (an empty object for nothing).
struct Write {
  DynamoTable* table;
  Key key;
  Json before;
  Json after;
};
/// Works a write out and checks its condition. Throws ApiError ConditionalCheckFailedException.
Write put_of(Call& call, const Json& request);
Write update_of(Call& call, const Json& request);
Write delete_of(Call& call, const Json& request);
Write check_of(Call& call, const Json& request);
void carry_out(const Write& write);

std::span<const Action> table_actions();
std::span<const Action> item_actions();
std::span<const Action> query_actions();
std::span<const Action> transaction_actions();

}  // namespace albatross::sim::dynamodb
