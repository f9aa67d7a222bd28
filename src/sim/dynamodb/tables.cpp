#include "sim/dynamodb/store.hpp"

#include <algorithm>
#include <chrono>

namespace albatross::sim {

std::span<const std::span<const Action>> dynamodb_actions() {
  static const std::span<const Action> lists[] = {
      dynamodb::table_actions(), dynamodb::item_actions(), dynamodb::query_actions(),
      dynamodb::transaction_actions()};
  return lists;
}

}  // namespace albatross::sim

namespace albatross::sim::dynamodb {
namespace {

[[noreturn]] void invalid(std::string message) {
  refuse("ValidationException", std::move(message));
}

std::string defined_type(const Json& request, const std::string& attribute) {
  for (const Json& definition : request.value("AttributeDefinitions", Json::array())) {
    if (definition.value("AttributeName", "") == attribute) {
      return definition.value("AttributeType", "");
    }
  }
  invalid(
      "One or more parameter values were invalid: Some index key attributes are not defined in "
      "AttributeDefinitions. Keys: [" +
      attribute + "]");
}

void read_schema(const Json& request, DynamoTable& table) {
  const Json schema = request.value("KeySchema", Json::array());
  if (schema.empty() || schema.size() > 2) invalid("A key schema has one or two elements");
  for (const Json& element : schema) {
    const std::string name = element.value("AttributeName", "");
    const bool hash = element.value("KeyType", "") == "HASH";
    KeyAttribute& into = hash ? table.hash : table.range;
    into = {name, defined_type(request, name)};
    if (into.type != "S" && into.type != "N" && into.type != "B") {
      invalid(cat("Type '", into.type, "' of key ", name, " must be one of S, N, B"));
    }
  }
  if (table.hash.name.empty()) invalid("The first KeySchemaElement is not a HASH key type");
  if (request.value("AttributeDefinitions", Json::array()).size() != schema.size()) {
    invalid(
        "One or more parameter values were invalid: Number of attributes in KeySchema does not "
        "exactly match number of attributes defined in AttributeDefinitions");
  }
}

/// What is not simulated must not be taken for granted.
void refuse_indexes(const Json& request) {
  for (const char* member :
       {"GlobalSecondaryIndexes", "LocalSecondaryIndexes", "StreamSpecification"}) {
    if (request.contains(member)) invalid(cat(member, " is not simulated"));
  }
}

bool is_active(const Call& call, const DynamoTable& table) {
  return !table.deleted_at && call.now >= table.active_at;
}

/// Drops a table whose deletion has come to its end.
void sweep(Call& call) {
  std::erase_if(call.world.dynamo_tables, [&](const auto& entry) {
    return entry.second.deleted_at && call.now >= *entry.second.deleted_at;
  });
}

void create_table(Call& call) {
  const Json request = json_body(call);
  sweep(call);
  DynamoTable table;
  table.name = required_text(request, "TableName", "ValidationException");
  const bool plain =
      table.name.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == std::string::npos;
  if (!plain || table.name.size() < 3 || table.name.size() > 255) {
    invalid(cat("1 validation error detected: Value '", table.name,
                "' at 'tableName' failed to satisfy constraint: 3 to 255 letters, digits, _ . -"));
  }
  if (call.world.dynamo_tables.contains(table.name)) {
    refuse("ResourceInUseException", "Table already exists: " + table.name);
  }
  refuse_indexes(request);
  read_schema(request, table);
  table.billing = request.value("BillingMode", "PROVISIONED");
  if (table.billing == "PROVISIONED" && !request.contains("ProvisionedThroughput")) {
    invalid(
        "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must "
        "both be specified when BillingMode is PROVISIONED");
  }
  table.protection = request.value("DeletionProtectionEnabled", false);
  for (const Json& tag : request.value("Tags", Json::array()))
    table.tags[tag.value("Key", "")] = tag.value("Value", "");
  table.id = call.world.ids.uuid();
  table.created = call.wall;
  table.active_at = call.now + call.world.options.times.table_active;
  const std::string name = table.name;
  const auto& made = call.world.dynamo_tables.emplace(name, std::move(table)).first->second;
  call.json = Json{{"TableDescription", describe(call, made)}}.dump();
}

void describe_table(Call& call) {
  sweep(call);
  call.json = Json{{"Table", describe(call, table_of(call, json_body(call)))}}.dump();
}

void list_tables(Call& call) {
  sweep(call);
  const Json request = json_body(call);
  const auto limit = static_cast<std::size_t>(std::clamp(request.value("Limit", 100), 1, 100));
  Json names = Json::array();
  Json answer = Json::object();
  const auto& tables = call.world.dynamo_tables;
  for (auto it = tables.upper_bound(request.value("ExclusiveStartTableName", ""));
       it != tables.end(); ++it) {
    if (names.size() == limit) {
      answer["LastEvaluatedTableName"] = names.back();
      break;
    }
    names.push_back(it->first);
  }
  answer["TableNames"] = std::move(names);
  call.json = answer.dump();
}

void delete_table(Call& call) {
  DynamoTable& table = table_of(call, json_body(call));
  if (!is_active(call, table)) {
    refuse("ResourceInUseException",
           "Attempt to change a resource which is still in use: Table is "
           "being created or deleted: " +
               table.name);
  }
  if (table.protection) {
    invalid(
        "Resource cannot be deleted as it is currently protected against deletion. Disable "
        "deletion protection first.");
  }
  table.deleted_at = call.now + call.world.options.times.table_active;
  call.json = Json{{"TableDescription", describe(call, table)}}.dump();
}

void list_tags(Call& call) {
  const std::string arn = required_text(json_body(call), "ResourceArn", "ValidationException");
  Json request = {{"TableName", arn.substr(arn.rfind('/') + 1)}};
  Json tags = Json::array();
  for (const auto& [key, value] : table_of(call, request).tags)
    tags.push_back({{"Key", key}, {"Value", value}});
  call.json = Json{{"Tags", std::move(tags)}}.dump();
}

constexpr Action actions[] = {
    {"CreateTable", create_table}, {"DescribeTable", describe_table}, {"ListTables", list_tables},
    {"DeleteTable", delete_table}, {"ListTagsOfResource", list_tags},
};

}  // namespace

DynamoTable& table_of(Call& call, const Json& request) {
  std::string name = required_text(request, "TableName", "ValidationException");
  if (name.starts_with("arn:")) name = name.substr(name.rfind('/') + 1);
  const auto it = call.world.dynamo_tables.find(name);
  const bool gone = it == call.world.dynamo_tables.end() ||
                    (it->second.deleted_at && call.now >= *it->second.deleted_at);
  if (gone) {
    refuse("ResourceNotFoundException",
           cat("Requested resource not found: Table: ", name, " not found"));
  }
  return it->second;
}

DynamoTable& active_table_of(Call& call, const Json& request) {
  DynamoTable& table = table_of(call, request);
  if (!is_active(call, table)) {
    refuse("ResourceNotFoundException", "Requested resource not found");
  }
  return table;
}

Json describe(const Call& call, const DynamoTable& table) {
  Json schema = Json::array({{{"AttributeName", table.hash.name}, {"KeyType", "HASH"}}});
  Json attributes =
      Json::array({{{"AttributeName", table.hash.name}, {"AttributeType", table.hash.type}}});
  if (!table.range.name.empty()) {
    schema.push_back({{"AttributeName", table.range.name}, {"KeyType", "RANGE"}});
    attributes.push_back(
        {{"AttributeName", table.range.name}, {"AttributeType", table.range.type}});
  }
  const bool active = is_active(call, table);
  std::size_t count = 0;
  for (const auto& [hash, partition] : table.items)
    count += partition.size();
  return {
      {"TableName", table.name},
      {"TableStatus", table.deleted_at ? "DELETING"
                      : active         ? "ACTIVE"
                                       : "CREATING"},
      {"TableArn", call.world.arn("dynamodb", "table/" + table.name)},
      {"TableId", table.id},
      {"KeySchema", std::move(schema)},
      {"AttributeDefinitions", std::move(attributes)},
      {"CreationDateTime", std::chrono::duration<double>(table.created.time_since_epoch()).count()},
      {"ItemCount", count},
      {"TableSizeBytes", 0},
      {"DeletionProtectionEnabled", table.protection},
      {"BillingModeSummary", {{"BillingMode", table.billing}}},
      {"ProvisionedThroughput",
       {{"NumberOfDecreasesToday", 0}, {"ReadCapacityUnits", 0}, {"WriteCapacityUnits", 0}}}};
}

std::span<const Action> table_actions() {
  return actions;
}

}  // namespace albatross::sim::dynamodb
