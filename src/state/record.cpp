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

std::vector<std::string> list_of(const Properties& properties, const std::string& name) {
  const auto found = properties.find(name);
  if (found == properties.end()) return {};
  return texts_of(found->second);
}

// Not '~' or '#': the load balancing service's tags may hold neither.
constexpr char generation_mark = '@';

}  // namespace

std::vector<std::string> texts_of(const Value& value) {
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return *list;
  return {std::get<std::string>(value)};
}

const std::string& ResourceRecord::property(const std::string& name) const {
  return text_of(properties, name);
}

const std::string& ResourceRecord::output(const std::string& name) const {
  return text_of(outputs, name);
}

std::vector<std::string> ResourceRecord::property_list(const std::string& name) const {
  return list_of(properties, name);
}

std::vector<std::string> ResourceRecord::output_list(const std::string& name) const {
  return list_of(outputs, name);
}

std::string ResourceRecord::base_node() const {
  return node.substr(0, node.find(generation_mark));
}

bool ResourceRecord::superseded() const {
  return node.find(generation_mark) != std::string::npos;
}

std::string ResourceRecord::label() const {
  return generation == 1 ? base_node() : base_node() + generation_mark + std::to_string(generation);
}

ResourceRecord supersede(ResourceRecord record) {
  record.node = record.base_node() + generation_mark + std::to_string(record.generation);
  return record;
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
    case StackState::rolling_back:
      return "rolling back";
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
