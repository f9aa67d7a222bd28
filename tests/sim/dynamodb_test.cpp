#include "account.hpp"
#include "sim/core/error.hpp"
#include "sim/dynamodb/condition.hpp"
#include "sim/dynamodb/update.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace albatross::sim::test {
namespace {

using dynamodb::Condition;
using Json = nlohmann::json;

Json s(const std::string& text) {
  return {{"S", text}};
}
Json n(int number) {
  return {{"N", std::to_string(number)}};
}

/// An account with the table "state": partition key pk (text), sort key sk (number).
class Tables {
 public:
  Tables() {
    EXPECT_EQ(code("CreateTable", {{"BillingMode", "PAY_PER_REQUEST"},
                                   {"AttributeDefinitions",
                                    {{{"AttributeName", "pk"}, {"AttributeType", "S"}},
                                     {{"AttributeName", "sk"}, {"AttributeType", "N"}}}},
                                   {"KeySchema",
                                    {{{"AttributeName", "pk"}, {"KeyType", "HASH"}},
                                     {{"AttributeName", "sk"}, {"KeyType", "RANGE"}}}}}),
              "");
    account.pass(9s);
  }

  Answer ask(const std::string& action, Json body) {
    if (action != "TransactWriteItems") body["TableName"] = "state";
    return account.dynamodb(action, body.dump());
  }
  std::string code(const std::string& action, Json body) {
    return ask(action, std::move(body)).code();
  }
  Json reply(const std::string& action, Json body) {
    const auto answer = ask(action, std::move(body));
    EXPECT_EQ(answer.code(), "") << answer.response.body;
    return Json::parse(answer.response.body);
  }
  void put(const std::string& pk, int sk, const std::string& text) {
    EXPECT_EQ(code("PutItem", {{"Item", {{"pk", s(pk)}, {"sk", n(sk)}, {"text", s(text)}}}}), "");
  }
  static Json key(const std::string& pk, int sk) { return {{"pk", s(pk)}, {"sk", n(sk)}}; }

  Account account;
};

TEST(DynamoTables, AreCreatedThenActiveThenDeleted) {
  Account account;
  const std::string create =
      R"({"TableName":"leases","BillingMode":"PAY_PER_REQUEST",)"
      R"("AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],)"
      R"("KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]})";
  const std::string name = R"({"TableName":"leases"})";
  const auto status = [&] {
    const auto answer = account.dynamodb("DescribeTable", name);
    return answer.code().empty() ? Json::parse(answer.response.body)["Table"]["TableStatus"]
                                 : Json(answer.code());
  };
  EXPECT_EQ(account.dynamodb("CreateTable", create).code(), "");
  EXPECT_EQ(account.dynamodb("CreateTable", create).code(), "ResourceInUseException");
  EXPECT_EQ(status(), "CREATING");
  const std::string get = R"({"TableName":"leases","Key":{"id":{"S":"a"}}})";
  EXPECT_EQ(account.dynamodb("GetItem", get).code(), "ResourceNotFoundException");
  account.pass(9s);
  EXPECT_EQ(status(), "ACTIVE");
  EXPECT_EQ(account.state_of("leases"), "active");
  EXPECT_EQ(account.dynamodb("GetItem", get).response.body, "{}");
  EXPECT_EQ(account.dynamodb("DeleteTable", name).code(), "");
  EXPECT_EQ(status(), "DELETING");
  account.pass(9s);
  EXPECT_EQ(status(), "ResourceNotFoundException");
  EXPECT_EQ(account.state_of("leases"), "gone");
  EXPECT_EQ(account.dynamodb("CreateTable", create).code(), "") << "the name is free again";
}

TEST(DynamoItems, ArePutReadAndDeleted) {
  Tables tables;
  tables.put("a", 1, "one");
  const auto item = tables.reply("GetItem", {{"Key", Tables::key("a", 1)}})["Item"];
  EXPECT_EQ(item["text"], s("one"));
  const auto part = tables.reply("GetItem", {{"Key", Tables::key("a", 1)},
                                             {"ProjectionExpression", "#t"},
                                             {"ExpressionAttributeNames", {{"#t", "text"}}}});
  EXPECT_EQ(part["Item"], (Json{{"text", s("one")}}));
  const auto gone =
      tables.reply("DeleteItem", {{"Key", Tables::key("a", 1)}, {"ReturnValues", "ALL_OLD"}});
  EXPECT_EQ(gone["Attributes"], item);
  EXPECT_FALSE(tables.reply("GetItem", {{"Key", Tables::key("a", 1)}}).contains("Item"));
}

TEST(DynamoItems, RefuseKeysThatDoNotFitTheSchema) {
  Tables tables;
  EXPECT_EQ(tables.code("PutItem", {{"Item", {{"pk", s("a")}}}}), "ValidationException");
  EXPECT_EQ(tables.code("PutItem", {{"Item", {{"pk", n(1)}, {"sk", n(1)}}}}),
            "ValidationException");
  EXPECT_EQ(tables.code("GetItem", {{"Key", {{"pk", s("a")}}}}), "ValidationException");
  EXPECT_EQ(tables.code("PutItem", {{"Item", {{"pk", s("a")}, {"sk", {{"N", "one"}}}}}}),
            "ValidationException");
}

TEST(DynamoItems, RefuseWhatAwsDoesNotTake) {
  Tables tables;
  const Json item = {{"pk", s("a")}, {"sk", n(1)}};
  const auto refused = [&](const std::string& action, Json body, const std::string& words) {
    const auto answer = tables.ask(action, std::move(body));
    EXPECT_EQ(answer.code(), "ValidationException") << words;
    EXPECT_NE(answer.message().find(words), std::string::npos) << answer.message();
  };
  refused("GetItem", {{"Key", {{"pk", s("")}, {"sk", n(1)}}}}, "empty string value. Key: pk");
  Json twice = item;
  twice["set"] = {{"SS", {"x", "x"}}};
  refused("PutItem", {{"Item", twice}}, "Input collection [x, x] contains duplicates");
  refused("PutItem", {{"Item", item}, {"ReturnValues", "ALL_NEW"}}, "ALL_OLD or NONE");
  refused("PutItem", {{"Item", item}, {"ExpressionAttributeValues", {{":x", n(1)}}}},
          "can only be specified when using expressions");
  refused("PutItem",
          {{"Item", item},
           {"ConditionExpression", "attribute_not_exists(#pk)"},
           {"ExpressionAttributeNames", {{"#pk", "pk"}, {"#more", "more"}}}},
          "ExpressionAttributeNames unused in expressions: keys: {#more}");
  refused("UpdateItem", {{"Key", item}, {"AttributeUpdates", Json::object()}}, "not simulated");
  refused("UpdateItem",
          {{"Key", item},
           {"UpdateExpression", "SET pk = :a"},
           {"ExpressionAttributeValues", {{":a", s("a")}}}},
          "Cannot update attribute pk");
  refused("UpdateItem",
          {{"Key", item},
           {"UpdateExpression", "REMOVE #m SET #m.a = :a"},
           {"ExpressionAttributeNames", {{"#m", "map"}}},
           {"ExpressionAttributeValues", {{":a", s("a")}}}},
          "path one: [map], path two: [map, a]");
  refused("Query",
          {{"IndexName", "other"},
           {"KeyConditionExpression", "pk = :a"},
           {"ExpressionAttributeValues", {{":a", s("a")}}}},
          "does not have the specified index: other");
}

TEST(DynamoTables, RefuseAttributesThatAreNoKeyAndWhatIsNotSimulated) {
  Account account;
  Json table = {{"TableName", "leases"},
                {"BillingMode", "PAY_PER_REQUEST"},
                {"AttributeDefinitions",
                 {{{"AttributeName", "id"}, {"AttributeType", "S"}},
                  {{"AttributeName", "owner"}, {"AttributeType", "S"}}}},
                {"KeySchema", {{{"AttributeName", "id"}, {"KeyType", "HASH"}}}}};
  const auto refused = account.dynamodb("CreateTable", table.dump());
  EXPECT_EQ(refused.code(), "ValidationException");
  EXPECT_NE(refused.message().find("does not exactly match"), std::string::npos);
  table["AttributeDefinitions"].erase(1);
  Json streaming = table;
  streaming["StreamSpecification"] = {{"StreamEnabled", true}};
  EXPECT_EQ(account.dynamodb("CreateTable", streaming.dump()).code(), "ValidationException");
  EXPECT_EQ(account.dynamodb("CreateTable", table.dump()).code(), "");
}

TEST(DynamoScan, InSegmentsSeesEverythingOnce) {
  Tables tables;
  for (int i = 0; i < 20; ++i)
    tables.put("p" + std::to_string(i), i, "x");
  std::size_t seen = 0;
  std::size_t most = 0;
  for (int segment = 0; segment < 3; ++segment) {
    const Json part = tables.reply("Scan", {{"Segment", segment}, {"TotalSegments", 3}});
    seen += part["Items"].size();
    most = std::max(most, part["Items"].size());
  }
  EXPECT_EQ(seen, 20U);
  EXPECT_LT(most, 20U);
  EXPECT_EQ(tables.code("Scan", {{"Segment", 3}, {"TotalSegments", 3}}), "ValidationException");
  EXPECT_EQ(tables.code("Scan", {{"TotalSegments", 3}}), "ValidationException");
}

TEST(DynamoItems, AConditionThatFailsChangesNothingAndTellsWhatStands) {
  Tables tables;
  tables.put("lease", 0, "mine");
  const Json take = {{"Item", {{"pk", s("lease")}, {"sk", n(0)}, {"text", s("yours")}}},
                     {"ConditionExpression", "attribute_not_exists(pk)"},
                     {"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}};
  const auto refused = tables.ask("PutItem", take);
  EXPECT_EQ(refused.code(), "ConditionalCheckFailedException");
  EXPECT_EQ(refused.status(), 400);
  EXPECT_EQ(Json::parse(refused.response.body)["Item"]["text"], s("mine"));
  EXPECT_EQ(refused.response.headers.find("content-type"), "application/x-amz-json-1.0");
  const auto item = tables.reply("GetItem", {{"Key", Tables::key("lease", 0)}})["Item"];
  EXPECT_EQ(item["text"], s("mine"));
}

TEST(DynamoItems, AreUpdatedInPlaceOrMade) {
  Tables tables;
  const Json count = {{"Key", Tables::key("a", 1)},
                      {"UpdateExpression", "SET hits = if_not_exists(hits, :zero) + :one"},
                      {"ExpressionAttributeValues", {{":zero", n(0)}, {":one", n(1)}}},
                      {"ReturnValues", "UPDATED_NEW"}};
  EXPECT_EQ(tables.reply("UpdateItem", count)["Attributes"]["hits"], n(1));
  EXPECT_EQ(tables.reply("UpdateItem", count)["Attributes"]["hits"], n(2));
  EXPECT_EQ(tables.code("UpdateItem", {{"Key", Tables::key("a", 1)},
                                       {"UpdateExpression", "SET sk = :v"},
                                       {"ExpressionAttributeValues", {{":v", n(7)}}}}),
            "ValidationException");
}

TEST(DynamoQuery, ComesInOrderByPagesBothWays) {
  Tables tables;
  for (const int sk : {30, 4, -5, 100, 12})
    tables.put("a", sk, std::to_string(sk));
  tables.put("b", 1, "other");
  const auto texts = [&](bool forward, const std::string& more, Json values) {
    std::string seen;
    values[":p"] = s("a");
    Json ask = {{"KeyConditionExpression", "pk = :p" + more},
                {"ExpressionAttributeValues", std::move(values)},
                {"ScanIndexForward", forward},
                {"Limit", 2}};
    Json page;
    do {
      page = tables.reply("Query", ask);
      for (const auto& item : page["Items"])
        seen += item["text"]["S"].get<std::string>() + " ";
      if (page.contains("LastEvaluatedKey")) ask["ExclusiveStartKey"] = page["LastEvaluatedKey"];
    } while (page.contains("LastEvaluatedKey"));
    return seen;
  };
  EXPECT_EQ(texts(true, "", Json::object()), "-5 4 12 30 100 ");
  EXPECT_EQ(texts(false, "", Json::object()), "100 30 12 4 -5 ");
  EXPECT_EQ(texts(true, " AND sk BETWEEN :l AND :h", {{":l", n(4)}, {":h", n(30)}}), "4 12 30 ");
  EXPECT_EQ(tables.code("Query", {{"KeyConditionExpression", "sk = :v"},
                                  {"ExpressionAttributeValues", {{":v", n(1)}}}}),
            "ValidationException");
  EXPECT_EQ(tables.reply("Scan", Json::object())["Count"], 6);
}

TEST(DynamoTransactions, AreAllOrNothing) {
  Tables tables;
  tables.put("a", 1, "one");
  const auto part = [](const std::string& pk, const std::string& condition) {
    Json put = {{"TableName", "state"}, {"Item", {{"pk", s(pk)}, {"sk", n(1)}}}};
    if (!condition.empty()) put["ConditionExpression"] = condition;
    return Json{{"Put", put}};
  };
  const Json failing = {
      {"TransactItems", Json::array({part("b", ""), part("a", "attribute_not_exists(pk)")})}};
  const auto refused = tables.ask("TransactWriteItems", failing);
  EXPECT_EQ(refused.code(), "TransactionCanceledException");
  const Json reasons = Json::parse(refused.response.body)["CancellationReasons"];
  EXPECT_EQ(reasons[0]["Code"], "None");
  EXPECT_EQ(reasons[1]["Code"], "ConditionalCheckFailed");
  EXPECT_FALSE(tables.reply("GetItem", {{"Key", Tables::key("b", 1)}}).contains("Item"));
  Json fine = {{"TransactItems", Json::array({part("b", "attribute_not_exists(pk)")})},
               {"ClientRequestToken", "t1"}};
  EXPECT_EQ(tables.code("TransactWriteItems", fine), "");
  EXPECT_EQ(tables.code("TransactWriteItems", fine), "") << "the token makes it idempotent";
  fine["TransactItems"] = Json::array({part("c", "")});
  EXPECT_EQ(tables.code("TransactWriteItems", fine), "IdempotentParameterMismatchException");
}

const Json sample = {{"name", s("web")},
                     {"count", n(3)},
                     {"tags", {{"SS", {"a", "b"}}}},
                     {"list", {{"L", {n(1), n(2)}}}},
                     {"map", {{"M", {{"inner", s("x")}}}}}};

bool holds(const std::string& text) {
  const dynamodb::Symbols symbols{{{"#n", "name"}},
                                  {{":web", s("web")},
                                   {":w", s("w")},
                                   {":a", s("a")},
                                   {":3", n(3)},
                                   {":4", n(4)},
                                   {":S", s("S")}}};
  return Condition(text, "ConditionExpression", symbols).holds(sample);
}

TEST(DynamoConditions, HaveTheGrammar) {
  EXPECT_TRUE(holds("#n = :web AND count < :4"));
  EXPECT_FALSE(holds("#n = :web AND count > :4"));
  EXPECT_TRUE(holds("count > :4 OR (count = :3 AND NOT attribute_exists(none))"));
  EXPECT_TRUE(holds("NOT count = :4"));
  EXPECT_TRUE(holds("count between :3 and :4"));
  EXPECT_TRUE(holds("#n in (:a, :web)"));
  EXPECT_TRUE(holds("begins_with(#n, :w) and contains(tags, :a)"));
  EXPECT_TRUE(holds("attribute_type(#n, :S)"));
  EXPECT_TRUE(holds("size(#n) = :3 AND list[1] < :3 AND map.inner <> :web"));
  EXPECT_FALSE(holds("none = :3"));
  EXPECT_FALSE(holds("#n < :3")) << "a text and a number have no order";
}

TEST(DynamoConditions, RefuseWhatIsNoExpression) {
  for (const std::string text :
       {"", "#n", "#n =", "#n = :none", "#x = :web", "(#n = :web", "#n = :web :web",
        "attribute_exists(#n, :a)", "size(#n", "list[x] = :3"}) {
    EXPECT_THROW(holds(text), ApiError) << text;
  }
}

TEST(DynamoUpdates, SetAddRemoveAndDelete) {
  const dynamodb::Symbols symbols{
      Json::object(),
      {{":two", n(2)}, {":set", {{"SS", {"b", "c"}}}}, {":l", {{"L", {n(9)}}}}, {":x", s("y")}}};
  const auto update = [&](const std::string& text) {
    return dynamodb::updated(sample, text, symbols);
  };
  EXPECT_EQ(update("SET count = count - :two")["count"], n(1));
  EXPECT_EQ(update("SET count=count-:two")["count"], n(1));
  EXPECT_EQ(update("ADD count :two, fresh :two")["count"], n(5));
  EXPECT_EQ(update("ADD count :two, fresh :two")["fresh"], n(2));
  EXPECT_EQ(update("ADD tags :set")["tags"]["SS"], Json::array({"a", "b", "c"}));
  EXPECT_EQ(update("DELETE tags :set")["tags"]["SS"], Json::array({"a"}));
  EXPECT_EQ(update("SET list = list_append(list, :l)")["list"]["L"].size(), 3U);
  EXPECT_EQ(update("SET map.inner = :x REMOVE list[0]")["map"]["M"]["inner"], s("y"));
  EXPECT_EQ(update("SET map.inner = :x REMOVE list[0]")["list"]["L"], Json::array({n(2)}));
  EXPECT_FALSE(update("REMOVE name, count").contains("count"));
  for (const std::string text : {"", "SET", "SET count", "SET a = none", "SET none.a = :x",
                                 "ADD name :two", "REMOVE", "PUT a = :x"}) {
    EXPECT_THROW(update(text), ApiError) << text;
  }
}

}  // namespace
}  // namespace albatross::sim::test
