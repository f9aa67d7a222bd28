#include "clients/json_reader.hpp"

#include "clients/malformed.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace albatross::wire {
namespace {

/// DynamoDB nests 32 levels of lists and maps, all others less.
constexpr int deepest = 100;

[[noreturn]] void refuse(const char* expected, const nlohmann::json& found) {
  throw Malformed(std::string(expected) + " was expected, not " + found.type_name());
}

/// Numbers may come with a fraction or an exponent where a whole one is meant ("1.7E9").
template <class Integer>
Integer whole_number(const nlohmann::json& from) {
  if (!from.is_number()) refuse("a number", from);
  const double number = from.get<double>();
  const bool fits = std::isfinite(number) &&
                    number >= static_cast<double>(std::numeric_limits<Integer>::min()) &&
                    number < static_cast<double>(std::numeric_limits<Integer>::max()) + 1.0;
  if (!fits) refuse("a smaller number", from);
  return from.is_number_float() ? static_cast<Integer>(number) : from.get<Integer>();
}

}  // namespace

JsonReader::JsonReader(const Value& object, int depth) : object_(&object), depth_(depth) {
  if (!object.is_object()) refuse("an object", object);
  if (depth > deepest) throw Malformed("it is nested too deeply");
}

JsonReader::JsonReader(Schema& schema, Record what, std::string prefix)
    : schema_(&schema), record_(what), prefix_(std::move(prefix)) {}

JsonReader JsonReader::inside(std::string_view name) const {
  return JsonReader(*schema_, record_, prefix_ + std::string(name) + ".");
}

const JsonReader::Value* JsonReader::find(std::string_view name) const {
  const auto found = object_->find(name);
  return found == object_->end() || found->is_null() ? nullptr : &*found;
}

void JsonReader::parse(const Value& from, std::string& value) {
  if (!from.is_string()) refuse("a string", from);
  value = from.get_ref<const std::string&>();
}

void JsonReader::parse(const Value& from, Secret& value) {
  if (!from.is_string()) refuse("a string", from);
  value = Secret(from.get<std::string>());
}

void JsonReader::parse(const Value& from, bool& value) {
  if (!from.is_boolean()) refuse("true or false", from);
  value = from.get<bool>();
}

void JsonReader::parse(const Value& from, int& value) {
  value = whole_number<int>(from);
}

void JsonReader::parse(const Value& from, std::int64_t& value) {
  value = whole_number<std::int64_t>(from);
}

void JsonReader::parse(const Value& from, double& value) {
  if (!from.is_number()) refuse("a number", from);
  value = from.get<double>();
}

std::size_t JsonReader::array_size(const Value& from) {
  if (!from.is_array()) refuse("an array", from);
  return from.size();
}

const JsonReader::Value& JsonReader::array_element(const Value& from, std::size_t index) {
  return from[index];
}

std::vector<std::string> JsonReader::names_in(const Value& from) {
  if (!from.is_object()) refuse("an object", from);
  std::vector<std::string> names;
  for (const auto& member : from.items())
    names.push_back(member.key());
  return names;
}

const JsonReader::Value& JsonReader::named(const Value& from, const std::string& name) {
  return *from.find(name);
}

void JsonReader::note(std::string_view name, std::string_view kind, std::string value) {
  if (record_ == Record::names) value.clear();
  schema_->push_back({prefix_ + std::string(name), kind, std::move(value)});
}

void JsonReader::note_scalar(std::string_view name, const std::string& value) {
  note(name, "string", value);
}

void JsonReader::note_scalar(std::string_view name, const Secret& value) {
  note(name, "string", value.reveal());
}

void JsonReader::note_scalar(std::string_view name, bool value) {
  note(name, "boolean", value ? "true" : "false");
}

void JsonReader::note_scalar(std::string_view name, int value) {
  note(name, "integer", std::to_string(value));
}

void JsonReader::note_scalar(std::string_view name, std::int64_t value) {
  note(name, "integer", std::to_string(value));
}

void JsonReader::note_scalar(std::string_view name, double value) {
  note(name, "float", std::to_string(value));
}

JsonAnswer::JsonAnswer(const std::string& body)
    : document_(std::make_unique<JsonReader::Value>(JsonReader::Value::object())) {
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
  *document_ = JsonReader::Value::parse(body, nullptr, false);
  if (document_->is_discarded()) throw Malformed("the body is no JSON");
}

JsonAnswer::~JsonAnswer() = default;

JsonReader JsonAnswer::reader() const {
  return JsonReader(*document_);
}

}  // namespace albatross::wire
