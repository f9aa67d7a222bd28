#pragma once

#include "sim/core/action.hpp"
#include "sim/core/shapes.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace albatross::sim {

/// The body of a JSON 1.1 call. Throws ApiError SerializationException when it is no object.
nlohmann::json json_body(const Call& call);
/// A text that the call must give; throws ApiError `code` naming the member in AWS's words.
std::string required_text(const nlohmann::json& body, const char* member, const char* code);

namespace shapes {

/// How a service refuses a body that does not fit its model.
struct JsonCodes {
  const char* wrong = "ValidationException";
  /// A member of another JSON type than the model's.
  const char* type = "SerializationException";
};

/// Checks a JSON body as AWS does: one ApiError that lists all that is wrong. Members that the
/// model does not know are refused too, which AWS is not so strict about.
void check_json(const Input& input, const nlohmann::json& body, JsonCodes codes);

}  // namespace shapes

/// How a list is told in pages: the members of the request that say how many and from where, and
/// the answer's. The token is the place in the list.
struct PageMembers {
  const char* size;
  std::size_t usual;
  const char* token;
  const char* list;
};
/// One page of what a call lists. Throws ApiError `code` when the token is none of ours.
nlohmann::json json_page(const nlohmann::json& request, const std::vector<nlohmann::json>& all,
                         const PageMembers& members, const char* code = "ValidationException");

}  // namespace albatross::sim
