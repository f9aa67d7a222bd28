// Answers of the JSON services, through the JSON parser into the structs of every operation.
//
// The first byte of the input chooses the operation, the rest is the body.
#include "answer_targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace albatross;
  static const auto operations = fuzz::operations_that([](Protocol protocol) {
    return protocol == Protocol::rest_json || protocol == Protocol::json;
  });
  fuzz::parse_answer(operations, fuzz::text_of(data, size));
  return 0;
}
