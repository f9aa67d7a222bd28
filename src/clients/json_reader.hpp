#pragma once

#include "albatross/sigv4/credentials.hpp"

#include "clients/json_map.hpp"
#include "clients/schema.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::wire {

/// Reads the members of a JSON object into a struct, one line a member, by the same rules as
/// XmlReader (which see): overloads of `void read(JsonReader&, X&)`. null counts as absent. Throws
/// Malformed for a value of the wrong type.
class JsonReader {
 public:
  using Value = nlohmann::json;

  /// @throws Malformed when `object` is none, or is nested too deeply.
  explicit JsonReader(const Value& object, int depth = 0);
  /// Records what it would read (`names`), or what the struct holds (`values`); see schema.hpp.
  enum class Record : std::uint8_t { names, values };
  JsonReader(Schema& schema, Record what, std::string prefix = {});

  template <class T>
  void member(std::string_view name, T& value);

  /// A member of a wrapper that has no struct of its own: "SizeInBytes" / "Value".
  template <class T>
  void nested(std::string_view wrapper, std::string_view name, T& value);

 private:
  /// Null when absent or null.
  const Value* find(std::string_view name) const;
  void note(std::string_view name, std::string_view kind, std::string value = {});
  JsonReader inside(std::string_view name) const;

  static void parse(const Value& from, std::string& value);
  static void parse(const Value& from, Secret& value);
  static void parse(const Value& from, bool& value);
  static void parse(const Value& from, int& value);
  static void parse(const Value& from, std::int64_t& value);
  static void parse(const Value& from, double& value);
  static std::size_t array_size(const Value& from);
  static const Value& array_element(const Value& from, std::size_t index);
  static std::vector<std::string> names_in(const Value& from);
  static const Value& named(const Value& from, const std::string& name);

  void note_scalar(std::string_view name, const std::string& value);
  void note_scalar(std::string_view name, const Secret& value);
  void note_scalar(std::string_view name, bool value);
  void note_scalar(std::string_view name, int value);
  void note_scalar(std::string_view name, std::int64_t value);
  void note_scalar(std::string_view name, double value);

  template <class T>
  static constexpr bool is_scalar = requires(const Value& from, T& value) {
    parse(from, value);
  };
  template <class T>
  void convert(const Value& from, T& value) const;
  template <class T>
  void record(std::string_view name, T& value);

  const Value* object_ = nullptr;
  int depth_ = 0;
  Schema* schema_ = nullptr;
  Record record_ = Record::names;
  std::string prefix_;
};

template <class T>
void JsonReader::member(std::string_view name, T& value) {
  if (schema_ != nullptr) {
    record(name, value);
  } else if (const Value* from = find(name)) {
    convert(*from, value);
  }
}

template <class T>
void JsonReader::nested(std::string_view wrapper, std::string_view name, T& value) {
  if (schema_ != nullptr) {
    note(wrapper, "structure");
    inside(wrapper).member(name, value);
  } else if (const Value* from = find(wrapper)) {
    JsonReader(*from, depth_ + 1).member(name, value);
  }
}

template <class T>
void JsonReader::convert(const Value& from, T& value) const {
  if constexpr (is_scalar<T>) {
    parse(from, value);
  } else if constexpr (is_optional<T>) {
    convert(from, value.emplace());
  } else if constexpr (is_vector<T>) {
    const std::size_t size = array_size(from);
    for (std::size_t i = 0; i < size; ++i) {
      convert(array_element(from, i), value.emplace_back());
    }
  } else if constexpr (is_map<T>) {
    for (const std::string& key : names_in(from)) {
      convert(named(from, key), value[key]);
    }
  } else {
    JsonReader in(from, depth_ + 1);
    read(in, value);
  }
}

template <class T>
void JsonReader::record(std::string_view name, T& value) {
  if constexpr (is_scalar<T>) {
    note_scalar(name, value);
  } else if constexpr (is_optional<T>) {
    if (record_ == Record::names) value.emplace();
    if (value) record(name, *value);
  } else if constexpr (is_vector<T>) {
    note(name, "list");
    JsonReader in = inside(name);
    if (record_ == Record::names) return in.record("N", value.emplace_back());
    for (std::size_t i = 0; i < value.size(); ++i) {
      in.record(std::to_string(i + 1), value[i]);
    }
  } else if constexpr (is_map<T>) {
    note(name, "map");
    JsonReader in = inside(name);
    if (record_ == Record::names) return;
    for (auto& [key, each] : value) {
      in.record(key, each);
    }
  } else {
    note(name, "structure");
    JsonReader in = inside(name);
    read(in, value);
  }
}

/// The body of a successful answer of a JSON service. An empty body is an empty object.
class JsonAnswer {
 public:
  /// @throws Malformed when it is no JSON object.
  explicit JsonAnswer(const std::string& body);
  ~JsonAnswer();
  JsonAnswer(const JsonAnswer&) = delete;
  JsonAnswer& operator=(const JsonAnswer&) = delete;

  /// Must not outlive this object.
  JsonReader reader() const;

 private:
  std::unique_ptr<JsonReader::Value> document_;
};

}  // namespace albatross::wire
