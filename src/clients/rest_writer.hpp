#pragma once

#include "clients/json_writer.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace albatross::wire {

/// Builds a REST-JSON request: path and query beside the body's members. Serialisers are overloads
/// of `void write(RestWriter&, const X&)`; what they put into the body is written by overloads for
/// JsonWriter. Source: Smithy, "AWS restJson1 protocol" and "HTTP binding traits".
class RestWriter {
 public:
  /// @param path with a "{Name}" for each label.
  explicit RestWriter(std::string_view path) : path_(path) {}
  /// Records names into `schema` instead: "path:Name", "query:Name" and plain ones of the body.
  RestWriter(std::string_view path, Schema& schema)
      : path_(path), schema_(&schema), body_(schema) {}

  /// Fills "{name}" in the path, percent-encoded ('/' too: it may be part of an ARN).
  void label(std::string_view name, const std::string& value);

  /// "?name=value" when there is a value.
  void query(std::string_view name, const std::string& value);
  void query(std::string_view name, const std::optional<int>& value);
  /// "name=a&name=b".
  void query(std::string_view name, const std::vector<std::string>& values);

  template <class T>
  void member(std::string_view name, const T& value) {
    has_body_ = true;
    body_.member(name, value);
  }

  template <class T>
  void required(std::string_view name, const T& value) {
    has_body_ = true;
    body_.required(name, value);
  }

  std::string take_target() { return path_ + query_; }
  bool has_body() const { return has_body_; }
  std::string take_body() { return has_body_ ? body_.take() : std::string(); }

 private:
  void append_query(std::string_view name, std::string_view value);

  std::string path_;
  std::string query_;
  Schema* schema_ = nullptr;
  JsonWriter body_;
  bool has_body_ = false;
};

}  // namespace albatross::wire
