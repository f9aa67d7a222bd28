#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim {

/// Line and column of a byte of a text, both from 1; columns count characters of UTF-8.
struct TextPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};
TextPlace place_in(std::string_view text, std::size_t offset);

/// Where the members of a JSON text stand. Paths are written as "rules[0].kind"; "" is the whole.
class JsonPlaces {
 public:
  /// @param text valid JSON.
  explicit JsonPlaces(std::string_view text);

  TextPlace of_value(const std::string& path) const { return find(values_, path); }
  TextPlace of_key(const std::string& path) const { return find(keys_, path); }
  /// Members that an object has more than once: the paths, in order.
  const std::vector<std::string>& repeated() const { return repeated_; }

 private:
  TextPlace find(const std::map<std::string, std::size_t>& offsets, const std::string& path) const;
  void skip_blanks();
  std::string take_string();
  void take_value(const std::string& path);
  void take_object(const std::string& path);
  void take_array(const std::string& path);

  std::string_view text_;
  std::size_t at_ = 0;
  std::map<std::string, std::size_t> values_;
  std::map<std::string, std::size_t> keys_;
  std::vector<std::string> repeated_;
};

}  // namespace albatross::sim
