#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/spec/member_info.hpp"
#include "orchestrator/spec/stack_table.hpp"

#include <nlohmann/json.hpp>

namespace albatross {
namespace {

using Json = nlohmann::ordered_json;
using spec::MemberInfo;
using spec::SectionInfo;
using spec::Shape;

Json object_schema(const SectionInfo& members);

Json map_schema(const MemberInfo& member, Json values) {
  Json schema = {{"type", "object"}};
  Json keys = Json::parse(member.key_schema);
  // Keys are always strings; the types of a value do not apply.
  keys.erase("type");
  schema["propertyNames"] = std::move(keys);
  schema["additionalProperties"] = std::move(values);
  return schema;
}

Json list_schema(const MemberInfo& member, Json items) {
  Json schema = {{"type", "array"}};
  if (member.least > 0) schema["minItems"] = member.least;
  schema["items"] = std::move(items);
  return schema;
}

Json switch_schema(const SectionInfo& members) {
  Json choices = Json::array();
  choices.push_back(Json::object({{"type", "boolean"}}));
  choices.push_back(object_schema(members));
  return Json::object({{"anyOf", std::move(choices)}});
}

Json long_schema(const MemberInfo& member) {
  switch (member.shape) {
    case Shape::value:
      return Json::parse(member.schema);
    case Shape::list:
      return list_schema(member, Json::parse(member.schema));
    case Shape::text_map:
      return map_schema(member, Json::parse(member.schema));
    case Shape::section:
      return object_schema(*member.members);
    case Shape::switchable:
      return switch_schema(*member.members);
    case Shape::named_sections:
      return map_schema(member, object_schema(*member.members));
    case Shape::section_list:
      return list_schema(member, object_schema(*member.members));
  }
  return {};
}

Json shape_schema(const MemberInfo& member) {
  if (member.short_schema.empty()) return long_schema(member);
  Json choices = Json::array();
  choices.push_back(Json::parse(member.short_schema));
  choices.push_back(long_schema(member));
  return Json::object({{"anyOf", std::move(choices)}});
}

std::string description(const MemberInfo& member) {
  if (member.required) return member.doc + " Required.";
  return member.fallback_note.empty() ? member.doc
                                      : member.doc + " Default: " + member.fallback_note + ".";
}

Json member_schema(const MemberInfo& member) {
  Json schema = {{"description", description(member)}};
  schema.update(shape_schema(member));
  if (!member.fallback.empty()) schema["default"] = Json::parse(member.fallback);
  return schema;
}

Json object_schema(const SectionInfo& members) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const auto& member : members) {
    properties[member.name] = member_schema(member);
    if (member.required) required.push_back(member.name);
  }
  Json schema = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  return schema;
}

}  // namespace

std::string stack_schema() {
  Json schema = {
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"title", "Albatross stack file"},
      {"description", "What `albatross deploy` builds. See docs/stack-file.md."},
  };
  schema.update(object_schema(spec::stack_vocabulary()));
  // Values that are there to be named by anchors.
  schema["patternProperties"] = {{"^x-", true}};
  return schema.dump(2) + "\n";
}

}  // namespace albatross
