#include "sim/core/shapes.hpp"

#include "sim/core/error.hpp"

#include <charconv>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace albatross::sim::shapes {
namespace {

bool is_protocol_parameter(std::string_view name) {
  return name == "Action" || name == "Version" || name.starts_with("X-Amz-");
}

std::span<const Member> members_of(const Shape& shape) {
  return {members + shape.first, shape.count};
}

const Member* member_named(const Shape& shape, std::string_view wire) {
  for (const Member& member : members_of(shape)) {
    if (member.wire == wire) return &member;
  }
  return nullptr;
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

bool in_words(const Shape& shape, std::string_view text) {
  for (std::size_t i = 0; i < shape.count; ++i) {
    if (words[shape.first + i] == text) return true;
  }
  return false;
}

std::string word_list(const Shape& shape) {
  std::string out;
  for (std::size_t i = 0; i < shape.count; ++i) {
    if (i != 0) out += ", ";
    out += words[shape.first + i];
  }
  return out;
}

std::string lower_first(std::string_view name) {
  std::string out(name);
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
  return out;
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

/// Where in a request something is; spelled out only when there is something to say about it.
struct Path {
  const Path* up = nullptr;
  std::string_view name = {};  // of a member; empty for an item of a list
  std::size_t index = 0;

  std::string text() const {
    if (up == nullptr) return {};
    const std::string before = up->text();
    if (name.empty()) return cat(before, ".", std::to_string(index), ".member");
    return before.empty() ? lower_first(name) : cat(before, ".", lower_first(name));
  }
};

/// Collects what is wrong with a Query request.
class QueryCheck {
 public:
  void structure(const Shape& shape, Param node, const Path& path) {
    for (const Param child : node.children()) {
      if (path.up == nullptr && is_protocol_parameter(child.name())) continue;
      const Member* member = member_named(shape, child.name());
      if (member == nullptr) {
        problems_.push_back(cat("Value at '", join(path, child.name()),
                                "' failed to satisfy constraint: Member is not known"));
      }
    }
    for (const Member& member : members_of(shape)) {
      if (const Param child = node[member.wire]) {
        value(shapes[member.shape], child, {&path, member.wire});
      } else if (member.required) {
        problems_.push_back(cat("Value null at '", join(path, member.wire),
                                "' failed to satisfy constraint: Member must not be null"));
      }
    }
  }

  void report() const {
    if (problems_.empty()) return;
    std::string message = cat(std::to_string(problems_.size()), " validation error",
                              problems_.size() == 1 ? "" : "s", " detected: ");
    for (std::size_t i = 0; i < problems_.size(); ++i) {
      if (i != 0) message += "; ";
      message += problems_[i];
    }
    refuse("ValidationError", message);
  }

 private:
  static std::string join(const Path& path, std::string_view name) {
    return Path{&path, name}.text();
  }

  void value(const Shape& shape, Param node, const Path& at) {
    if (shape.kind == Kind::structure) return structure(shape, node, at);
    if (shape.kind == Kind::list) {
      std::size_t index = 0;
      for (const Param item : node.items()) {
        value(shapes[shape.first], item, {&at, {}, ++index});
      }
      return;
    }
    if (shape.kind == Kind::string) return string(shape, node.text(), at);
    if (shape.kind == Kind::integer) return integer(shape, node, at);
    if (shape.kind == Kind::boolean && !is_boolean(node.text())) {
      problem(node.text(), at, "Member must be a boolean");
    }
    if (shape.kind == Kind::number && !is_decimal(node.text())) {
      problem(node.text(), at, "Member must be a number");
    }
  }

  void string(const Shape& shape, std::string_view text, const Path& at) {
    if (shape.count > 0 && !in_words(shape, text)) {
      problem(text, at, cat("Member must satisfy enum value set: [", word_list(shape), "]"));
    }
    const auto size = static_cast<std::int64_t>(text.size());
    if (shape.high >= shape.low && size > shape.high) {
      problem(text, at,
              cat("Member must have length less than or equal to ", std::to_string(shape.high)));
    }
    if (size < shape.low) {
      problem(text, at,
              cat("Member must have length greater than or equal to ", std::to_string(shape.low)));
    }
  }

  void integer(const Shape& shape, Param node, const Path& at) {
    const auto number = node.number();
    if (!number) return problem(node.text(), at, "Member must be an integer");
    const bool bounded = shape.low != 0 || shape.high >= shape.low;
    if (bounded && shape.high >= shape.low && *number > shape.high) {
      problem(node.text(), at,
              cat("Member must have value less than or equal to ", std::to_string(shape.high)));
    }
    if (bounded && *number < shape.low) {
      problem(node.text(), at,
              cat("Member must have value greater than or equal to ", std::to_string(shape.low)));
    }
  }

  void problem(std::string_view text, const Path& at, std::string_view constraint) {
    problems_.push_back(
        cat("Value '", text, "' at '", at.text(), "' failed to satisfy constraint: ", constraint));
  }

  std::vector<std::string> problems_;
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
  static const Shape nothing{Kind::structure, 0, 0, 0, -1};
  const Shape& shape = input.shape < 0 ? nothing : shapes[input.shape];
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
  static const Shape nothing{Kind::structure, 0, 0, 0, -1};
  QueryCheck check;
  check.structure(input.shape < 0 ? nothing : shapes[input.shape], root, Path{});
  check.report();
}

}  // namespace albatross::sim::shapes
