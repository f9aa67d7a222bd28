#include "sim/core/shapes.hpp"

#include "sim/core/error.hpp"
#include "sim/core/shape_problems.hpp"

#include <charconv>
#include <string>
#include <unordered_map>

namespace albatross::sim::shapes {
namespace {

bool is_protocol_parameter(std::string_view name) {
  return name == "Action" || name == "Version" || name.starts_with("X-Amz-");
}

bool is_boolean(std::string_view text) {
  return text == "true" || text == "false" || text == "True" || text == "False" || text == "1" ||
         text == "0";
}

bool is_decimal(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

void check_ec2_value(const Shape& shape, std::string_view name, std::string_view text) {
  const auto invalid = [&](std::string_view why) {
    refuse("InvalidParameterValue",
           cat("Value (", text, ") for parameter ", lower_first(name), " is invalid. ", why));
  };
  if (shape.kind == Kind::string && shape.count > 0 && !in_words(shape, text)) {
    invalid(cat("Valid values are: ", word_list(shape)));
  }
  if (shape.kind == Kind::boolean && !is_boolean(text)) invalid("Expected true or false");
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (shape.kind == Kind::integer && (error != std::errc{} || end != text.data() + text.size())) {
    invalid("Expected an integer");
  }
}

void check_ec2_node(const Shape& shape, Param node, std::string_view name) {
  if (shape.kind == Kind::list) {
    for (const Param item : node.items())
      check_ec2_node(shapes[shape.first], item, name);
    return;
  }
  if (shape.kind != Kind::structure) {
    if (node.has_text()) check_ec2_value(shape, name, node.text());
    return;
  }
  for (const Param child : node.children()) {
    const Member* member = member_named(shape, child.name());
    if (member == nullptr) {
      refuse("UnknownParameter", cat("The parameter ", child.name(), " is not recognized"));
    }
    check_ec2_node(shapes[member->shape], child, member->wire);
  }
}

/// Finds what is wrong with a Query request.
class QueryCheck {
 public:
  void structure(const Shape& shape, Param node, const Path& path) {
    for (const Param child : node.children()) {
      if (path.up == nullptr && is_protocol_parameter(child.name())) continue;
      if (member_named(shape, child.name()) == nullptr) problems_.unknown({&path, child.name()});
    }
    for (const Member& member : members_of(shape)) {
      if (const Param child = node[member.wire]) {
        value(shapes[member.shape], child, {&path, member.wire});
      } else if (member.required) {
        problems_.missing({&path, member.wire});
      }
    }
  }

  void report() const { problems_.report("ValidationError"); }

 private:
  void value(const Shape& shape, Param node, const Path& at) {
    if (shape.kind == Kind::structure) return structure(shape, node, at);
    if (shape.kind == Kind::list) {
      std::size_t index = 0;
      for (const Param item : node.items()) {
        value(shapes[shape.first], item, {&at, {}, ++index});
      }
      return;
    }
    const auto text = node.text();
    if (shape.kind == Kind::string) return problems_.string(shape, text, at);
    if (shape.kind == Kind::integer) return problems_.integer(shape, node.number(), text, at);
    if (shape.kind == Kind::boolean && !is_boolean(text)) {
      problems_.add(text, at, "Member must be a boolean");
    }
    if (shape.kind == Kind::number && !is_decimal(text)) {
      problems_.add(text, at, "Member must be a number");
    }
  }

  Problems problems_;
};

}  // namespace

const Input* find(std::string_view service, std::string_view action) {
  using Index = std::unordered_multimap<std::string_view, const Input*>;
  static const Index index = [] {
    Index made;
    for (std::size_t i = 0; i < input_count; ++i)
      made.emplace(inputs[i].action, &inputs[i]);
    return made;
  }();
  const auto [first, last] = index.equal_range(action);
  for (auto it = first; it != last; ++it) {
    if (it->second->service == service) return it->second;
  }
  return nullptr;
}

bool takes(const Input& input, std::string_view parameter) {
  return input.shape >= 0 && member_named(shapes[input.shape], parameter) != nullptr;
}

void check_ec2(const Input& input, Param root) {
  const Shape& shape = shape_of(input);
  for (const Param child : root.children()) {
    if (is_protocol_parameter(child.name())) continue;
    const Member* member = member_named(shape, child.name());
    if (member == nullptr) {
      refuse("UnknownParameter", cat("The parameter ", child.name(), " is not recognized"));
    }
    check_ec2_node(shapes[member->shape], child, member->wire);
  }
  for (const Member& member : members_of(shape)) {
    if (member.required && !root[member.wire]) {
      refuse("MissingParameter", cat("The request must contain the parameter ", member.wire));
    }
  }
}

void check_query(const Input& input, Param root) {
  QueryCheck check;
  check.structure(shape_of(input), root, Path{});
  check.report();
}

}  // namespace albatross::sim::shapes
