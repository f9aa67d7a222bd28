#include "sim/dynamodb/condition.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace albatross::sim::dynamodb {
namespace {

/// A path, a value, or the size of what is at a path.
struct Operand {
  Path path;
  Json value;  // null when it is a path
  bool size = false;

  std::optional<Json> in(const Json& item) const {
    if (!value.is_null()) return value;
    const Json* found = find(item, path);
    if (found == nullptr) return std::nullopt;
    if (!size) return *found;
    const auto count = size_of(*found);
    if (!count) return std::nullopt;
    return number(static_cast<double>(*count));
  }
};

}  // namespace

struct Condition::Node {
  std::string what;  // AND, OR, NOT, a comparator, BETWEEN, IN or a function
  std::vector<Operand> operands;
  std::vector<std::unique_ptr<Node>> parts;

  bool holds(const Json& item) const;
  bool compares(const Json& item) const;
  bool function(const Json& item) const;
};

namespace {

using Node = Condition::Node;

constexpr std::array comparators = {"=", "<>", "<", "<=", ">", ">="};
constexpr std::array functions = {"attribute_exists", "attribute_not_exists", "attribute_type",
                                  "begins_with", "contains"};

std::unique_ptr<Node> make(std::string what) {
  auto node = std::make_unique<Node>();
  node->what = std::move(what);
  return node;
}

class Parser {
 public:
  explicit Parser(Tokens& tokens) : tokens_(tokens) {}

  std::unique_ptr<Node> disjunction() {
    return chain("OR", [this] { return chain("AND", [this] { return negation(); }); });
  }

 private:
  template <class Part>
  std::unique_ptr<Node> chain(const char* word, Part&& part) {
    auto first = part();
    if (!tokens_.ahead(word)) return first;
    auto node = make(word);
    node->parts.push_back(std::move(first));
    while (tokens_.accept(word))
      node->parts.push_back(part());
    return node;
  }

  std::unique_ptr<Node> negation() {
    if (!tokens_.accept("NOT")) return primary();
    auto node = make("NOT");
    node->parts.push_back(negation());
    return node;
  }

  std::unique_ptr<Node> primary() {
    if (tokens_.accept("(")) {
      auto inner = disjunction();
      tokens_.expect(")");
      return inner;
    }
    for (const char* name : functions) {
      if (tokens_.calls(name)) return call(name);
    }
    return comparison();
  }

  std::unique_ptr<Node> call(const char* name) {
    auto node = make(name);
    tokens_.expect(name);
    tokens_.expect("(");
    node->operands.push_back(operand());
    while (tokens_.accept(","))
      node->operands.push_back(operand());
    tokens_.expect(")");
    const bool one = std::string_view(name).starts_with("attribute_") &&
                     std::string_view(name) != "attribute_type";
    if (node->operands.size() != (one ? 1U : 2U)) {
      tokens_.complain("Incorrect number of operands for operator or function");
    }
    return node;
  }

  std::unique_ptr<Node> comparison() {
    Operand left = operand();
    std::unique_ptr<Node> node;
    if (tokens_.accept("BETWEEN")) {
      node = make("BETWEEN");
      node->operands = {std::move(left), operand()};
      tokens_.expect("AND");
      node->operands.push_back(operand());
    } else if (tokens_.accept("IN")) {
      node = make("IN");
      node->operands.push_back(std::move(left));
      tokens_.expect("(");
      do {
        node->operands.push_back(operand());
      } while (tokens_.accept(","));
      tokens_.expect(")");
    } else {
      for (const char* sign : comparators) {
        if (node == nullptr && tokens_.accept(sign)) node = make(sign);
      }
      if (node == nullptr) tokens_.expect("=");
      node->operands.push_back(std::move(left));
      node->operands.push_back(operand());
    }
    return node;
  }

  Operand operand() {
    Operand made;
    if (tokens_.value_ahead()) {
      made.value = tokens_.value();
      return made;
    }
    made.size = tokens_.calls("size");
    if (made.size) {
      tokens_.expect("size");
      tokens_.expect("(");
    }
    made.path = tokens_.path();
    if (made.size) tokens_.expect(")");
    return made;
  }

  Tokens& tokens_;
};

bool contains(const Json& whole, const Json& part) {
  const std::string type = type_of(whole);
  const Json& content = *whole.begin();
  if (type == "S") {
    return type_of(part) == "S" &&
           content.get_ref<const std::string&>().find(part["S"].get_ref<const std::string&>()) !=
               std::string::npos;
  }
  if (type == "L") {
    return std::any_of(content.begin(), content.end(),
                       [&](const Json& one) { return equal(one, part); });
  }
  const bool set = type.size() == 2 && type[1] == 'S' && type_of(part) == type.substr(0, 1);
  return set && std::find(content.begin(), content.end(), *part.begin()) != content.end();
}

}  // namespace

bool Condition::Node::compares(const Json& item) const {
  const auto left = operands[0].in(item);
  const auto right = operands[1].in(item);
  if (!left || !right) return what == "<>" && left.has_value() != right.has_value();
  if (what == "=") return equal(*left, *right);
  if (what == "<>") return !equal(*left, *right);
  const auto compared = order(*left, *right);
  if (!compared) return false;
  if (what == "<") return std::is_lt(*compared);
  if (what == "<=") return std::is_lteq(*compared);
  return what == ">" ? std::is_gt(*compared) : std::is_gteq(*compared);
}

bool Condition::Node::function(const Json& item) const {
  const auto first = operands[0].in(item);
  if (what == "attribute_exists") return first.has_value();
  if (what == "attribute_not_exists") return !first.has_value();
  const auto second = operands[1].in(item);
  if (!first || !second) return false;
  if (what == "attribute_type") return Json(type_of(*first)) == (*second)["S"];
  if (what == "contains") return contains(*first, *second);
  const std::string type = type_of(*first);
  return type == type_of(*second) && (type == "S" || type == "B") &&
         first->begin()->get<std::string>().starts_with(second->begin()->get<std::string>());
}

bool Condition::Node::holds(const Json& item) const {
  const auto part_holds = [&](const auto& part) { return part->holds(item); };
  if (what == "AND") return std::all_of(parts.begin(), parts.end(), part_holds);
  if (what == "OR") return std::any_of(parts.begin(), parts.end(), part_holds);
  if (what == "NOT") return !parts.front()->holds(item);
  if (what == "BETWEEN") {
    const auto value = operands[0].in(item);
    const auto low = operands[1].in(item);
    const auto high = operands[2].in(item);
    if (!value || !low || !high) return false;
    const auto above = order(*value, *low);
    const auto below = order(*value, *high);
    return above && below && std::is_gteq(*above) && std::is_lteq(*below);
  }
  if (what == "IN") {
    const auto value = operands[0].in(item);
    return value && std::any_of(operands.begin() + 1, operands.end(), [&](const Operand& one) {
             const auto other = one.in(item);
             return other && equal(*value, *other);
           });
  }
  const bool compared =
      std::find(comparators.begin(), comparators.end(), what) != comparators.end();
  return compared ? compares(item) : function(item);
}

Condition::Condition(std::string_view text, const char* kind, const Symbols& symbols) {
  Tokens tokens(text, kind, symbols);
  root_ = Parser(tokens).disjunction();
  if (!tokens.at_end()) tokens.expect("<EOF>");
}

Condition::Condition(Condition&&) noexcept = default;
Condition::~Condition() = default;

bool Condition::holds(const Json& item) const {
  return root_->holds(item);
}

const Json* Condition::must_equal(std::string_view attribute) const {
  const auto fits = [&](const Node& node) -> const Json* {
    if (node.what != "=") return nullptr;
    const auto& path = node.operands[0].path;
    const bool here = path.size() == 1 && path.front().name == attribute;
    return here && !node.operands[1].value.is_null() ? &node.operands[1].value : nullptr;
  };
  if (root_->what != "AND") return fits(*root_);
  for (const auto& part : root_->parts) {
    if (const Json* found = fits(*part)) return found;
  }
  return nullptr;
}

}  // namespace albatross::sim::dynamodb
