#include "sim/dynamodb/update.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace albatross::sim::dynamodb {
namespace {

/// Whether one of two paths leads to the other, or both to the same.
bool overlap(const Path& a, const Path& b) {
  return std::equal(a.begin(),
                    a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())),
                    b.begin(), [](const Step& one, const Step& other) {
                      return one.name == other.name && one.place == other.place;
                    });
}

std::string text_of(const Path& path) {
  std::string out = "[";
  for (const Step& step : path) {
    const std::string one = step.place ? cat("[", step.name, "]") : step.name;
    out += cat(out.size() > 1 ? ", " : "", one);
  }
  return out + "]";
}

class Update {
 public:
  Update(const Json& before, std::string_view expression, const Symbols& symbols, const Json& key)
      : before_(before),
        after_(before),
        key_(key),
        tokens_(expression, "UpdateExpression", symbols) {}

  Json run() {
    while (!tokens_.at_end()) {
      if (tokens_.accept("SET")) {
        each([this] { set(); });
      } else if (tokens_.accept("REMOVE")) {
        each([this] { remove(after_, target()); });
      } else if (tokens_.accept("ADD")) {
        each([this] { add(); });
      } else if (tokens_.accept("DELETE")) {
        each([this] { take_away(); });
      } else {
        tokens_.expect("SET");
      }
    }
    return std::move(after_);
  }

 private:
  template <class One>
  void each(One&& one) {
    do {
      one();
    } while (tokens_.accept(","));
  }

  /// What a clause changes: no part of the key, and nothing that another clause changes too.
  Path target() {
    Path path = tokens_.path();
    if (key_.contains(path.front().name)) {
      refuse("ValidationException",
             cat("One or more parameter values were invalid: Cannot update attribute ",
                 path.front().name, ". This attribute is part of the key"));
    }
    for (const Path& other : targets_) {
      if (!overlap(path, other)) continue;
      tokens_.complain(
          cat("Two document paths overlap with each other; must remove or rewrite one of these "
              "paths; path one: ",
              text_of(other), ", path two: ", text_of(path)));
    }
    targets_.push_back(path);
    return path;
  }

  void set() {
    const Path path = target();
    tokens_.expect("=");
    Json value = operand();
    for (const char* sign : {"+", "-"}) {
      if (!tokens_.accept(sign)) continue;
      const double other = numeric(operand());
      value = number(*sign == '+' ? numeric(value) + other : numeric(value) - other);
    }
    assign(after_, path, std::move(value));
  }

  Json operand() {
    if (tokens_.value_ahead()) return tokens_.value();
    if (tokens_.calls("if_not_exists")) {
      tokens_.expect("if_not_exists");
      tokens_.expect("(");
      const Json* there = find(before_, tokens_.path());
      tokens_.expect(",");
      Json otherwise = operand();
      tokens_.expect(")");
      return there == nullptr ? otherwise : *there;
    }
    if (tokens_.calls("list_append")) {
      tokens_.expect("list_append");
      tokens_.expect("(");
      Json first = operand();
      tokens_.expect(",");
      const Json second = operand();
      tokens_.expect(")");
      if (!first.contains("L") || !second.contains("L")) wrong_type();
      for (const Json& one : second["L"])
        first["L"].push_back(one);
      return first;
    }
    const Json* there = find(before_, tokens_.path());
    if (there == nullptr) {
      refuse("ValidationException",
             "The provided expression refers to an attribute that does not exist in the item");
    }
    return *there;
  }

  void add() {
    const Path path = target();
    Json value = tokens_.value();
    const Json* there = find(before_, path);
    if (there == nullptr) return assign(after_, path, std::move(value));
    const std::string type = type_of(value);
    if (type != type_of(*there)) wrong_type();
    if (type == "N") return assign(after_, path, number(number_of(*there) + number_of(value)));
    Json merged = *there;
    for (const Json& one : *value.begin()) {
      auto& set = *merged.begin();
      if (std::find(set.begin(), set.end(), one) == set.end()) set.push_back(one);
    }
    assign(after_, path, std::move(merged));
  }

  void take_away() {
    const Path path = target();
    const Json value = tokens_.value();
    const Json* there = find(before_, path);
    if (there == nullptr) return;
    if (type_of(value) != type_of(*there)) wrong_type();
    Json left = Json::array();
    for (const Json& one : *there->begin()) {
      if (std::find(value.begin()->begin(), value.begin()->end(), one) == value.begin()->end()) {
        left.push_back(one);
      }
    }
    if (left.empty()) return remove(after_, path);
    assign(after_, path, {{type_of(value), std::move(left)}});
  }

  static double numeric(const Json& value) {
    if (!value.contains("N")) wrong_type();
    return number_of(value);
  }

  [[noreturn]] static void wrong_type() {
    refuse("ValidationException", "An operand in the update expression has an incorrect data type");
  }

  const Json& before_;
  Json after_;
  const Json& key_;
  Tokens tokens_;
  std::vector<Path> targets_;
};

/// Puts a value at a path, making the maps on the way. Places of lists are closed up.
void put(Json& item, const Path& path, const Json& value) {
  Json* at = &item[path.front().name];
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (path[i].place) {
      (*at)["L"].push_back(nullptr);
      at = &(*at)["L"].back();
    } else {
      at = &(*at)["M"][path[i].name];
    }
  }
  *at = value;
}

}  // namespace

Json updated(const Json& item, std::string_view expression, const Symbols& symbols,
             const Json& key) {
  return Update(item, expression, symbols, key).run();
}

Json projected(const Json& item, std::string_view expression, const Symbols& symbols) {
  if (expression.empty()) return item;
  Tokens tokens(expression, "ProjectionExpression", symbols);
  Json out = Json::object();
  do {
    const Path path = tokens.path();
    if (const Json* found = find(item, path)) put(out, path, *found);
  } while (tokens.accept(","));
  if (!tokens.at_end()) tokens.expect(",");
  return out;
}

}  // namespace albatross::sim::dynamodb
