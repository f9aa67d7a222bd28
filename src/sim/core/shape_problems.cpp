#include "sim/core/shape_problems.hpp"

#include "sim/core/error.hpp"

namespace albatross::sim::shapes {

std::span<const Member> members_of(const Shape& shape) {
  return {members + shape.first, shape.count};
}

const Member* member_named(const Shape& shape, std::string_view wire) {
  for (const Member& member : members_of(shape)) {
    if (member.wire == wire) return &member;
  }
  return nullptr;
}

const Shape& shape_of(const Input& input) {
  static const Shape nothing{Kind::structure, 0, 0, 0, -1};
  return input.shape < 0 ? nothing : shapes[input.shape];
}

bool in_words(const Shape& shape, std::string_view text) {
  for (std::size_t i = 0; i < shape.count; ++i) {
    if (words[shape.first + i] == text) return true;
  }
  return false;
}

std::string word_list(const Shape& shape) {
  std::string out;
  for (std::size_t i = 0; i < shape.count; ++i) {
    if (i != 0) out += ", ";
    out += words[shape.first + i];
  }
  return out;
}

std::string lower_first(std::string_view name) {
  std::string out(name);
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
  return out;
}

std::string Path::text() const {
  if (up == nullptr) return {};
  const std::string before = up->text();
  if (name.empty()) return cat(before, ".", std::to_string(index), ".member");
  return before.empty() ? lower_first(name) : cat(before, ".", lower_first(name));
}

void Problems::unknown(const Path& at) {
  found_.push_back(
      cat("Value at '", at.text(), "' failed to satisfy constraint: Member is not known"));
}

void Problems::missing(const Path& at) {
  found_.push_back(
      cat("Value null at '", at.text(), "' failed to satisfy constraint: Member must not be null"));
}

void Problems::add(std::string_view text, const Path& at, std::string_view constraint) {
  found_.push_back(
      cat("Value '", text, "' at '", at.text(), "' failed to satisfy constraint: ", constraint));
}

void Problems::string(const Shape& shape, std::string_view text, const Path& at) {
  if (shape.count > 0 && !in_words(shape, text)) {
    add(text, at, cat("Member must satisfy enum value set: [", word_list(shape), "]"));
  }
  const auto size = static_cast<std::int64_t>(text.size());
  if (shape.high >= shape.low && size > shape.high) {
    add(text, at,
        cat("Member must have length less than or equal to ", std::to_string(shape.high)));
  }
  if (size < shape.low) {
    add(text, at,
        cat("Member must have length greater than or equal to ", std::to_string(shape.low)));
  }
}

void Problems::integer(const Shape& shape, std::optional<std::int64_t> number,
                       std::string_view text, const Path& at) {
  if (!number) return add(text, at, "Member must be an integer");
  const bool bounded = shape.high >= shape.low;
  if (bounded && *number > shape.high) {
    add(text, at, cat("Member must have value less than or equal to ", std::to_string(shape.high)));
  }
  if ((bounded || shape.low != 0) && *number < shape.low) {
    add(text, at,
        cat("Member must have value greater than or equal to ", std::to_string(shape.low)));
  }
}

void Problems::count(const Shape& shape, std::size_t size, const Path& at) {
  const auto number = static_cast<std::int64_t>(size);
  const std::string told = cat("[", std::to_string(size), " members]");
  if (shape.high >= shape.low && number > shape.high) {
    add(told, at,
        cat("Member must have length less than or equal to ", std::to_string(shape.high)));
  }
  if (number < shape.low) {
    add(told, at,
        cat("Member must have length greater than or equal to ", std::to_string(shape.low)));
  }
}

void Problems::report(const char* code) const {
  if (found_.empty()) return;
  std::string message = cat(std::to_string(found_.size()), " validation error",
                            found_.size() == 1 ? "" : "s", " detected: ");
  for (std::size_t i = 0; i < found_.size(); ++i) {
    if (i != 0) message += "; ";
    message += found_[i];
  }
  refuse(code, message);
}

}  // namespace albatross::sim::shapes
