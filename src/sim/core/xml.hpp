#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace albatross::sim {

/// Appends XML to a string. Element names are trusted, text is escaped.
class Xml {
 public:
  void raw(std::string_view text) { out_.append(text); }

  void open(std::string_view name) { tag("<", name, grow(name.size() + 2)); }
  void close(std::string_view name) { tag("</", name, grow(name.size() + 3)); }

  void text(std::string_view value) {
    if (!has_special(value)) return raw(value);
    for (const char c : value) {
      switch (c) {
        case '<':
          out_.append("&lt;");
          break;
        case '>':
          out_.append("&gt;");
          break;
        case '&':
          out_.append("&amp;");
          break;
        case '"':
          out_.append("&quot;");
          break;
        case '\r':
          out_.append("&#13;");
          break;
        default:
          out_.push_back(c);
      }
    }
  }

  void leaf(std::string_view name, std::string_view value) {
    if (has_special(value)) {
      open(name);
      text(value);
      return close(name);
    }
    char* end = grow(2 * name.size() + value.size() + 5);
    end = tag("<", name, end);
    end = std::copy(value.begin(), value.end(), end);
    tag("</", name, end);
  }
  void leaf(std::string_view name, const char* value) { leaf(name, std::string_view(value)); }
  void leaf(std::string_view name, const std::string& value) {
    leaf(name, std::string_view(value));
  }
  void leaf(std::string_view name, std::same_as<bool> auto value) {
    leaf(name, std::string_view(value ? "true" : "false"));
  }
  void leaf(std::string_view name,
            std::integral auto value) requires(!std::same_as<decltype(value), bool>) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    leaf(name, std::string_view(digits, static_cast<std::size_t>(end - digits)));
  }
  /// Nothing when the value is empty.
  void leaf_if(std::string_view name, std::string_view value) {
    if (!value.empty()) leaf(name, value);
  }

  /// <name>…</name> around what `body()` writes.
  template <class Body>
  void in(std::string_view name, Body&& body) {
    open(name);
    body();
    close(name);
  }
  void empty(std::string_view name) {
    out_.push_back('<');
    out_.append(name);
    out_.append("/>");
  }

  std::string take() { return std::move(out_); }
  std::string& buffer() { return out_; }

  /// Room for about one answer, so that it is not moved while it grows.
  void reserve(std::size_t size) { out_.reserve(size); }

 private:
  /// Of each character whether it needs an escape.
  static constexpr std::array<bool, 256> special = [] {
    std::array<bool, 256> table{};
    for (const char c : {'<', '>', '&', '"', '\r'})
      table[static_cast<unsigned char>(c)] = true;
    return table;
  }();
  static bool has_special(std::string_view text) {
    bool found = false;
    for (const char c : text)
      found |= special[static_cast<unsigned char>(c)];
    return found;
  }
  char* grow(std::size_t size) {
    const auto old = out_.size();
    out_.resize(old + size);
    return out_.data() + old;
  }
  static char* tag(std::string_view begin, std::string_view name, char* out) {
    out = std::copy(begin.begin(), begin.end(), out);
    out = std::copy(name.begin(), name.end(), out);
    *out = '>';
    return out + 1;
  }

  std::string out_;
};

}  // namespace albatross::sim
