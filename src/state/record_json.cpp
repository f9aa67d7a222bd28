#include "state/record_json.hpp"

#include "albatross/state/store.hpp"

#include <nlohmann/json.hpp>

namespace albatross::state {
namespace {

using nlohmann::json;

StateError unreadable() {
  return StateError("the state holds a record that cannot be read");
}

json parse(const std::string& text) {
  json parsed = json::parse(text, nullptr, false);
  if (parsed.is_discarded()) throw unreadable();
  return parsed;
}

std::string dump(const json& value) {
  // AWS's words may hold anything; a record must never fail to be written over a byte of them.
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Properties& properties) {
  json out = json::object();
  for (const auto& [name, value] : properties) {
    std::visit([&](const auto& held) { out[name] = held; }, value);
  }
  return dump(out);
}

Properties properties_from_json(const std::string& text) {
  Properties out;
  const json parsed = parse(text);
  if (!parsed.is_object()) throw unreadable();
  for (const auto& [name, value] : parsed.items()) {
    if (value.is_array()) {
      out[name] = value.get<std::vector<std::string>>();
    } else {
      out[name] = value.get<std::string>();
    }
  }
  return out;
}

std::string to_json(const std::vector<std::string>& names) {
  return dump(json(names));
}

std::vector<std::string> names_from_json(const std::string& text) {
  return parse(text).get<std::vector<std::string>>();
}

}  // namespace albatross::state
