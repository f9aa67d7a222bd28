#pragma once

#include "orchestrator/spec/format.hpp"
#include "orchestrator/spec/member_info.hpp"
#include "orchestrator/spec/reading.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Tables that say, a line a member, how a mapping becomes a struct. What is wrong is complained of
/// and leaves the struct's default in place, so that reading goes on.
namespace albatross::spec {

/// One line: the member, and what its value does to a T.
template <class T>
struct Member {
  MemberInfo info;
  std::function<void(T&, const ValuePtr&, const std::string& path, Reading&)> read;
};

template <class T>
using Section = std::vector<Member<T>>;

// What the templates share: in table.cpp.

/// "services.n8n.port is 'x': reason; expected …; did you mean …?"
void complain_of_value(Reading& reading, const std::string& path, const Value& value,
                       const std::string& reason, const std::string& expected,
                       const std::vector<std::string>& words = {});
/// The same about a name that the file chooses: "key 'x' in services; expected …"
void complain_of_key(Reading& reading, const std::string& path, const std::string& key,
                     const std::string& reason, const std::string& expected);
/// "the keys a, b or c".
std::string keys_of(const SectionInfo& members);
/// Whether the value has the shape; complains if not.
bool is_list(Reading& reading, const std::string& path, const Value& value, std::size_t least);
bool is_mapping(Reading& reading, const std::string& path, const Value& value,
                const std::string& of_what);
/// Matches a mapping's keys to members: unknown keys and missing members are complained of, for the
/// others `each(index of the member, entry)` is called. `path` is empty for the file itself.
void match_members(Reading& reading, const std::string& path, const Value& mapping,
                   const SectionInfo& members,
                   const std::function<void(std::size_t, const Entry&)>& each);

template <class T>
SectionInfo describe_section(const Section<T>& section) {
  SectionInfo info;
  for (const auto& member : section)
    info.push_back(member.info);
  return info;
}

template <class T>
void read_section(T& into, const Value& value, const std::string& path, Reading& reading,
                  const Section<T>& section) {
  const SectionInfo info = describe_section(section);
  if (!is_mapping(reading, path, value, keys_of(info))) return;
  match_members(reading, path, value, info, [&](std::size_t index, const Entry& entry) {
    const std::string inner = join_path(path, entry.key);
    reading.place(inner, entry.value, entry.place());
    section[index].read(into, entry.value, inner, reading);
  });
}

/// Reads one value by its format; nullopt after a complaint.
template <class V>
std::optional<V> read_value(const Format<V>& format, const Value& value, const std::string& path,
                            Reading& reading) {
  std::string reason;
  auto parsed = format.parse(value, reason);
  if (!parsed) complain_of_value(reading, path, value, reason, format.expected, format.words);
  return parsed;
}

/// Checks a name that the file chooses; false after a complaint.
inline bool read_key(const Format<std::string>& format, const Entry& entry, const std::string& path,
                     Reading& reading) {
  const Value key{.kind = Value::Kind::scalar, .mark = entry.mark, .text = entry.key};
  std::string reason;
  if (format.parse(key, reason)) return true;
  reading.place(join_path(path, entry.key), entry.value, entry.mark);
  complain_of_key(reading, path, entry.key, reason, format.expected);
  return false;
}

template <class T, class V>
using Setter = void (*)(T&, V);

/// A value that a setter takes.
template <class T, class V>
Member<T> member(std::string name, Setter<T, V> set, Format<V> format, std::string doc,
                 std::string fallback_note = {}) {
  MemberInfo info{.name = std::move(name), .doc = std::move(doc)};
  info.expected = format.expected;
  info.schema = format.schema;
  info.fallback_note = std::move(fallback_note);
  return {std::move(info),
          [set, format = std::move(format)](T& into, const ValuePtr& value, const std::string& path,
                                            Reading& reading) {
            if (auto parsed = read_value(format, *value, path, reading))
              set(into, std::move(*parsed));
          }};
}

/// A value; its default is what a fresh T has.
template <class T, class V>
Member<T> member(std::string name, V T::*field, Format<V> format, std::string doc) {
  MemberInfo info{.name = std::move(name), .doc = std::move(doc)};
  info.expected = format.expected;
  info.schema = format.schema;
  info.fallback = format.write(T{}.*field);
  return {std::move(info),
          [field, format = std::move(format)](T& into, const ValuePtr& value,
                                              const std::string& path, Reading& reading) {
            if (auto parsed = read_value(format, *value, path, reading)) into.*field = *parsed;
          }};
}

/// A list of values, `least` at the least.
template <class T, class V>
Member<T> list(std::string name, std::vector<V> T::*field, Format<V> format, std::size_t least,
               std::string doc) {
  MemberInfo info{.name = std::move(name), .doc = std::move(doc), .shape = Shape::list};
  info.expected = format.expected;
  info.schema = format.schema;
  info.least = least;
  const T fresh;
  for (const auto& item : fresh.*field)
    info.fallback += (info.fallback.empty() ? "[" : ", ") + format.write(item);
  info.fallback += info.fallback.empty() ? "[]" : "]";
  return {std::move(info),
          [field, least, format = std::move(format)](T& into, const ValuePtr& value,
                                                     const std::string& path, Reading& reading) {
            if (!is_list(reading, path, *value, least)) return;
            (into.*field).clear();
            for (std::size_t i = 0; i < value->items.size(); ++i) {
              const std::string item = item_path(path, i);
              reading.place(item, value->items[i], value->items[i]->mark);
              if (auto parsed = read_value(format, *value->items[i], item, reading))
                (into.*field).push_back(std::move(*parsed));
            }
          }};
}

/// Free names to values.
template <class T>
Member<T> text_map(std::string name, std::map<std::string, std::string> T::*field,
                   Format<std::string> key_format, Format<std::string> format, std::string doc) {
  MemberInfo info{.name = std::move(name), .doc = std::move(doc), .shape = Shape::text_map};
  info.expected = format.expected;
  info.schema = format.schema;
  info.key_schema = key_format.schema;
  info.fallback = "{}";
  return {std::move(info),
          [field, key_format = std::move(key_format), format = std::move(format)](
              T& into, const ValuePtr& value, const std::string& path, Reading& reading) {
            if (!is_mapping(reading, path, *value, "names and values")) return;
            for (const auto& entry : value->entries) {
              const bool key_is_good = read_key(key_format, entry, path, reading);
              const std::string inner = join_path(path, entry.key);
              reading.place(inner, entry.value, entry.place());
              const auto parsed = read_value(format, *entry.value, inner, reading);
              if (key_is_good && parsed) (into.*field)[entry.key] = *parsed;
            }
          }};
}

template <class T, class Sub>
MemberInfo section_info(std::string name, Shape shape, const Section<Sub>& table, std::string doc) {
  MemberInfo info{.name = std::move(name), .doc = std::move(doc), .shape = shape};
  info.members = std::make_shared<const SectionInfo>(describe_section(table));
  return info;
}

/// Members one level down. `table` must outlive the result (tables are static).
template <class T, class Sub>
Member<T> section(std::string name, Sub T::*field, const Section<Sub>& table, std::string doc) {
  return {
      section_info<T>(std::move(name), Shape::section, table, std::move(doc)),
      [field, &table](T& into, const ValuePtr& value, const std::string& path, Reading& reading) {
        read_section(into.*field, *value, path, reading, table);
      }};
}

/// The same on another struct's behalf: the members of the inner mapping are members of T itself.
template <class T>
Member<T> group(std::string name, const Section<T>& table, std::string doc) {
  return {section_info<T>(std::move(name), Shape::section, table, std::move(doc)),
          [&table](T& into, const ValuePtr& value, const std::string& path, Reading& reading) {
            read_section(into, *value, path, reading, table);
          }};
}

/// A section that is on when the file has it, unless it says `enabled: false`; `true` and `false`
/// alone switch it on with its defaults, and off.
template <class T, class Sub>
Member<T> switchable(std::string name, Sub T::*field, const Section<Sub>& table, std::string doc) {
  return {
      section_info<T>(std::move(name), Shape::switchable, table, std::move(doc)),
      [field, &table](T& into, const ValuePtr& value, const std::string& path, Reading& reading) {
        Sub& sub = into.*field;
        sub.enabled = true;
        if (value->is_flag()) {
          sub.enabled = value->text[0] == 't' || value->text[0] == 'T';
        } else if (value->is(Value::Kind::map)) {
          read_section(sub, *value, path, reading, table);
        } else {
          complain_of_value(reading, path, *value, "",
                            "true, false or a mapping with " + keys_of(describe_section(table)));
        }
      }};
}

/// Names to sections, in the order of the file; the name goes into `name_field`.
template <class T, class Sub>
Member<T> named_sections(std::string name, std::vector<Sub> T::*field, std::string Sub::*name_field,
                         Format<std::string> name_format, const Section<Sub>& table,
                         std::string doc) {
  auto info = section_info<T>(std::move(name), Shape::named_sections, table, std::move(doc));
  info.key_schema = name_format.schema;
  return {std::move(info),
          [field, name_field, name_format = std::move(name_format), &table](
              T& into, const ValuePtr& value, const std::string& path, Reading& reading) {
            if (!is_mapping(reading, path, *value, "names and their members")) return;
            for (const auto& entry : value->entries) {
              const std::string inner = join_path(path, entry.key);
              read_key(name_format, entry, path, reading);
              reading.place(inner, entry.value, entry.mark);
              Sub sub;
              sub.*name_field = entry.key;
              read_section(sub, *entry.value, inner, reading, table);
              (into.*field).push_back(std::move(sub));
            }
          }};
}

template <class T, class Sub>
Member<T> section_list(std::string name, std::vector<Sub> T::*field, const Section<Sub>& table,
                       std::size_t least, std::string doc) {
  auto info = section_info<T>(std::move(name), Shape::section_list, table, std::move(doc));
  info.least = least;
  return {std::move(info), [field, least, &table](T& into, const ValuePtr& value,
                                                  const std::string& path, Reading& reading) {
            if (!is_list(reading, path, *value, least)) return;
            for (std::size_t i = 0; i < value->items.size(); ++i) {
              const std::string item = item_path(path, i);
              reading.place(item, value->items[i], value->items[i]->mark);
              Sub sub;
              read_section(sub, *value->items[i], item, reading, table);
              (into.*field).push_back(std::move(sub));
            }
          }};
}

/// The member must be there.
template <class T>
Member<T> required(Member<T> line) {
  line.info.required = true;
  line.info.fallback.clear();
  return line;
}

/// The default depends on something: says on what.
template <class T>
Member<T> defaulting_to(std::string note, Member<T> line) {
  line.info.fallback.clear();
  line.info.fallback_note = std::move(note);
  return line;
}

}  // namespace albatross::spec
