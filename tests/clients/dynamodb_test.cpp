#include "albatross/clients/dynamodb.hpp"

#include "wire_bench.hpp"

namespace albatross::test {
namespace {

using namespace dynamodb;
using V = AttributeValue;

template <class Operation, class Request>
void expect_sent(const std::string& sample, Operation operation, Request request) {
  expect_like_botocore<Client>("dynamodb", sample, operation, std::move(request));
}

Item key() {
  return {{"pk", V::of_string("stack#demo")}, {"sk", V::of_string("lock")}};
}

/// One value of each type.
Item item() {
  return {{"pk", V::of_string("stack#\"demo\"\n")},
          {"version", V::of_number(-12)},
          {"blob", V::of_binary(std::string("\0\xff", 2))},
          {"done", V::of_boolean(false)},
          {"nothing", V::of_null()},
          {"list", V::of_list({V::of_string(""), V::of_number("1")})},
          {"map", V::of_map({{"inner", V::of_map({{"deep", V::of_list({})}})}})},
          {"names", V::of_strings({"a", "b"})},
          {"numbers", V::of_numbers({"1", "2.5"})}};
}

const std::string condition = "attribute_not_exists(pk) OR #owner = :me";
const Expressions standing_on{{{"#owner", "owner"}}, {{":me", V::of_string("pid 1")}}};

TEST(DynamoDb, SendsTableOperationsAsBotocoreDoes) {
  expect_sent("CreateTable", &Client::create_table,
              CreateTableRequest{.table_name = "state",
                                 .attribute_definitions = {{"pk", "S"}, {"sk", "S"}},
                                 .key_schema = {{"pk", "HASH"}, {"sk", "RANGE"}},
                                 .billing_mode = "PAY_PER_REQUEST",
                                 .deletion_protection_enabled = false,
                                 .sse_specification = SseSpecification{true, "KMS", "alias/k"},
                                 .tags = {{"k", ""}}});
  expect_sent("DescribeTable", &Client::describe_table, DescribeTableRequest{"state"});
}

TEST(DynamoDb, SendsItemOperationsAsBotocoreDoes) {
  expect_sent("GetItem", &Client::get_item,
              GetItemRequest{.table_name = "state",
                             .key = key(),
                             .consistent_read = true,
                             .projection_expression = "#v",
                             .expression_attribute_names = {{"#v", "version"}}});
  expect_sent("PutItem", &Client::put_item,
              PutItemRequest{.table_name = "state",
                             .item = item(),
                             .condition_expression = condition,
                             .expressions = standing_on,
                             .return_values = "ALL_OLD",
                             .return_values_on_condition_check_failure = "ALL_OLD"});
  expect_sent("UpdateItem", &Client::update_item,
              UpdateItemRequest{.table_name = "state",
                                .key = key(),
                                .update_expression = "SET #owner = :me",
                                .condition_expression = condition,
                                .expressions = standing_on,
                                .return_values = "ALL_NEW",
                                .return_values_on_condition_check_failure = "ALL_OLD"});
  expect_sent("DeleteItem", &Client::delete_item,
              DeleteItemRequest{.table_name = "state",
                                .key = key(),
                                .condition_expression = condition,
                                .expressions = standing_on,
                                .return_values = "NONE",
                                .return_values_on_condition_check_failure = "ALL_OLD"});
}

TEST(DynamoDb, SendsQueriesAndTransactionsAsBotocoreDoes) {
  expect_sent("Query", &Client::query,
              QueryRequest{.table_name = "state",
                           .key_condition_expression = "pk = :pk AND begins_with(sk, :p)",
                           .filter_expression = "#v > :zero",
                           .projection_expression = "sk, #v",
                           .expressions = {{{"#v", "version"}},
                                           {{":pk", V::of_string("stack#demo")},
                                            {":p", V::of_string("node#")},
                                            {":zero", V::of_number(0)}}},
                           .consistent_read = true,
                           .limit = 25,
                           .scan_index_forward = false,
                           .exclusive_start_key = key()});
  TransactWriteItemsRequest transaction{.items = {}, .client_token = "tok"};
  transaction.items.push_back(
      {.condition_check = ConditionCheck{"state", key(), condition, standing_on, "ALL_OLD"}});
  transaction.items.push_back({.put = Put{"state", item(), condition, standing_on, "ALL_OLD"}});
  transaction.items.push_back(
      {.update = Update{"state", key(), "SET #owner = :me", condition, standing_on, "ALL_OLD"}});
  transaction.items.push_back({.remove = Delete{"state", key(), "", {}, ""}});
  expect_sent("TransactWriteItems", &Client::transact_write_items, std::move(transaction));
}

TEST(DynamoDb, ReadsBackEveryTypeThatItWrites) {
  const char* const body =
      R"({"Item":{"pk":{"S":"stack#\"demo\"\n"},"version":{"N":"-12"},"blob":{"B":"AP8="},)"
      R"("done":{"BOOL":false},"nothing":{"NULL":true},"list":{"L":[{"S":""},{"N":"1"}]},)"
      R"("map":{"M":{"inner":{"M":{"deep":{"L":[]}}}}},"names":{"SS":["a","b"]},)"
      R"("numbers":{"NS":["1","2.5"]}}})";
  WireBench<Client> bench({answer(200, body)});
  const auto found = bench.run(&Client::get_item, GetItemRequest{"state", key()});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->item, item());
  EXPECT_EQ(found->item.at("version").integer(), -12);
  EXPECT_THROW(found->item.at("pk").integer(), std::invalid_argument);
  const auto& headers = bench.requests().at(0).headers;
  EXPECT_EQ(headers.find("x-amz-target"), "DynamoDB_20120810.GetItem");
  EXPECT_EQ(headers.find("content-type"), "application/x-amz-json-1.0");
}

TEST(DynamoDb, AMissingItemIsEmptyAndNoError) {
  WireBench<Client> bench({answer(200, "{}")});
  const auto found = bench.run(&Client::get_item, GetItemRequest{"state", key()});
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->item.empty());
}

TEST(DynamoDb, ValuesThatMakeNoSenseAreMalformed) {
  std::string deep = R"({"S":"x"})";
  for (int i = 0; i < 2000; ++i)
    deep = R"({"L":[)" + deep + "]}";
  for (const std::string& value :
       {std::string(R"({"N":12})"), std::string(R"({"B":"!"})"), std::string("[]"), deep}) {
    WireBench<Client> bench({answer(200, R"({"Item":{"a":)" + value + "}}")});
    EXPECT_FALSE(bench.run(&Client::get_item, GetItemRequest{"state", key()}));
    ASSERT_TRUE(bench.error());
    EXPECT_EQ(bench.error()->code(), "Response.malformed");
  }
}

TEST(DynamoDb, FollowsPagesByTheKeyOfTheLastItem) {
  WireBench<Client> bench(
      {answer(200, R"({"Items":[{"sk":{"S":"1"}}],"LastEvaluatedKey":{"sk":{"S":"1"}}})"),
       answer(200, R"({"Items":[],"LastEvaluatedKey":{"sk":{"S":"2"}}})"),
       answer(200, R"({"Items":[{"sk":{"S":"3"}}],"Count":1})")});
  const auto all = bench.run(&Client::all_items, QueryRequest{.table_name = "state"});
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(all->at(1).at("sk").text, "3");
  ASSERT_EQ(bench.requests().size(), 3U);
  EXPECT_NE(bench.requests()[2].body.find(R"("ExclusiveStartKey":{"sk":{"S":"2"}})"),
            std::string::npos);
}

/// What `read` finds in the error, as it is thrown, of a write that is answered so.
template <class Result>
Result found_in_error(const http::Response& answer, Result (*read)(const ApiError&)) {
  Result found{};
  run_virtual([&](VirtualClock& clock) -> Task<> {
    FakeTransport transport;
    transport.then(answer);
    SeededEntropy entropy(1);
    StaticCredentials credentials({"AKIDEXAMPLE", Secret("secret"), Secret()});
    ApiCaller::Options options;
    options.region = "us-east-1";
    ApiCaller caller(clock, entropy, transport, credentials, options);
    Client client(caller);
    PutItemRequest request{.table_name = "state", .item = key()};
    try {
      co_await client.put_item(std::move(request));
      ADD_FAILURE() << "no error";
    } catch (const ApiError& error) {
      found = read(error);
    }
  });
  return found;
}

http::Response refusal(const std::string& type, const std::string& rest) {
  return answer(400, R"({"__type":"com.amazonaws.dynamodb.v20120810#)" + type + "\"," + rest + "}");
}

TEST(DynamoDb, AFailedConditionTellsWhatStandsThere) {
  const auto answer =
      refusal("ConditionalCheckFailedException",
              R"("message":"The conditional request failed","Item":{"owner":{"S":"pid 2"}})");
  WireBench<Client> bench({answer});
  EXPECT_FALSE(bench.run(&Client::put_item, PutItemRequest{.table_name = "state", .item = key()}));
  ASSERT_TRUE(bench.error());
  EXPECT_TRUE(bench.error()->is("ConditionalCheckFailedException"));
  EXPECT_FALSE(bench.error()->retryable());
  EXPECT_EQ(found_in_error(answer, item_of), (Item{{"owner", V::of_string("pid 2")}}));
  EXPECT_TRUE(found_in_error(answer, cancellation_reasons).empty());
}

TEST(DynamoDb, ACancelledTransactionTellsWhichPartFailed) {
  const auto answer = refusal(
      "TransactionCanceledException",
      R"("message":"Transaction cancelled, please refer cancellation reasons for specific reasons )"
      R"([ConditionalCheckFailed, None]","CancellationReasons":[{"Code":"ConditionalCheckFailed",)"
      R"("Message":"The conditional request failed","Item":{"owner":{"S":"pid 2"}}},)"
      R"({"Code":"None"}])");
  WireBench<Client> bench({answer});
  EXPECT_FALSE(bench.run(&Client::transact_write_items, TransactWriteItemsRequest{}));
  ASSERT_TRUE(bench.error());
  EXPECT_FALSE(bench.error()->retryable());
  const auto reasons = found_in_error(answer, cancellation_reasons);
  ASSERT_EQ(reasons.size(), 2U);
  EXPECT_EQ(reasons[0].code, "ConditionalCheckFailed");
  EXPECT_EQ(reasons[0].item.at("owner").text, "pid 2");
  EXPECT_EQ(reasons[1].code, "None");
}

TEST(DynamoDb, ATransactionThatMetAnotherIsRepeated) {
  const auto conflict = refusal(
      "TransactionCanceledException",
      R"("message":"Transaction cancelled, please refer cancellation reasons for specific reasons )"
      R"([None, TransactionConflict]")");
  WireBench<Client> bench({conflict, answer(200, "{}")});
  EXPECT_TRUE(bench.run(&Client::transact_write_items,
                        TransactWriteItemsRequest{.items = {}, .client_token = "tok"}));
  EXPECT_EQ(bench.requests().size(), 2U);
}

TEST(DynamoDb, AConditionalWriteIsNotRepeatedAfterAServerError) {
  const auto trouble = answer(500, R"({"__type":"InternalServerError"})");
  PutItemRequest plain{.table_name = "state", .item = key()};
  WireBench<Client> repeated({trouble, answer(200, "{}")});
  EXPECT_TRUE(repeated.run(&Client::put_item, plain));
  plain.condition_expression = condition;
  WireBench<Client> once({trouble, answer(200, "{}")});
  EXPECT_FALSE(once.run(&Client::put_item, plain));
  ASSERT_TRUE(once.error());
  EXPECT_TRUE(once.error()->details().may_have_taken_effect);
}

}  // namespace
}  // namespace albatross::test
