#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/api_error.hpp"
#include "albatross/clients/dynamodb/items.hpp"
#include "albatross/clients/dynamodb/tables.hpp"
#include "albatross/runtime/task.hpp"

#include <string>
#include <utility>
#include <vector>

namespace albatross::dynamodb {

/// Amazon DynamoDB, API version 2012-08-10: what keeps state and leases. Source: Amazon DynamoDB
/// API Reference. Errors, cancellation and lifetimes as in ec2::Client.
///
/// A conditional write is never repeated on our side after its answer was lost: the repetition
/// would fail against the first, which may have succeeded. The error says may_have_taken_effect;
/// read the item, or use a transaction with a client token.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  // Tables
  Task<CreateTableResponse> create_table(CreateTableRequest request,
                                         CallOptions options = CallOptions());
  Task<DescribeTableResponse> describe_table(DescribeTableRequest request,
                                             CallOptions options = CallOptions());

  // Items
  Task<GetItemResponse> get_item(GetItemRequest request, CallOptions options = CallOptions());
  Task<PutItemResponse> put_item(PutItemRequest request, CallOptions options = CallOptions());
  Task<UpdateItemResponse> update_item(UpdateItemRequest request,
                                       CallOptions options = CallOptions());
  Task<DeleteItemResponse> delete_item(DeleteItemRequest request,
                                       CallOptions options = CallOptions());
  Task<QueryResponse> query(QueryRequest request, CallOptions options = CallOptions());
  Task<TransactWriteItemsResponse> transact_write_items(TransactWriteItemsRequest request,
                                                        CallOptions options = CallOptions());
  /// Every page of a query.
  Task<std::vector<Item>> all_items(QueryRequest request, CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

/// What the client's calls throw when DynamoDB refuses: an ApiError with the data that came with
/// it. Catch ApiError by reference, and ask the functions below.
class Error : public ApiError {
 public:
  Error(Details details, std::string body) : ApiError(std::move(details)), body_(std::move(body)) {}

  /// The answer's body. It may hold an item: not for logs.
  const std::string& body() const { return body_; }

 private:
  std::string body_;
};

/// The item that stood against a condition, when the request asked for it (ALL_OLD); else empty.
Item item_of(const ApiError& conditional_check_failed);

/// Why a transaction was cancelled: one for each part, in their order.
struct CancellationReason {
  /// None | ConditionalCheckFailed | TransactionConflict | …
  std::string code;
  std::string message;
  /// As item_of().
  Item item;
};
/// Empty when the error is no TransactionCanceledException.
std::vector<CancellationReason> cancellation_reasons(const ApiError& error);

}  // namespace albatross::dynamodb
