#include "sim/dynamodb/condition.hpp"
#include "sim/dynamodb/store.hpp"

namespace albatross::sim::dynamodb {
namespace {

constexpr std::size_t largest_item = std::size_t{400} * 1024;

const Json& member(const Json& request, const char* name) {
  const auto it = request.find(name);
  if (it == request.end() || !it->is_object()) {
    refuse("ValidationException", cat("The request must contain the parameter ", name));
  }
  return *it;
}

std::string part_of_key(const KeyAttribute& attribute, const Json& item) {
  if (attribute.name.empty()) return {};
  const auto it = item.find(attribute.name);
  if (it == item.end()) {
    refuse("ValidationException", cat("One or more parameter values were invalid: Missing the key ",
                                      attribute.name, " in the item"));
  }
  check_value(*it);
  if (type_of(*it) != attribute.type) {
    refuse("ValidationException",
           cat("One or more parameter values were invalid: Type mismatch for key ", attribute.name,
               " expected: ", attribute.type, " actual: ", type_of(*it)));
  }
  if (attribute.type != "N" && it->begin()->get_ref<const std::string&>().empty()) {
    refuse("ValidationException",
           cat("One or more parameter values are not valid. The AttributeValue for a key attribute "
               "cannot contain an empty string value. Key: ",
               attribute.name));
  }
  return sort_key(*it);
}

/// Throws when the condition of the request does not hold for what is there.
void check_condition(const Json& request, const Json& before) {
  const std::string text = request.value("ConditionExpression", "");
  if (text.empty()) return;
  const Symbols symbols = symbols_of(request);
  if (Condition(text, "ConditionExpression", symbols).holds(before)) return;
  ApiError failed{"ConditionalCheckFailedException", "The conditional request failed"};
  const bool tell = request.value("ReturnValuesOnConditionCheckFailure", "") == "ALL_OLD";
  if (tell && !before.empty()) failed.members = cat("\"Item\":", before.dump());
  throw failed;
}

/// What ReturnValues asks for. UPDATED_* give the attributes that have changed.
void answer(Call& call, const Json& request, const Write& write) {
  const std::string wanted = request.value("ReturnValues", "NONE");
  Json found;
  if (wanted == "ALL_OLD") found = write.before;
  if (wanted == "ALL_NEW") found = write.after;
  if (wanted == "UPDATED_OLD" || wanted == "UPDATED_NEW") {
    const bool old = wanted == "UPDATED_OLD";
    const Json& shown = old ? write.before : write.after;
    const Json& other = old ? write.after : write.before;
    for (const auto& [name, value] : shown.items()) {
      if (other.value(name, Json()) != value) found[name] = value;
    }
  }
  Json reply = Json::object();
  if (!found.empty()) reply["Attributes"] = std::move(found);
  call.json = reply.dump();
}

template <Write (*Work)(Call&, const Json&), void (*Check)(const Json&) = check_expressions>
void write_item(Call& call) {
  const Json request = json_body(call);
  Check(request);
  const Write write = Work(call, request);
  carry_out(write);
  answer(call, request, write);
}

/// PutItem and DeleteItem have nothing new to return.
void check_return_values(const Json& request) {
  const std::string wanted = request.value("ReturnValues", "NONE");
  if (wanted == "NONE" || wanted == "ALL_OLD") return;
  refuse("ValidationException", "ReturnValues can only be ALL_OLD or NONE");
}

void get_item(Call& call) {
  const Json request = json_body(call);
  check_expressions(request);
  const DynamoTable& table = active_table_of(call, request);
  const Json item = load(table, exact_key(table, member(request, "Key")));
  Json reply = Json::object();
  if (!item.empty()) {
    reply["Item"] = projected(item, request.value("ProjectionExpression", ""), symbols_of(request));
  }
  call.json = reply.dump();
}

constexpr Action actions[] = {
    {"GetItem", get_item},
    {"PutItem", write_item<put_of, check_return_values>},
    {"UpdateItem", write_item<update_of>},
    {"DeleteItem", write_item<delete_of, check_return_values>},
};

}  // namespace

Key key_in(const DynamoTable& table, const Json& item) {
  return {part_of_key(table.hash, item), part_of_key(table.range, item)};
}

Key exact_key(const DynamoTable& table, const Json& key) {
  Key found = key_in(table, key);
  if (key.size() != (table.range.name.empty() ? 1U : 2U)) {
    refuse("ValidationException", "The provided key element does not match the schema");
  }
  return found;
}

Json load(const DynamoTable& table, const Key& key) {
  const auto partition = table.items.find(key.hash);
  if (partition == table.items.end()) return Json::object();
  const auto item = partition->second.find(key.range);
  return item == partition->second.end() ? Json::object() : Json::parse(item->second);
}

void save(DynamoTable& table, const Key& key, const Json& item) {
  table.items[key.hash][key.range] = item.dump();
}

void erase(DynamoTable& table, const Key& key) {
  const auto partition = table.items.find(key.hash);
  if (partition == table.items.end()) return;
  partition->second.erase(key.range);
  if (partition->second.empty()) table.items.erase(partition);
}

Write put_of(Call& call, const Json& request) {
  check_expressions(request);
  DynamoTable& table = active_table_of(call, request);
  const Json& item = member(request, "Item");
  for (const Json& value : item)
    check_value(value);
  Write write{&table, key_in(table, item), {}, item};
  if (item.dump().size() > largest_item) {
    refuse("ValidationException", "Item size has exceeded the maximum allowed size");
  }
  write.before = load(table, write.key);
  check_condition(request, write.before);
  return write;
}

Write update_of(Call& call, const Json& request) {
  check_expressions(request);
  DynamoTable& table = active_table_of(call, request);
  const Json& key = member(request, "Key");
  Write write{&table, exact_key(table, key), {}, {}};
  write.before = load(table, write.key);
  check_condition(request, write.before);
  Json item = write.before;
  for (const auto& [name, value] : key.items())
    item[name] = value;
  const std::string expression = request.value("UpdateExpression", "");
  write.after =
      expression.empty() ? std::move(item) : updated(item, expression, symbols_of(request), key);
  return write;
}

Write check_of(Call& call, const Json& request) {
  check_expressions(request);
  DynamoTable& table = active_table_of(call, request);
  Write write{&table, exact_key(table, member(request, "Key")), {}, {}};
  write.after = write.before = load(table, write.key);
  check_condition(request, write.before);
  return write;
}

Write delete_of(Call& call, const Json& request) {
  Write write = check_of(call, request);
  write.after = Json::object();
  return write;
}

void carry_out(const Write& write) {
  if (write.after.empty()) {
    erase(*write.table, write.key);
  } else {
    save(*write.table, write.key, write.after);
  }
}

std::span<const Action> item_actions() {
  return actions;
}

}  // namespace albatross::sim::dynamodb
