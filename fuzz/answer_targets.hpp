#pragma once

#include "albatross/clients/api_error.hpp"

#include "clients/error_body.hpp"
#include "clients/operations.hpp"
#include "support.hpp"

#include <string>
#include <vector>

namespace albatross::fuzz {

/// An answer to any of `operations`, the first byte choosing which: it is understood, or refused as
/// malformed, and nothing else. As the answer to a failed call it always has a code.
inline void parse_answer(const std::vector<wire::OperationInfo>& operations,
                         std::string_view input) {
  const auto& operation = operations[take_choice(input) % operations.size()];
  http::Response answer;
  answer.status = 200;
  answer.body = std::string(input);
  try {
    operation.parse(operation, answer);
  } catch (const ApiError& error) {
    require(error.code() == "Response.malformed", "an answer was refused as", error.code());
  }
  answer.status = 400;
  const ErrorBody error = parse_error_body(info(operation.service).protocol, answer);
  require(!error.code.empty(), "an error without a code", input);
}

inline std::vector<wire::OperationInfo> operations_that(bool (*speak)(Protocol)) {
  std::vector<wire::OperationInfo> chosen;
  for (const auto& operation : wire::all_operations()) {
    if (speak(info(operation.service).protocol)) chosen.push_back(operation);
  }
  return chosen;
}

}  // namespace albatross::fuzz
