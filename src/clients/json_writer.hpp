#pragma once

#include "albatross/sigv4/credentials.hpp"

#include "clients/json_map.hpp"
#include "clients/schema.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::wire {

/// Builds a JSON object, one line a member, by the same rules as QueryWriter (which see): overloads
/// of `void write(JsonWriter&, const X&)`. Text goes through as the UTF-8 that it must be.
class JsonWriter {
 public:
  JsonWriter() { body_ = "{"; }
  /// Records names into `schema` instead; see schema.hpp.
  explicit JsonWriter(Schema& schema) : schema_(&schema) {}

  /// Sends what is there: strings and secrets that are not empty, true, every number, optionals
  /// with a value, vectors that are not empty, the members of structs.
  template <class T>
  void member(std::string_view name, const T& value);

  /// Sends it also when it is empty.
  template <class T>
  void required(std::string_view name, const T& value) {
    send(name, value);
  }

  /// The finished object.
  std::string take();

 private:
  void value(const std::string& text) { quoted(text); }
  void value(const Secret& text) { quoted(text.reveal()); }
  void value(bool flag) { body_ += flag ? "true" : "false"; }
  void value(int number) { body_ += std::to_string(number); }
  void value(double number);
  template <class T>
  void value(const std::vector<T>& values);
  template <class T>
  void value(const std::map<std::string, T>& values);
  template <class T>
  requires requires(JsonWriter& out, const T& object) { write(out, object); }
  void value(const T& object);

  static std::string_view kind_of(const std::string&) { return "string"; }
  static std::string_view kind_of(const Secret&) { return "string"; }
  static std::string_view kind_of(bool) { return "boolean"; }
  static std::string_view kind_of(int) { return "integer"; }
  static std::string_view kind_of(double) { return "float"; }
  template <class T>
  static std::string_view kind_of(const std::vector<T>&) {
    return "list";
  }
  template <class T>
  static std::string_view kind_of(const std::map<std::string, T>&) {
    return "map";
  }
  template <class T>
  static std::string_view kind_of(const T&) {
    return "structure";
  }

  template <class T>
  void send(std::string_view name, const T& content);
  template <class T>
  void record(std::string_view name, const T& content);
  void quoted(std::string_view text);
  void separate();

  Schema* schema_ = nullptr;
  std::string body_;
  std::string prefix_;
};

template <class T>
void JsonWriter::member(std::string_view name, const T& content) {
  if constexpr (is_optional<T>) {
    if (content) {
      send(name, *content);
    } else if (schema_ != nullptr) {
      send(name, typename T::value_type{});
    }
  } else if constexpr (std::is_same_v<T, bool>) {
    if (content || schema_ != nullptr) send(name, content);
  } else if constexpr (requires { content.empty(); }) {
    if (!content.empty() || schema_ != nullptr) send(name, content);
  } else {
    send(name, content);
  }
}

template <class T>
void JsonWriter::send(std::string_view name, const T& content) {
  if (schema_ != nullptr) return record(name, content);
  separate();
  quoted(name);
  body_ += ':';
  value(content);
}

template <class T>
void JsonWriter::record(std::string_view name, const T& content) {
  schema_->push_back({prefix_ + std::string(name), kind_of(content), {}});
  if constexpr (is_map<T>) return;
  const std::size_t back = prefix_.size();
  prefix_ += name;
  prefix_ += '.';
  if constexpr (is_vector<T>) {
    record("N", typename T::value_type{});
  } else if constexpr (requires { write(*this, content); }) {
    write(*this, content);
  }
  prefix_.resize(back);
}

template <class T>
void JsonWriter::value(const std::vector<T>& values) {
  body_ += '[';
  for (const T& each : values) {
    separate();
    value(each);
  }
  body_ += ']';
}

template <class T>
void JsonWriter::value(const std::map<std::string, T>& values) {
  body_ += '{';
  for (const auto& [name, each] : values) {
    separate();
    quoted(name);
    body_ += ':';
    value(each);
  }
  body_ += '}';
}

template <class T>
requires requires(JsonWriter& out, const T& object) {
  write(out, object);
}
void JsonWriter::value(const T& object) {
  body_ += '{';
  write(*this, object);
  body_ += '}';
}

}  // namespace albatross::wire
