#include "albatross/clients/dynamodb.hpp"

#include "clients/dynamodb_shapes.hpp"
#include "clients/operations.hpp"

namespace albatross::dynamodb {

namespace {

/// The body of both errors that carry items.
struct ErrorData {
  Item item;
  std::vector<CancellationReason> reasons;
};

}  // namespace

static void read(JsonReader& in, CancellationReason& reason) {
  in.member("Code", reason.code);
  in.member("Message", reason.message);
  in.member("Item", reason.item);
}

static void read(JsonReader& in, ErrorData& data) {
  in.member("Item", data.item);
  in.member("CancellationReasons", data.reasons);
}

namespace {

/// What cannot be understood says nothing; the error itself is there all the same.
ErrorData data_of(const ApiError& error) {
  const auto* const with_body = dynamic_cast<const Error*>(&error);
  if (with_body == nullptr) return {};
  ErrorData data;
  try {
    const wire::JsonAnswer answer(with_body->body());
    JsonReader in = answer.reader();
    read(in, data);
  } catch (const wire::Malformed&) {
    return {};
  }
  return data;
}

}  // namespace

std::vector<OperationInfo> operations() {
  return wire::joined(item_operations(), table_operations());
}

Item item_of(const ApiError& conditional_check_failed) {
  return data_of(conditional_check_failed).item;
}

std::vector<CancellationReason> cancellation_reasons(const ApiError& error) {
  return data_of(error).reasons;
}

}  // namespace albatross::dynamodb
