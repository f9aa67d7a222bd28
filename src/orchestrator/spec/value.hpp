#pragma once

#include <memory>
#include <string>
#include <vector>

/// What a stack file's text says, with the place of everything, and nothing about what it means.
namespace albatross::spec {

/// Line and column, both from 1; 0 when unknown.
struct Mark {
  int line = 0;
  int column = 0;
};

struct Value;
/// Shared, because an alias stands for the anchored value itself.
using ValuePtr = std::shared_ptr<const Value>;

struct Entry {
  std::string key;
  /// Of the key.
  Mark mark;
  ValuePtr value;

  /// Where a reader looks for the value: its own place, or the key's when the value starts on
  /// another line (a block, or the target of an alias) or is not there at all.
  Mark place() const;
};

struct Value {
  enum class Kind : unsigned char { null, scalar, list, map };

  Kind kind = Kind::null;
  Mark mark;
  /// Of a scalar, as the file has it.
  std::string text;
  /// A scalar without quotes, which may therefore mean a number or a truth value.
  bool plain = false;
  std::vector<ValuePtr> items;
  std::vector<Entry> entries;

  bool is(Kind k) const { return kind == k; }
  /// A plain scalar that YAML 1.2 (core schema) reads as true or false.
  bool is_flag() const;
  /// A plain scalar that YAML 1.2 (core schema) reads as a number.
  bool is_number() const;
};

/// How a complaint shows a value: 'text' (shortened), 99999, a list, a mapping, empty.
std::string describe(const Value& value);

}  // namespace albatross::spec
