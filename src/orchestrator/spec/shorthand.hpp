#pragma once

#include "orchestrator/spec/table.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// More lines for tables: short forms, optional values, structs within structs.
namespace albatross::spec {

/// What the whole that a short form stands for looks like, for complaints.
inline std::string whole_of(const MemberInfo& info) {
  const std::string flags = info.shape == Shape::switchable ? "true, false or " : "";
  return flags + "a mapping with " + (info.members ? keys_of(*info.members) : "names and values");
}

/// One value may stand for all of the line's mapping.
template <class T, class V>
Member<T> or_short(Setter<T, V> set, Format<V> format, Member<T> line) {
  line.info.short_expected = format.expected;
  line.info.short_schema = format.schema;
  const bool takes_flags = line.info.shape == Shape::switchable;
  format.expected += (takes_flags ? ", " : ", or ") + whole_of(line.info);
  line.read = [set, format = std::move(format), takes_flags, whole = std::move(line.read)](
                  T& into, const ValuePtr& value, const std::string& path, Reading& reading) {
    const bool is_short = !value->is(Value::Kind::map) && !(takes_flags && value->is_flag());
    if (!is_short) return whole(into, value, path, reading);
    if (auto parsed = read_value(format, *value, path, reading)) set(into, std::move(*parsed));
  };
  return line;
}

/// A value that may be absent; `note` says what holds then.
template <class T, class V>
Member<T> optional_member(std::string name, std::optional<V> T::*field, Format<V> format,
                          std::string doc, std::string note) {
  MemberInfo info{.name = std::move(name), .doc = std::move(doc)};
  info.expected = format.expected;
  info.schema = format.schema;
  info.fallback_note = std::move(note);
  return {std::move(info),
          [field, format = std::move(format)](T& into, const ValuePtr& value,
                                              const std::string& path, Reading& reading) {
            if (auto parsed = read_value(format, *value, path, reading))
              into.*field = std::move(*parsed);
          }};
}

/// Free names to values, each handed to `add`.
template <class T, class V>
Member<T> mapped(std::string name, void (*add)(T&, const std::string& key, V),
                 Format<std::string> key_format, Format<V> format, std::string doc) {
  MemberInfo info{.name = std::move(name), .doc = std::move(doc), .shape = Shape::text_map};
  info.expected = format.expected;
  info.schema = format.schema;
  info.key_schema = key_format.schema;
  return {std::move(info),
          [add, key_format = std::move(key_format), format = std::move(format)](
              T& into, const ValuePtr& value, const std::string& path, Reading& reading) {
            if (!is_mapping(reading, path, *value, "names and values")) return;
            if (value->entries.empty())
              return reading.complain_about(path, path + " is empty; expected at least one name");
            for (const auto& entry : value->entries) {
              const bool key_is_good = read_key(key_format, entry, path, reading);
              const std::string inner = join_path(path, entry.key);
              reading.place(inner, entry.value, entry.place());
              auto parsed = read_value(format, *entry.value, inner, reading);
              if (key_is_good && parsed) {
                add(into, entry.key, std::move(*parsed));
              } else {
                reading.distrust(path);
              }
            }
          }};
}

/// The lines of an inner struct as members of the outer one.
template <class T, class Sub>
Section<T> inside(Sub T::*field, const Section<Sub>& table) {
  Section<T> lines;
  for (const auto& line : table)
    lines.push_back(
        {line.info,
         [field, read = line.read](T& into, const ValuePtr& value, const std::string& path,
                                   Reading& reading) { read(into.*field, value, path, reading); }});
  return lines;
}

template <class T>
Section<T> operator+(Section<T> front, Section<T> back) {
  for (auto& line : back)
    front.push_back(std::move(line));
  return front;
}

/// A value, or a list of such values.
inline Format<std::vector<std::string>> one_or_more(const Format<std::string>& item) {
  Format<std::vector<std::string>> format;
  format.expected = item.expected + ", or a list of such";
  format.schema = R"({"anyOf":[)" + item.schema + R"(,{"type":"array","minItems":1,"items":)" +
                  item.schema + "}]}";
  format.words = item.words;
  format.parse = [item](const Value& value,
                        std::string& reason) -> std::optional<std::vector<std::string>> {
    std::vector<std::string> out;
    if (!value.is(Value::Kind::list)) {
      auto only = item.parse(value, reason);
      if (!only) return std::nullopt;
      out.push_back(std::move(*only));
      return out;
    }
    for (const auto& each : value.items) {
      std::string why;
      auto parsed = item.parse(*each, why);
      if (!parsed) {
        reason = describe(*each) + " is in it" + (why.empty() ? "" : ": " + why);
        return std::nullopt;
      }
      out.push_back(std::move(*parsed));
    }
    return out.empty() ? std::nullopt : std::optional(std::move(out));
  };
  return format;
}

}  // namespace albatross::spec
