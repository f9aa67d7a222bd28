#pragma once

#include "albatross/clients/dynamodb.hpp"

#include "clients/json_operation.hpp"

// What the areas of DynamoDB share.

namespace albatross::dynamodb {

using wire::call;
using wire::JsonReader;
using wire::JsonWriter;
using wire::OperationInfo;
using wire::Repeat;

template <class Request, class Response>
using DynamoDbOperation = wire::JsonOperation<Service::dynamodb, Request, Response>;

/// One area of DynamoDB each.
std::vector<OperationInfo> item_operations();
std::vector<OperationInfo> table_operations();

void write(JsonWriter& out, const AttributeValue& value);
void read(JsonReader& in, AttributeValue& value);

}  // namespace albatross::dynamodb
