#include "clients/dynamodb_shapes.hpp"
#include "clients/json_tag_codec.hpp"

namespace albatross::dynamodb {

static void write(JsonWriter& out, const AttributeDefinition& definition) {
  out.member("AttributeName", definition.attribute_name);
  out.member("AttributeType", definition.attribute_type);
}

static void read(JsonReader& in, AttributeDefinition& definition) {
  in.member("AttributeName", definition.attribute_name);
  in.member("AttributeType", definition.attribute_type);
}

static void write(JsonWriter& out, const KeySchemaElement& element) {
  out.member("AttributeName", element.attribute_name);
  out.member("KeyType", element.key_type);
}

static void read(JsonReader& in, KeySchemaElement& element) {
  in.member("AttributeName", element.attribute_name);
  in.member("KeyType", element.key_type);
}

static void write(JsonWriter& out, const SseSpecification& specification) {
  out.required("Enabled", specification.enabled);
  out.member("SSEType", specification.sse_type);
  out.member("KMSMasterKeyId", specification.kms_master_key_id);
}

static void write(JsonWriter& out, const CreateTableRequest& request) {
  out.member("TableName", request.table_name);
  out.member("AttributeDefinitions", request.attribute_definitions);
  out.member("KeySchema", request.key_schema);
  out.member("BillingMode", request.billing_mode);
  out.member("DeletionProtectionEnabled", request.deletion_protection_enabled);
  out.member("SSESpecification", request.sse_specification);
  out.member("Tags", request.tags);
}

static void read(JsonReader& in, TableDescription& table) {
  in.member("TableName", table.table_name);
  in.member("TableArn", table.table_arn);
  in.member("TableStatus", table.table_status);
  in.member("AttributeDefinitions", table.attribute_definitions);
  in.member("KeySchema", table.key_schema);
  in.member("DeletionProtectionEnabled", table.deletion_protection_enabled);
}

static void read(JsonReader& in, CreateTableResponse& response) {
  in.member("TableDescription", response.table);
}

static void write(JsonWriter& out, const DescribeTableRequest& request) {
  out.member("TableName", request.table_name);
}

static void read(JsonReader& in, DescribeTableResponse& response) {
  in.member("Table", response.table);
}

static constexpr std::tuple operation_table{
    DynamoDbOperation<CreateTableRequest, CreateTableResponse>{"CreateTable", Repeat::never},
    DynamoDbOperation<DescribeTableRequest, DescribeTableResponse>{"DescribeTable", Repeat::read},
};

std::vector<OperationInfo> table_operations() {
  return describe_all(operation_table);
}

Task<CreateTableResponse> Client::create_table(CreateTableRequest request, CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

Task<DescribeTableResponse> Client::describe_table(DescribeTableRequest request,
                                                   CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

}  // namespace albatross::dynamodb
