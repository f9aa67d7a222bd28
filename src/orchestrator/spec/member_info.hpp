#pragma once

#include <memory>
#include <string>
#include <vector>

namespace albatross::spec {

/// What a member's value is made of.
enum class Shape : unsigned char {
  value,           ///< one value
  list,            ///< a list of values
  text_map,        ///< names to values, both free
  section,         ///< a mapping of members
  switchable,      ///< a section, or just true or false
  named_sections,  ///< names to sections, their order kept
  section_list,    ///< a list of sections
};

struct MemberInfo;
using SectionInfo = std::vector<MemberInfo>;

/// A line of the table without its types: what the schema and the reference are written from.
struct MemberInfo {
  std::string name;
  /// What it means, for people.
  std::string doc;
  Shape shape = Shape::value;
  /// What one value must be (of a list: one item).
  std::string expected = {};
  /// JSON Schema of one value; of the keys for text_map and named_sections in `key_schema`.
  std::string schema = {};
  std::string key_schema = {};
  /// The same of the one value that may stand for all of the shape; empty when there is none.
  std::string short_expected = {};
  std::string short_schema = {};
  /// The default as JSON; empty when there is none or it depends on something.
  std::string fallback = {};
  /// What holds when the member is left out, in words, where `fallback` cannot say it.
  std::string fallback_note = {};
  bool required = false;
  /// Of a list, mapping or named sections.
  std::size_t least = 0;
  /// Of the shapes that hold sections.
  std::shared_ptr<const SectionInfo> members = nullptr;
};

}  // namespace albatross::spec
