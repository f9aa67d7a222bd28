#pragma once

#include "sim/core/shapes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the checks of a request against its shape say, in AWS's words: used for forms and for JSON.
namespace albatross::sim::shapes {

std::span<const Member> members_of(const Shape& shape);
/// Null when the structure has no member of that name.
const Member* member_named(const Shape& shape, std::string_view wire);
/// The input's shape; an empty structure for an action that takes nothing.
const Shape& shape_of(const Input& input);
bool in_words(const Shape& shape, std::string_view text);
/// The words of an enumeration, with commas.
std::string word_list(const Shape& shape);
std::string lower_first(std::string_view name);

/// Where in a request something is; spelled out only when there is something to say about it.
struct Path {
  const Path* up = nullptr;
  std::string_view name = {};  // of a member; empty for an item of a list
  std::size_t index = 0;

  std::string text() const;
};

/// Collects what is wrong with a request.
class Problems {
 public:
  void unknown(const Path& at);
  void missing(const Path& at);
  void add(std::string_view text, const Path& at, std::string_view constraint);
  /// Enumeration and lengths.
  void string(const Shape& shape, std::string_view text, const Path& at);
  /// Range. Nothing: `text` is no integer.
  void integer(const Shape& shape, std::optional<std::int64_t> number, std::string_view text,
               const Path& at);
  /// How many a list or map may hold.
  void count(const Shape& shape, std::size_t size, const Path& at);

  /// Throws ApiError `code` that lists all that was found; nothing when nothing was.
  void report(const char* code) const;

 private:
  std::vector<std::string> found_;
};

}  // namespace albatross::sim::shapes
