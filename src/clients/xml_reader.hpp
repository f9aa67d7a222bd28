#pragma once

#include "albatross/runtime/clock.hpp"
#include "albatross/sigv4/credentials.hpp"

#include "clients/query_dialect.hpp"
#include "clients/schema.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
struct xml_node_struct;
}

namespace albatross::wire {

/// Reads the members of one XML element into a struct. Parsers are overloads of
/// `void read(XmlReader&, X&)`, one line a member:
///
///     void read(XmlReader& in, Route& route) {
///       in.member("gatewayId", route.gateway_id);
///     }
///
/// Unknown elements are ignored and the order is free, but it is quickest when members are read in
/// the order in which AWS sends them. What is absent leaves its default. An empty element is an
/// empty string or list, and stands for absence where a number, a boolean or an optional struct is
/// expected. Throws Malformed for a number that is none.
/// Source: Smithy, "AWS query protocol" and "AWS EC2 query protocol": response serialisation.
class XmlReader {
 public:
  using Node = pugi::xml_node_struct;

  /// @param element may be null: nothing is there.
  XmlReader(QueryDialect dialect, Node* element);
  /// Records what it would read (`names`), or what the struct holds (`values`); see schema.hpp.
  enum class Record : std::uint8_t { names, values };
  XmlReader(QueryDialect dialect, Schema& schema, Record what, std::string prefix = {});

  QueryDialect dialect() const { return dialect_; }

  template <class T>
  void member(std::string_view name, T& value);

  /// A member of a wrapper that has no struct of its own: "systemStatus" / "status".
  template <class T>
  void nested(std::string_view wrapper, std::string_view name, T& value);

  /// An ISO 8601 time.
  void time(std::string_view name, WallTime& value);
  /// Base64 text, decoded.
  void base64(std::string_view name, std::string& value);
  /// Percent-encoded text, decoded.
  void percent_encoded(std::string_view name, std::string& value);

 private:
  Node* find(std::string_view name);
  void note(std::string_view name, std::string_view kind, std::string value = {});
  void note_scalar(std::string_view name, const std::string& value);
  void note_scalar(std::string_view name, const Secret& value);
  void note_scalar(std::string_view name, bool value);
  void note_scalar(std::string_view name, int value);
  void note_scalar(std::string_view name, std::int64_t value);
  XmlReader inside(std::string_view name) const;

  static void parse(Node* element, std::string& value);
  static void parse(Node* element, Secret& value);
  static void parse(Node* element, bool& value);
  static void parse(Node* element, int& value);
  static void parse(Node* element, std::int64_t& value);

  static bool is_empty(Node* element);
  static std::size_t count_elements(Node* element);
  static Node* first_element(Node* parent);
  static Node* next_element(Node* element);

  template <class T>
  static constexpr bool is_scalar = requires(Node* node, T& value) {
    parse(node, value);
  };
  template <class T>
  void convert(Node* element, T& value) const;
  template <class T>
  void record(std::string_view name, T& value);
  template <class T>
  void record_list(std::string_view name, std::vector<T>& values);

  Node* element_ = nullptr;
  /// Where the next member is likely to be.
  Node* expected_ = nullptr;
  Schema* schema_ = nullptr;
  QueryDialect dialect_;
  Record record_ = Record::names;
  std::string prefix_;
};

template <class T>
void XmlReader::member(std::string_view name, T& value) {
  if (schema_ != nullptr) {
    record(name, value);
  } else if (Node* element = find(name)) {
    convert(element, value);
  }
}

template <class T>
void XmlReader::nested(std::string_view wrapper, std::string_view name, T& value) {
  if (schema_ != nullptr) {
    note(wrapper, "structure");
    inside(wrapper).member(name, value);
  } else if (Node* element = find(wrapper)) {
    XmlReader(dialect_, element).member(name, value);
  }
}

template <class T>
void XmlReader::convert(Node* element, T& value) const {
  if constexpr (is_scalar<T>) {
    parse(element, value);
  } else if constexpr (is_optional<T>) {
    if (std::is_same_v<T, std::optional<std::string>> || !is_empty(element)) {
      convert(element, value.emplace());
    }
  } else if constexpr (is_vector<T>) {
    value.reserve(count_elements(element));
    for (Node* item = first_element(element); item != nullptr; item = next_element(item)) {
      convert(item, value.emplace_back());
    }
  } else {
    XmlReader in(dialect_, element);
    read(in, value);
  }
}

template <class T>
void XmlReader::record(std::string_view name, T& value) {
  if constexpr (is_scalar<T>) {
    note_scalar(name, value);
  } else if constexpr (is_optional<T>) {
    if (record_ == Record::names) value.emplace();
    if (value) record(name, *value);
  } else if constexpr (is_vector<T>) {
    record_list(name, value);
  } else {
    note(name, "structure");
    XmlReader in = inside(name);
    read(in, value);
  }
}

template <class T>
void XmlReader::record_list(std::string_view name, std::vector<T>& values) {
  note(name, "list");
  XmlReader in = inside(name);
  if (record_ == Record::names) {
    in.record("N", values.emplace_back());
    return;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    in.record(std::to_string(i + 1), values[i]);
  }
}

}  // namespace albatross::wire
