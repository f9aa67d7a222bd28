#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/spec/member_info.hpp"
#include "orchestrator/spec/stack_table.hpp"

#include <string>

namespace albatross {
namespace {

using spec::MemberInfo;
using spec::SectionInfo;
using spec::Shape;

std::string inner_path(const std::string& path, const MemberInfo& member) {
  const std::string inner = path.empty() ? member.name : path + "." + member.name;
  if (member.shape == Shape::named_sections) return inner + ".<name>";
  return member.shape == Shape::section_list ? inner + "[]" : inner;
}

std::string long_value_of(const MemberInfo& member) {
  switch (member.shape) {
    case Shape::value:
      return member.expected;
    case Shape::list:
      return "a list; each item " + member.expected;
    case Shape::text_map:
      return "a mapping; each value " + member.expected;
    case Shape::section:
      return "a mapping, see below";
    case Shape::switchable:
      return "true, false or a mapping, see below";
    case Shape::named_sections:
      return "a mapping of names to mappings, see below";
    case Shape::section_list:
      return "a list of mappings, see below";
  }
  return {};
}

std::string value_of(const MemberInfo& member) {
  const std::string whole = long_value_of(member);
  return member.short_expected.empty() ? whole : member.short_expected + "; or " + whole;
}

std::string default_of(const MemberInfo& member) {
  if (member.required) return "**required**";
  if (!member.fallback_note.empty()) return member.fallback_note;
  return member.fallback.empty() ? "" : "`" + member.fallback + "`";
}

/// A '|' would end the table's cell, a '<' start a tag.
std::string cell(const std::string& text) {
  std::string out;
  bool code = false;
  for (const char c : text) {
    if (c == '`') code = !code;
    if (c == '|' || ((c == '<' || c == '*' || c == '_') && !code && text.find("**") != 0))
      out += '\\';
    out += c;
  }
  return out;
}

void write_section(const SectionInfo& members, const std::string& path, std::string& out) {
  out += "### " + (path.empty() ? "At the top" : "`" + path + "`") + "\n\n";
  out += "| member | value | default | meaning |\n|---|---|---|---|\n";
  for (const auto& member : members)
    out += "| `" + member.name + "` | " + cell(value_of(member)) + " | " +
           cell(default_of(member)) + " | " + cell(member.doc) + " |\n";
  out += "\n";
  for (const auto& member : members)
    if (member.members) write_section(*member.members, inner_path(path, member), out);
}

}  // namespace

std::string stack_reference() {
  std::string out;
  write_section(spec::stack_vocabulary(), "", out);
  out.pop_back();
  return out;
}

}  // namespace albatross
