#include "sim/core/json_body.hpp"

#include <charconv>

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

nlohmann::json json_page(const nlohmann::json& request, const std::vector<nlohmann::json>& all,
                         const PageMembers& members, const char* code) {
  const std::string token = request.value(members.token, "");
  const auto size = request.value(members.size, members.usual);
  std::size_t at = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), at);
  const bool whole = error == std::errc{} && end == token.data() + token.size();
  if (!token.empty() && (!whole || at > all.size())) refuse(code, "The token is not valid");
  nlohmann::json answer;
  auto& page = answer[members.list] = nlohmann::json::array();
  for (; at < all.size() && page.size() < size; ++at)
    page.push_back(all[at]);
  if (at < all.size()) answer[members.token] = std::to_string(at);
  return answer;
}

}  // namespace albatross::sim
