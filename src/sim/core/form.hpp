#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim {

class Form;
class Children;

/// One node of a form's tree: "Filter.1.Name=x" is Filter, 1, Name with the value x. A null Param
/// stands for what is not there; asking it for children or text is fine.
class Param {
 public:
  Param() = default;

  explicit operator bool() const { return node_ != 0; }
  std::string_view name() const;
  std::string_view text() const;
  bool has_text() const;
  bool has_children() const;
  Param operator[](std::string_view child) const;
  /// All children, in order of appearance.
  Children children() const;
  /// The members of a list, by index; steps over the "member" of the Query dialect.
  std::vector<Param> items() const;
  std::vector<std::string_view> texts() const;
  std::string_view text_or(std::string_view fallback) const {
    return has_text() ? text() : fallback;
  }
  std::string str() const { return std::string(text()); }
  bool is_true() const { return text() == "true" || text() == "True" || text() == "1"; }
  /// The number, or nothing when it is absent or not one.
  std::optional<std::int64_t> number() const;
  std::int64_t number_or(std::int64_t fallback) const { return number().value_or(fallback); }

 private:
  friend class Form;
  friend class Children;
  Param(const Form* form, std::uint32_t node) : form_(form), node_(node) {}

  const Form* form_ = nullptr;
  std::uint32_t node_ = 0;
};

/// A parsed application/x-www-form-urlencoded body. Owns the decoded text.
class Form {
 public:
  /// Throws ApiError MalformedQueryString on a broken escape or a key given twice.
  explicit Form(std::string_view body);
  Form(const Form&) = delete;
  Form& operator=(const Form&) = delete;
  /// Params of the old one must not be used any more.
  Form(Form&&) noexcept = default;
  Form& operator=(Form&&) noexcept = default;

  Param root() const { return Param(this, 1); }
  Param operator[](std::string_view name) const { return root()[name]; }
  /// A digest of all parameters but those named, for idempotency tokens.
  std::uint64_t digest(std::initializer_list<std::string_view> without) const;

 private:
  friend class Param;
  friend class Children;
  struct Node {
    std::string_view name;
    std::string_view value;
    std::uint32_t index = 0;  // the name as a number, or 0
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t next = 0;
    bool has_value = false;
  };
  std::string_view decode(std::string_view text);
  std::uint32_t child(std::uint32_t parent, std::string_view name);
  void insert(std::string_view key, std::string_view value);

  std::unique_ptr<char[]> text_;
  std::size_t used_ = 0;
  std::vector<Node> nodes_;
};

/// The children of a Param, as a range; no copy is made.
class Children {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Param;
    using difference_type = std::ptrdiff_t;
    using pointer = const Param*;
    using reference = Param;

    explicit Iterator(Param at) : at_(at) {}
    Param operator*() const { return at_; }
    Iterator& operator++() {
      at_.node_ = at_.form_->nodes_[at_.node_].next;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_.node_ == other.at_.node_; }

   private:
    Param at_;
  };

  explicit Children(Param of) : form_(of.form_) {
    if (of.node_ != 0) first_ = form_->nodes_[of.node_].first;
  }
  Iterator begin() const { return Iterator(Param(form_, first_)); }
  Iterator end() const { return Iterator(Param(form_, 0)); }
  bool empty() const { return first_ == 0; }
  Param front() const { return Param(form_, first_); }

 private:
  const Form* form_;
  std::uint32_t first_ = 0;
};

inline Children Param::children() const {
  return Children(*this);
}

/// Percent-decodes ('+' is a space when `plus` is set); nothing on a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus);
/// Percent-encodes everything but A-Z a-z 0-9 - . _ ~.
std::string percent_encode(std::string_view text);

}  // namespace albatross::sim
