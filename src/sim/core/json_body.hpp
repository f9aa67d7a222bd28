#pragma once

#include "sim/core/action.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace albatross::sim {

/// The body of a JSON 1.1 call. Throws ApiError SerializationException when it is no object.
nlohmann::json json_body(const Call& call);
/// A text that the call must give; throws ApiError `code` naming the member in AWS's words.
std::string required_text(const nlohmann::json& body, const char* member, const char* code);

}  // namespace albatross::sim
