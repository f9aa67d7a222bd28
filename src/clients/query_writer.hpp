#pragma once

#include "albatross/sigv4/credentials.hpp"

#include "clients/query_dialect.hpp"
#include "clients/schema.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::wire {

/// Builds the body of a Query request: "Action=…&Version=…&…". Serialisers are overloads of
/// `void write(QueryWriter&, const X&)`, one line a member:
///
///     void write(QueryWriter& out, const Filter& filter) {
///       out.member("Name", filter.name);
///       out.member("Value", filter.values);
///     }
///
/// Names are wire names, of which every character may stand unencoded.
/// Source: Amazon EC2 API Reference, "Query requests"; Smithy, "AWS query protocol".
class QueryWriter {
 public:
  QueryWriter(QueryDialect dialect, std::string_view action, std::string_view version);
  /// Records names into `schema` instead; see schema.hpp.
  QueryWriter(QueryDialect dialect, Schema& schema);

  /// Sends what is there: strings and secrets that are not empty, true, every number, optionals
  /// with a value, the elements of vectors, the members of structs.
  template <class T>
  void member(std::string_view name, const T& value);

  /// A member of a wrapper that has no struct of its own: "EnableDnsSupport.Value".
  template <class T>
  void nested(std::string_view wrapper, std::string_view name, const T& value);

  /// Sends it also when it is empty.
  void required(std::string_view name, const std::string& value) { text(name, value, "string"); }

  /// A string that the API wants in base64.
  void base64(std::string_view name, const Secret& bytes);

  /// The finished body.
  std::string take() { return std::move(body_); }

 private:
  void scalar(std::string_view name, const std::string& value);
  void scalar(std::string_view name, const Secret& value);
  void scalar(std::string_view name, bool value);
  void scalar(std::string_view name, int value);
  void text(std::string_view name, std::string_view value, std::string_view kind);
  void note(std::string_view name, std::string_view kind);

  /// Enters "<prefix><name>." and returns the length to go back to.
  std::size_t enter(std::string_view name);
  /// Enters "<prefix><name>.<index>" or "<prefix><name>.member.<index>".
  std::size_t enter_element(std::string_view name, std::size_t index);
  void leave(std::size_t length) { prefix_.resize(length); }

  template <class T>
  void send(std::string_view name, const T& value);
  template <class T>
  void list(std::string_view name, const std::vector<T>& values);
  template <class T>
  void element(std::string_view name, std::size_t index, const T& value);

  QueryDialect dialect_;
  Schema* schema_ = nullptr;
  std::string body_;
  std::string prefix_;
};

template <class T>
void QueryWriter::member(std::string_view name, const T& value) {
  if constexpr (is_optional<T>) {
    if (value) {
      send(name, *value);
    } else if (schema_ != nullptr) {
      send(name, typename T::value_type{});
    }
  } else if constexpr (is_vector<T>) {
    list(name, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    if (value || schema_ != nullptr) scalar(name, value);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Secret>) {
    if (!value.empty() || schema_ != nullptr) scalar(name, value);
  } else {
    send(name, value);
  }
}

template <class T>
void QueryWriter::nested(std::string_view wrapper, std::string_view name, const T& value) {
  note(wrapper, "structure");
  const std::size_t back = enter(wrapper);
  member(name, value);
  leave(back);
}

template <class T>
void QueryWriter::send(std::string_view name, const T& value) {
  if constexpr (requires { scalar(name, value); }) {
    scalar(name, value);
  } else {
    note(name, "structure");
    const std::size_t back = enter(name);
    write(*this, value);
    leave(back);
  }
}

template <class T>
void QueryWriter::list(std::string_view name, const std::vector<T>& values) {
  note(name, "list");
  if (schema_ != nullptr) {
    element(name, 0, T{});
    return;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    element(name, i + 1, values[i]);
  }
}

template <class T>
void QueryWriter::element(std::string_view name, std::size_t index, const T& value) {
  const std::size_t back = enter_element(name, index);
  if constexpr (requires { scalar("", value); }) {
    scalar("", value);
  } else {
    prefix_ += '.';
    write(*this, value);
  }
  leave(back);
}

}  // namespace albatross::wire
