#pragma once

#include "albatross/clients/dynamodb/attribute_value.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::dynamodb {

/// What the expressions of a request stand on: "#n" for the name of an attribute (names such as
/// "status" or "owner" are reserved words and can be written in no other way), ":v" for a value.
struct Expressions {
  std::map<std::string, std::string> names;
  Item values;
};

struct GetItemRequest {
  std::string table_name;
  Item key;
  /// False: the answer may be a second or so old, at half the price.
  bool consistent_read = false;
  std::string projection_expression;
  std::map<std::string, std::string> expression_attribute_names;
};
struct GetItemResponse {
  /// Empty when there is no such item.
  Item item;
};

/// Replaces the whole item.
struct PutItemRequest {
  std::string table_name;
  Item item;
  std::string condition_expression;
  Expressions expressions;
  /// NONE | ALL_OLD.
  std::string return_values;
  /// ALL_OLD | NONE. With ALL_OLD the error of a failed condition tells what is there: see
  /// item_of().
  std::string return_values_on_condition_check_failure;
};
struct PutItemResponse {
  Item attributes;
};

/// Changes attributes, and makes the item when there is none.
struct UpdateItemRequest {
  std::string table_name;
  Item key;
  std::string update_expression;
  std::string condition_expression;
  Expressions expressions;
  /// NONE | ALL_OLD | UPDATED_OLD | ALL_NEW | UPDATED_NEW.
  std::string return_values;
  std::string return_values_on_condition_check_failure;
};
struct UpdateItemResponse {
  Item attributes;
};

/// Without a condition it is a success also when there is no such item.
struct DeleteItemRequest {
  std::string table_name;
  Item key;
  std::string condition_expression;
  Expressions expressions;
  std::string return_values;
  std::string return_values_on_condition_check_failure;
};
struct DeleteItemResponse {
  Item attributes;
};

/// The items of one partition, in the order of their sort keys.
struct QueryRequest {
  std::string table_name;
  /// "pk = :pk AND begins_with(sk, :prefix)".
  std::string key_condition_expression;
  std::string filter_expression;
  std::string projection_expression;
  Expressions expressions;
  bool consistent_read = false;
  /// Items of one page; pages end at 1 MB all the same.
  std::optional<int> limit;
  /// Unset: ascending.
  std::optional<bool> scan_index_forward;
  Item exclusive_start_key;
};
struct QueryResponse {
  std::vector<Item> items;
  int count = 0;
  int scanned_count = 0;
  /// Where the next page starts; empty at the end.
  Item last_evaluated_key;
};

/// Holds when the condition does; changes nothing.
struct ConditionCheck {
  std::string table_name;
  Item key;
  std::string condition_expression;
  Expressions expressions;
  std::string return_values_on_condition_check_failure;
};
/// As PutItem, UpdateItem and DeleteItem, but as a part of a transaction.
struct Put {
  std::string table_name;
  Item item;
  std::string condition_expression;
  Expressions expressions;
  std::string return_values_on_condition_check_failure;
};
struct Update {
  std::string table_name;
  Item key;
  std::string update_expression;
  std::string condition_expression;
  Expressions expressions;
  std::string return_values_on_condition_check_failure;
};
struct Delete {
  std::string table_name;
  Item key;
  std::string condition_expression;
  Expressions expressions;
  std::string return_values_on_condition_check_failure;
};
/// One of the four.
struct TransactWriteItem {
  std::optional<ConditionCheck> condition_check;
  std::optional<Put> put;
  std::optional<Delete> remove;
  std::optional<Update> update;
};
/// All or nothing. At most 100 parts and 4 MB, no item in two of them.
struct TransactWriteItemsRequest {
  std::vector<TransactWriteItem> items;
  /// At most 36 characters, good for ten minutes. With one a lost answer is asked for again.
  std::string client_token;
};
struct TransactWriteItemsResponse {};

}  // namespace albatross::dynamodb
