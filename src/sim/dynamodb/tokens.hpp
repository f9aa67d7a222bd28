#pragma once

#include "sim/dynamodb/values.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim::dynamodb {

/// A document path: names and list places. "#a.b[3]" is {"<name of #a>", "b", "3"}; list places are
/// marked.
struct Step {
  std::string name;
  bool place = false;
};
using Path = std::vector<Step>;

/// Names and values that an expression uses (ExpressionAttributeNames and -Values).
struct Symbols {
  Json names = Json::object();
  Json values = Json::object();
};
Symbols symbols_of(const Json& request);
/// Refuses what a request must not have together: names and values that none of its expressions
/// uses, and members from before there were expressions, which are not simulated.
void check_expressions(const Json& request);

/// Takes an expression apart, word by word. Every complaint is a ValidationException that names the
/// kind of expression.
class Tokens {
 public:
  Tokens(std::string_view text, const char* kind, const Symbols& symbols);

  bool at_end() const { return at_ == words_.size(); }
  /// The word ahead, without regard to case when it is a keyword.
  bool ahead(std::string_view word) const;
  bool accept(std::string_view word);
  void expect(std::string_view word);
  /// Whether a function call of that name begins here.
  bool calls(std::string_view function) const;

  bool value_ahead() const { return !at_end() && words_[at_].front() == ':'; }
  Json value();
  Path path();
  [[noreturn]] void complain(std::string_view what) const;

 private:
  std::string name();

  std::vector<std::string> words_;
  std::size_t at_ = 0;
  const char* kind_;
  const Symbols& symbols_;
};

/// The value at a path; null when there is none.
const Json* find(const Json& item, const Path& path);
/// Sets or replaces it; throws when what is above it is not there.
void assign(Json& item, const Path& path, Json value);
void remove(Json& item, const Path& path);

}  // namespace albatross::sim::dynamodb
