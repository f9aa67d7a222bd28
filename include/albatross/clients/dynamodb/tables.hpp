#pragma once

#include "albatross/clients/tag.hpp"

#include <optional>
#include <string>
#include <vector>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::dynamodb {

struct AttributeDefinition {
  std::string attribute_name;
  /// S | N | B.
  std::string attribute_type;
};
struct KeySchemaElement {
  std::string attribute_name;
  /// HASH | RANGE.
  std::string key_type;
};
struct SseSpecification {
  bool enabled = false;
  /// AES256 | KMS.
  std::string sse_type;
  std::string kms_master_key_id;
};

struct CreateTableRequest {
  /// 3 to 255 of letters, digits, "_", "." and "-".
  std::string table_name;
  /// Of the key's attributes and no others.
  std::vector<AttributeDefinition> attribute_definitions;
  std::vector<KeySchemaElement> key_schema;
  /// PROVISIONED | PAY_PER_REQUEST.
  std::string billing_mode;
  std::optional<bool> deletion_protection_enabled;
  std::optional<SseSpecification> sse_specification;
  std::vector<Tag> tags;
};

struct TableDescription {
  std::string table_name;
  std::string table_arn;
  /// CREATING | UPDATING | DELETING | ACTIVE | INACCESSIBLE_ENCRYPTION_CREDENTIALS | ARCHIVING |
  /// ARCHIVED.
  std::string table_status;
  std::vector<AttributeDefinition> attribute_definitions;
  std::vector<KeySchemaElement> key_schema;
  bool deletion_protection_enabled = false;
};

struct CreateTableResponse {
  TableDescription table;
};

struct DescribeTableRequest {
  std::string table_name;
};
struct DescribeTableResponse {
  TableDescription table;
};

}  // namespace albatross::dynamodb
