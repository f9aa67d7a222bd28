#include "sim/core/json_shapes.hpp"

#include "sim/core/json_body.hpp"
#include "sim/core/shape_problems.hpp"

namespace albatross::sim::shapes {
namespace {

using Json = nlohmann::json;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::structure:
    case Kind::map:
      return "an object";
    case Kind::list:
      return "a list";
    case Kind::integer:
      return "an integer";
    case Kind::number:
      return "a number";
    case Kind::boolean:
      return "true or false";
    case Kind::timestamp:
      return "a time";
    default:
      return "a string";
  }
}

bool is_of(Kind kind, const Json& value) {
  switch (kind) {
    case Kind::structure:
    case Kind::map:
      return value.is_object();
    case Kind::list:
      return value.is_array();
    case Kind::integer:
      return value.is_number_integer();
    case Kind::number:
      return value.is_number();
    case Kind::boolean:
      return value.is_boolean();
    case Kind::timestamp:
      return value.is_number() || value.is_string();
    default:
      return value.is_string();
  }
}

class JsonCheck {
 public:
  explicit JsonCheck(JsonCodes codes) : codes_(codes) {}

  void structure(const Shape& shape, const Json& body, const Path& path) {
    for (const auto& [name, value] : body.items()) {
      if (member_named(shape, name) == nullptr) problems_.unknown({&path, name});
    }
    for (const Member& member : members_of(shape)) {
      const auto it = body.find(member.wire);
      const Path at{&path, member.wire};
      if (it != body.end() && !it->is_null()) {
        value(shapes[member.shape], *it, at);
      } else if (member.required) {
        problems_.missing(at);
      }
    }
  }

  void report() const { problems_.report(codes_.wrong); }

 private:
  void value(const Shape& shape, const Json& given, const Path& at) {
    if (!is_of(shape.kind, given)) {
      refuse(codes_.type, cat("Value at '", at.text(), "' must be ", name_of(shape.kind)));
    }
    switch (shape.kind) {
      case Kind::structure:
        return structure(shape, given, at);
      case Kind::map:
        return map(shape, given, at);
      case Kind::list:
        return list(shape, given, at);
      case Kind::string:
        return problems_.string(shape, given.get_ref<const std::string&>(), at);
      case Kind::integer:
        return problems_.integer(shape, given.get<std::int64_t>(), given.dump(), at);
      default:
        return;
    }
  }

  void map(const Shape& shape, const Json& given, const Path& at) {
    problems_.count(shape, given.size(), at);
    for (const auto& [key, inner] : given.items())
      value(shapes[shape.first], inner, {&at, key});
  }

  void list(const Shape& shape, const Json& given, const Path& at) {
    problems_.count(shape, given.size(), at);
    std::size_t index = 0;
    for (const Json& item : given)
      value(shapes[shape.first], item, {&at, {}, ++index});
  }

  JsonCodes codes_;
  Problems problems_;
};

}  // namespace

void check_json(const Input& input, const Json& body, JsonCodes codes) {
  JsonCheck check(codes);
  check.structure(shape_of(input), body, Path{});
  check.report();
}

void check_json_call(const Service& service, std::string_view action, const Call& call) {
  const Input* input = find(service.name, action);
  if (input == nullptr) return;
  JsonCodes codes;
  if (std::string_view(service.name) == "servicequotas") codes.wrong = "IllegalArgumentException";
  check_json(*input, json_body(call), codes);
}

}  // namespace albatross::sim::shapes
