#include "clients/xml_reader.hpp"

#include "clients/base64.hpp"
#include "clients/iso_time.hpp"
#include "clients/malformed.hpp"
#include "clients/percent.hpp"

#include <pugixml.hpp>

#include <charconv>
#include <chrono>
#include <cstring>

namespace albatross::wire {
namespace {

bool is_named(const pugi::xml_node& node, std::string_view name) {
  const char* const text = node.name();
  return text[0] == name[0] && std::strncmp(text, name.data(), name.size()) == 0 &&
         text[name.size()] == '\0';
}

/// Text that comments or CDATA sections have cut into pieces.
std::string joined_text(const pugi::xml_node& element) {
  std::string out = element.value();
  for (const pugi::xml_node piece : element.children()) {
    if (piece.type() == pugi::node_pcdata || piece.type() == pugi::node_cdata) {
      out += piece.value();
    }
  }
  return out;
}

template <class Number>
void parse_number(pugi::xml_node_struct* element, Number& value) {
  const char* const text = pugi::xml_node(element).child_value();
  if (*text == '\0') return;
  const char* const end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, value);
  if (error != std::errc() || stop != end) {
    throw Malformed("'" + std::string(pugi::xml_node(element).name()) + "' is no number");
  }
}

}  // namespace

XmlReader::XmlReader(QueryDialect dialect, Node* element)
    : element_(element), expected_(first_element(element)), dialect_(dialect) {}

XmlReader::XmlReader(QueryDialect dialect, Schema& schema, Record what, std::string prefix)
    : schema_(&schema), dialect_(dialect), record_(what), prefix_(std::move(prefix)) {}

XmlReader XmlReader::inside(std::string_view name) const {
  return XmlReader(dialect_, *schema_, record_, prefix_ + std::string(name) + ".");
}

void XmlReader::note(std::string_view name, std::string_view kind, std::string value) {
  if (record_ == Record::names) value.clear();
  schema_->push_back({prefix_ + std::string(name), kind, std::move(value)});
}

void XmlReader::note_scalar(std::string_view name, const std::string& value) {
  note(name, "string", value);
}

void XmlReader::note_scalar(std::string_view name, const Secret& value) {
  note(name, "string", value.reveal());
}

void XmlReader::note_scalar(std::string_view name, bool value) {
  note(name, "boolean", value ? "true" : "false");
}

void XmlReader::note_scalar(std::string_view name, int value) {
  note(name, "integer", std::to_string(value));
}

void XmlReader::note_scalar(std::string_view name, std::int64_t value) {
  note(name, "integer", std::to_string(value));
}

XmlReader::Node* XmlReader::find(std::string_view name) {
  // From where the last one was to the end, then from the front: one step when the order fits.
  for (pugi::xml_node node(expected_); node; node = node.next_sibling()) {
    if (is_named(node, name)) {
      expected_ = node.next_sibling().internal_object();
      return node.internal_object();
    }
  }
  for (pugi::xml_node node = pugi::xml_node(element_).first_child();
       node && node.internal_object() != expected_; node = node.next_sibling()) {
    if (is_named(node, name)) return node.internal_object();
  }
  return nullptr;
}

void XmlReader::parse(Node* element, std::string& value) {
  const pugi::xml_node node(element);
  // The document is parsed with parse_embed_pcdata: plain text is the element's own value.
  if (node.first_child()) {
    value = joined_text(node);
  } else {
    value = node.value();
  }
}

void XmlReader::parse(Node* element, Secret& value) {
  std::string text;
  parse(element, text);
  value = Secret(std::move(text));
}

void XmlReader::parse(Node* element, bool& value) {
  value = std::strcmp(pugi::xml_node(element).child_value(), "true") == 0;
}

void XmlReader::parse(Node* element, int& value) {
  parse_number(element, value);
}

void XmlReader::parse(Node* element, std::int64_t& value) {
  parse_number(element, value);
}

void XmlReader::time(std::string_view name, WallTime& value) {
  if (schema_ != nullptr) {
    const auto since = value.time_since_epoch();
    note(name, "timestamp",
         std::to_string(std::chrono::duration_cast<std::chrono::seconds>(since).count()));
    return;
  }
  std::string text;
  member(name, text);
  if (text.empty()) return;
  const auto time = parse_iso_time(text);
  if (!time) throw Malformed("'" + std::string(name) + "' is no time");
  value = *time;
}

void XmlReader::base64(std::string_view name, std::string& value) {
  member(name, value);
  if (schema_ != nullptr) return;
  auto bytes = base64_decode(value);
  if (!bytes) throw Malformed("'" + std::string(name) + "' is no base64");
  value = *std::move(bytes);
}

void XmlReader::percent_encoded(std::string_view name, std::string& value) {
  member(name, value);
  if (schema_ == nullptr) value = percent_decode(value);
}

bool XmlReader::is_empty(Node* element) {
  return !pugi::xml_node(element).first_child() && *pugi::xml_node(element).child_value() == '\0';
}

std::size_t XmlReader::count_elements(Node* element) {
  std::size_t count = 0;
  for (Node* item = first_element(element); item != nullptr; item = next_element(item)) {
    ++count;
  }
  return count;
}

XmlReader::Node* XmlReader::first_element(Node* parent) {
  pugi::xml_node node = pugi::xml_node(parent).first_child();
  while (node && node.type() != pugi::node_element) {
    node = node.next_sibling();
  }
  return node.internal_object();
}

XmlReader::Node* XmlReader::next_element(Node* element) {
  pugi::xml_node node = pugi::xml_node(element).next_sibling();
  while (node && node.type() != pugi::node_element) {
    node = node.next_sibling();
  }
  return node.internal_object();
}

}  // namespace albatross::wire
