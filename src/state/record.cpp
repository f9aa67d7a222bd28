#include "albatross/state/record.hpp"

#include <string_view>

namespace albatross {
namespace {

const std::string& text_of(const Properties& properties, const std::string& name) {
  static const std::string empty;
  const auto found = properties.find(name);
  if (found == properties.end()) return empty;
  const auto* text = std::get_if<std::string>(&found->second);
  return text != nullptr ? *text : empty;
}

}  // namespace

const std::string& ResourceRecord::property(const std::string& name) const {
  return text_of(properties, name);
}

const std::string& ResourceRecord::output(const std::string& name) const {
  return text_of(outputs, name);
}

std::vector<std::string> ResourceRecord::property_list(const std::string& name) const {
  const auto found = properties.find(name);
  if (found == properties.end()) return {};
  if (const auto* list = std::get_if<std::vector<std::string>>(&found->second)) return *list;
  return {std::get<std::string>(found->second)};
}

std::string_view to_string(StackState state) {
  switch (state) {
    case StackState::deploying:
      return "deploying";
    case StackState::ready:
      return "ready";
    case StackState::failed:
      return "failed";
    case StackState::rolled_back:
      return "rolled back";
    case StackState::destroying:
      return "destroying";
  }
  return "";
}

std::string_view to_string(RecordStatus status) {
  switch (status) {
    case RecordStatus::intended:
      return "intended";
    case RecordStatus::created:
      return "created";
    case RecordStatus::ready:
      return "ready";
    case RecordStatus::destroying:
      return "destroying";
  }
  return "";
}

}  // namespace albatross
