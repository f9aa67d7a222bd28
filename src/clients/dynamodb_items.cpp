#include "clients/dynamodb_shapes.hpp"

#include <iterator>
#include <utility>

namespace albatross::dynamodb {

static void write_names(JsonWriter& out, const std::map<std::string, std::string>& names) {
  out.member("ExpressionAttributeNames", names);
}

/// The members that every conditional request has.
template <class Request>
static void write_condition(JsonWriter& out, const Request& request) {
  out.member("TableName", request.table_name);
  out.member("ConditionExpression", request.condition_expression);
  write_names(out, request.expressions.names);
  out.member("ExpressionAttributeValues", request.expressions.values);
  out.member("ReturnValuesOnConditionCheckFailure",
             request.return_values_on_condition_check_failure);
}

static void write(JsonWriter& out, const ConditionCheck& check) {
  write_condition(out, check);
  out.member("Key", check.key);
}

static void write(JsonWriter& out, const Put& put) {
  write_condition(out, put);
  out.member("Item", put.item);
}

static void write(JsonWriter& out, const Update& update) {
  write_condition(out, update);
  out.member("Key", update.key);
  out.member("UpdateExpression", update.update_expression);
}

static void write(JsonWriter& out, const Delete& remove) {
  write_condition(out, remove);
  out.member("Key", remove.key);
}

static void write(JsonWriter& out, const TransactWriteItem& item) {
  out.member("ConditionCheck", item.condition_check);
  out.member("Put", item.put);
  out.member("Delete", item.remove);
  out.member("Update", item.update);
}

static void write(JsonWriter& out, const TransactWriteItemsRequest& request) {
  out.required("TransactItems", request.items);
  out.member("ClientRequestToken", request.client_token);
}

static void read(JsonReader&, TransactWriteItemsResponse&) {}

static void write(JsonWriter& out, const GetItemRequest& request) {
  out.member("TableName", request.table_name);
  out.member("Key", request.key);
  out.member("ConsistentRead", request.consistent_read);
  out.member("ProjectionExpression", request.projection_expression);
  write_names(out, request.expression_attribute_names);
}

static void read(JsonReader& in, GetItemResponse& response) {
  in.member("Item", response.item);
}

static void write(JsonWriter& out, const PutItemRequest& request) {
  write_condition(out, request);
  out.member("Item", request.item);
  out.member("ReturnValues", request.return_values);
}

static void read(JsonReader& in, PutItemResponse& response) {
  in.member("Attributes", response.attributes);
}

static void write(JsonWriter& out, const UpdateItemRequest& request) {
  write_condition(out, request);
  out.member("Key", request.key);
  out.member("UpdateExpression", request.update_expression);
  out.member("ReturnValues", request.return_values);
}

static void read(JsonReader& in, UpdateItemResponse& response) {
  in.member("Attributes", response.attributes);
}

static void write(JsonWriter& out, const DeleteItemRequest& request) {
  write_condition(out, request);
  out.member("Key", request.key);
  out.member("ReturnValues", request.return_values);
}

static void read(JsonReader& in, DeleteItemResponse& response) {
  in.member("Attributes", response.attributes);
}

static void write(JsonWriter& out, const QueryRequest& request) {
  out.member("TableName", request.table_name);
  out.member("KeyConditionExpression", request.key_condition_expression);
  out.member("FilterExpression", request.filter_expression);
  out.member("ProjectionExpression", request.projection_expression);
  write_names(out, request.expressions.names);
  out.member("ExpressionAttributeValues", request.expressions.values);
  out.member("ConsistentRead", request.consistent_read);
  out.member("Limit", request.limit);
  out.member("ScanIndexForward", request.scan_index_forward);
  out.member("ExclusiveStartKey", request.exclusive_start_key);
}

static void read(JsonReader& in, QueryResponse& response) {
  in.member("Items", response.items);
  in.member("Count", response.count);
  in.member("ScannedCount", response.scanned_count);
  in.member("LastEvaluatedKey", response.last_evaluated_key);
}

static constexpr std::tuple operation_table{
    DynamoDbOperation<GetItemRequest, GetItemResponse>{"GetItem", Repeat::read},
    DynamoDbOperation<PutItemRequest, PutItemResponse>{"PutItem", Repeat::harmless},
    DynamoDbOperation<UpdateItemRequest, UpdateItemResponse>{"UpdateItem", Repeat::never},
    DynamoDbOperation<DeleteItemRequest, DeleteItemResponse>{"DeleteItem", Repeat::harmless},
    DynamoDbOperation<QueryRequest, QueryResponse>{"Query", Repeat::read},
    DynamoDbOperation<TransactWriteItemsRequest, TransactWriteItemsResponse>{"TransactWriteItems",
                                                                             Repeat::with_token},
};

std::vector<OperationInfo> item_operations() {
  return describe_all(operation_table);
}

/// A write that may have a condition. With one it is not repeated after a lost answer: the second
/// time it would be checked against what the first has done.
template <class Request>
static auto write_if(ApiCaller& caller, const Request& request, CallOptions options) {
  const auto& operation = wire::operation_for<Request>(operation_table);
  using Response = decltype(operation.parse(http::Response()));
  ApiRequest sent = operation.serialise(request);
  if (!request.condition_expression.empty()) sent.idempotent = false;
  return wire::exchange<Response>(caller, operation, std::move(sent), std::move(options));
}

Task<GetItemResponse> Client::get_item(GetItemRequest request, CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

Task<PutItemResponse> Client::put_item(PutItemRequest request, CallOptions options) {
  return write_if(*caller_, request, std::move(options));
}

Task<UpdateItemResponse> Client::update_item(UpdateItemRequest request, CallOptions options) {
  return write_if(*caller_, request, std::move(options));
}

Task<DeleteItemResponse> Client::delete_item(DeleteItemRequest request, CallOptions options) {
  return write_if(*caller_, request, std::move(options));
}

Task<QueryResponse> Client::query(QueryRequest request, CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

Task<TransactWriteItemsResponse> Client::transact_write_items(TransactWriteItemsRequest request,
                                                              CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

Task<std::vector<Item>> Client::all_items(QueryRequest request, CallOptions options) {
  std::vector<Item> all;
  for (;;) {
    auto asking = query(request, options);
    QueryResponse page = co_await std::move(asking);
    all.insert(all.end(), std::make_move_iterator(page.items.begin()),
               std::make_move_iterator(page.items.end()));
    if (page.last_evaluated_key.empty()) co_return all;
    if (page.last_evaluated_key == request.exclusive_start_key) {
      const auto& operation = wire::operation_for<QueryRequest>(operation_table);
      operation.fail(http::Response(), "the next page is the same page");
    }
    request.exclusive_start_key = std::move(page.last_evaluated_key);
  }
}

}  // namespace albatross::dynamodb
