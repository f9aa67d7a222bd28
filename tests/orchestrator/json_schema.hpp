#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <stdexcept>
#include <string>

namespace albatross {

/// As much of JSON Schema as the schema of stack files uses, and no more: an unknown keyword
/// throws.
inline bool accepts(const nlohmann::json& schema, const nlohmann::json& value);

namespace json_schema {

inline bool has_type(const nlohmann::json& types, const nlohmann::json& value) {
  if (types.is_array()) {
    for (const auto& type : types)
      if (has_type(type, value)) return true;
    return false;
  }
  const std::string type = types;
  return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
         (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
         (type == "number" && value.is_number()) ||
         (type == "integer" && value.is_number_integer());
}

inline bool matches(const std::string& pattern, const std::string& text) {
  static std::map<std::string, std::regex> compiled;  // compiling costs far more than matching
  auto found = compiled.find(pattern);
  if (found == compiled.end()) found = compiled.emplace(pattern, pattern).first;
  return std::regex_search(text, found->second);
}

inline const nlohmann::json& part(const nlohmann::json& schema, const char* name) {
  static const nlohmann::json none = nlohmann::json::object();
  const auto found = schema.find(name);
  return found == schema.end() ? none : *found;
}

inline bool members_fit(const nlohmann::json& schema, const nlohmann::json& value) {
  const nlohmann::json& properties = part(schema, "properties");
  const nlohmann::json& patterns = part(schema, "patternProperties");
  for (const auto& [key, member] : value.items()) {
    bool known = properties.contains(key);
    if (known && !accepts(properties[key], member)) return false;
    for (const auto& [pattern, inner] : patterns.items())
      if (matches(pattern, key)) known = true;
    if (!known && schema.contains("additionalProperties") &&
        !accepts(schema["additionalProperties"], member))
      return false;
    if (schema.contains("propertyNames") && !accepts(schema["propertyNames"], key)) return false;
  }
  return true;
}

inline bool keyword_holds(const std::string& keyword, const nlohmann::json& says,
                          const nlohmann::json& schema, const nlohmann::json& value) {
  if (keyword == "type") return has_type(says, value);
  if (keyword == "enum") return std::find(says.begin(), says.end(), value) != says.end();
  if (keyword == "anyOf")
    return std::any_of(says.begin(), says.end(),
                       [&](const auto& one) { return accepts(one, value); });
  if (keyword == "pattern") return !value.is_string() || matches(says, value);
  if (keyword == "maxLength")
    return !value.is_string() || value.get<std::string>().size() <= says.get<std::size_t>();
  if (keyword == "minimum") return !value.is_number() || value >= says;
  if (keyword == "maximum") return !value.is_number() || value <= says;
  if (keyword == "minItems") return !value.is_array() || value.size() >= says.get<std::size_t>();
  if (keyword == "items")
    return !value.is_array() ||
           std::all_of(value.begin(), value.end(), [&](const auto& v) { return accepts(says, v); });
  if (keyword == "required")
    return !value.is_object() || std::all_of(says.begin(), says.end(), [&](const auto& name) {
      return value.contains(name.template get<std::string>());
    });
  if (keyword == "properties" || keyword == "additionalProperties" ||
      keyword == "patternProperties" || keyword == "propertyNames")
    return !value.is_object() || members_fit(schema, value);
  for (const auto* silent : {"$schema", "title", "description", "default"})
    if (keyword == silent) return true;
  throw std::logic_error("unknown keyword " + keyword);
}

}  // namespace json_schema

inline bool accepts(const nlohmann::json& schema, const nlohmann::json& value) {
  if (schema.is_boolean()) return schema;
  for (const auto& [keyword, says] : schema.items())
    if (!json_schema::keyword_holds(keyword, says, schema, value)) return false;
  return true;
}

}  // namespace albatross
