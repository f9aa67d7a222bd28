#include "clients/shared_config.hpp"

namespace albatross {

const ConfigValue* ConfigSection::find(std::string_view key) const {
  const auto found = values.find(key);
  return found == values.end() ? nullptr : &found->second;
}

const ConfigValue* ConfigSection::find(std::string_view key, std::string_view nested_key) const {
  const auto block = nested.find(key);
  if (block == nested.end()) return nullptr;
  const auto found = block->second.find(nested_key);
  return found == block->second.end() ? nullptr : &found->second;
}

const ConfigValue* ConfigProfile::find(std::string_view key) const {
  const ConfigValue* const stronger = credentials.find(key);
  return stronger != nullptr ? stronger : config.find(key);
}

std::string ConfigProfile::get(std::string_view key) const {
  const ConfigValue* const value = find(key);
  return value == nullptr ? std::string{} : value->text;
}

const ConfigProfile* SharedConfig::find_profile(std::string_view name) const {
  const auto found = profiles.find(name);
  return found == profiles.end() ? nullptr : &found->second;
}

}  // namespace albatross
