#include "sim/dynamodb/tokens.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <set>

namespace albatross::sim::dynamodb {
namespace {

constexpr std::string_view word_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_#:";

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x | 32) == (y | 32); });
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (text.empty()) return words;
    auto size = std::min(text.find_first_not_of(word_letters), text.size());
    if (size == 0) {
      const auto two = text.substr(0, 2);
      size = two == "<>" || two == "<=" || two == ">=" ? 2 : 1;
    }
    words.emplace_back(text.substr(0, size));
    text.remove_prefix(size);
  }
}

/// Of a value or a constant one.
template <class Value>
Value* member_at(Value& value, const Step& step) {
  const char* type = step.place ? "L" : "M";
  if (!value.contains(type)) return nullptr;
  Value& inner = value.at(type);
  if (!step.place) return inner.contains(step.name) ? &inner.at(step.name) : nullptr;
  const auto index = std::stoul(step.name);
  return index < inner.size() ? &inner.at(index) : nullptr;
}

/// The value above the last step; null for the item itself.
Json* above(Json& item, const Path& path) {
  Json* at = item.contains(path.front().name) ? &item[path.front().name] : nullptr;
  for (std::size_t i = 1; at != nullptr && i + 1 < path.size(); ++i)
    at = member_at(*at, path[i]);
  if (at == nullptr) {
    refuse("ValidationException",
           "The document path provided in the update expression is invalid for update");
  }
  return at;
}

}  // namespace

Symbols symbols_of(const Json& request) {
  return {request.value("ExpressionAttributeNames", Json::object()),
          request.value("ExpressionAttributeValues", Json::object())};
}

void check_expressions(const Json& request) {
  for (const char* old : {"AttributeUpdates", "AttributesToGet", "ConditionalOperator", "Expected",
                          "KeyConditions", "QueryFilter", "ScanFilter"}) {
    if (request.contains(old)) {
      refuse("ValidationException", cat(old, " is not simulated: use expressions"));
    }
  }
  std::set<std::string> used;
  bool any = false;
  for (const char* kind : {"ConditionExpression", "FilterExpression", "KeyConditionExpression",
                           "ProjectionExpression", "UpdateExpression"}) {
    any = any || request.contains(kind);
    for (std::string& word : words_of(request.value(kind, "")))
      used.insert(std::move(word));
  }
  for (const char* member : {"ExpressionAttributeNames", "ExpressionAttributeValues"}) {
    if (!request.contains(member)) continue;
    if (!any) {
      refuse("ValidationException", cat(member, " can only be specified when using expressions"));
    }
    std::string unused;
    for (const auto& [name, value] : request[member].items()) {
      if (!used.contains(name)) unused += cat(unused.empty() ? "" : ", ", name);
    }
    if (unused.empty()) continue;
    refuse("ValidationException",
           cat("Value provided in ", member, " unused in expressions: keys: {", unused, "}"));
  }
}

Tokens::Tokens(std::string_view text, const char* kind, const Symbols& symbols)
    : words_(words_of(text)), kind_(kind), symbols_(symbols) {
  if (words_.empty()) complain("The expression can not be empty;");
}

void Tokens::complain(std::string_view what) const {
  refuse("ValidationException", cat("Invalid ", kind_, ": ", what));
}

bool Tokens::ahead(std::string_view word) const {
  return !at_end() && same_word(words_[at_], word);
}

bool Tokens::accept(std::string_view word) {
  if (!ahead(word)) return false;
  ++at_;
  return true;
}

void Tokens::expect(std::string_view word) {
  if (accept(word)) return;
  complain(cat("Syntax error; token: \"", at_end() ? "<EOF>" : words_[at_], "\", expected: \"",
               word, "\""));
}

bool Tokens::calls(std::string_view function) const {
  return at_ + 1 < words_.size() && words_[at_] == function && words_[at_ + 1] == "(";
}

Json Tokens::value() {
  const std::string& word = words_[at_++];
  if (!symbols_.values.contains(word)) {
    complain(
        cat("An expression attribute value used in expression is not defined; attribute "
            "value: ",
            word));
  }
  Json found = symbols_.values[word];
  check_value(found);
  return found;
}

std::string Tokens::name() {
  if (at_end() || word_letters.find(words_[at_].front()) == std::string_view::npos) {
    complain(cat("Syntax error; token: \"", at_end() ? "<EOF>" : words_[at_], "\""));
  }
  const std::string& word = words_[at_++];
  if (word.front() != '#') return word;
  if (!symbols_.names.contains(word)) {
    complain(
        cat("An expression attribute name used in the document path is not defined; attribute "
            "name: ",
            word));
  }
  return symbols_.names[word];
}

Path Tokens::path() {
  Path path = {{name()}};
  while (true) {
    if (accept(".")) {
      path.push_back({name()});
    } else if (accept("[")) {
      const std::string place = name();
      if (place.find_first_not_of("0123456789") != std::string::npos || place.size() > 6) {
        complain(cat("Syntax error; token: \"", place, "\""));
      }
      path.push_back({place, true});
      expect("]");
    } else {
      return path;
    }
  }
}

const Json* find(const Json& item, const Path& path) {
  if (!item.contains(path.front().name)) return nullptr;
  const Json* at = &item.at(path.front().name);
  for (std::size_t i = 1; at != nullptr && i < path.size(); ++i)
    at = member_at(*at, path[i]);
  return at;
}

void assign(Json& item, const Path& path, Json value) {
  if (path.size() == 1) {
    item[path.front().name] = std::move(value);
    return;
  }
  Json& parent = *above(item, path);
  const Step& last = path.back();
  if (Json* there = member_at(parent, last)) {
    *there = std::move(value);
  } else if (last.place && parent.contains("L")) {
    parent["L"].push_back(std::move(value));
  } else if (!last.place && parent.contains("M")) {
    parent["M"][last.name] = std::move(value);
  } else {
    refuse("ValidationException",
           "The document path provided in the update expression is invalid for update");
  }
}

void remove(Json& item, const Path& path) {
  if (path.size() == 1) {
    item.erase(path.front().name);
    return;
  }
  Json& parent = *above(item, path);
  const Step& last = path.back();
  if (member_at(parent, last) == nullptr) return;
  if (last.place) {
    parent["L"].erase(std::stoul(last.name));
  } else {
    parent["M"].erase(last.name);
  }
}

}  // namespace albatross::sim::dynamodb
