#include "sim/core/json_body.hpp"

namespace albatross::sim {

nlohmann::json json_body(const Call& call) {
  nlohmann::json body = nlohmann::json::parse(call.body, nullptr, false);
  if (!body.is_object()) refuse("SerializationException", "The request body is not JSON");
  return body;
}

std::string required_text(const nlohmann::json& body, const char* member, const char* code) {
  const auto it = body.find(member);
  if (it != body.end() && it->is_string()) return it->get<std::string>();
  std::string name = member;
  name[0] = static_cast<char>(name[0] | 32);
  refuse(code, cat("1 validation error detected: Value null at '", name,
                   "' failed to satisfy constraint: Member must not be null"));
}

}  // namespace albatross::sim
