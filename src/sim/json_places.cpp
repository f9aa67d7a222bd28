#include "sim/json_places.hpp"

#include <algorithm>

namespace albatross::sim {

TextPlace place_in(std::string_view text, std::size_t offset) {
  TextPlace place;
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

JsonPlaces::JsonPlaces(std::string_view text) : text_(text) {
  take_value("");
}

TextPlace JsonPlaces::find(const std::map<std::string, std::size_t>& offsets,
                           const std::string& path) const {
  const auto it = offsets.find(path);
  return place_in(text_, it == offsets.end() ? 0 : it->second);
}

void JsonPlaces::skip_blanks() {
  at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
}

/// The text between the quotes, escapes as they stand: names are compared, not shown.
std::string JsonPlaces::take_string() {
  const std::size_t start = ++at_;
  while (at_ < text_.size() && text_[at_] != '"')
    at_ += text_[at_] == '\\' ? 2 : 1;
  const std::size_t end = std::min(at_, text_.size());
  at_ = end + 1;
  return std::string(text_.substr(start, end - start));
}

void JsonPlaces::take_value(const std::string& path) {
  skip_blanks();
  values_[path] = at_;
  if (at_ >= text_.size()) return;
  if (text_[at_] == '{') return take_object(path);
  if (text_[at_] == '[') return take_array(path);
  if (text_[at_] == '"') {
    take_string();
    return;
  }
  at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
}

void JsonPlaces::take_object(const std::string& path) {
  ++at_;
  for (skip_blanks(); at_ < text_.size() && text_[at_] != '}'; skip_blanks()) {
    if (text_[at_] == ',') {
      ++at_;
      continue;
    }
    const std::size_t start = at_;
    const std::string member = path.empty() ? take_string() : path + "." + take_string();
    if (!keys_.insert_or_assign(member, start).second) repeated_.push_back(member);
    skip_blanks();
    ++at_;  // the colon
    take_value(member);
  }
  ++at_;
}

void JsonPlaces::take_array(const std::string& path) {
  ++at_;
  std::size_t index = 0;
  for (skip_blanks(); at_ < text_.size() && text_[at_] != ']'; skip_blanks()) {
    if (text_[at_] == ',') {
      ++at_;
      continue;
    }
    take_value(path + "[" + std::to_string(index++) + "]");
  }
  ++at_;
}

}  // namespace albatross::sim
