#include "sim/core/form.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <charconv>

namespace albatross::sim {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::uint32_t as_index(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

/// Writes the decoded text to `out`; returns the end, or null on a broken escape.
char* decode_to(std::string_view text, bool plus, char* out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return nullptr;
      *out++ = static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      *out++ = plus && c == '+' ? ' ' : c;
    }
  }
  return out;
}

std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return (hash ^ 0xffU) * 0x100000001b3U;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus) {
  std::string out(text.size(), '\0');
  const char* end = decode_to(text, plus, out.data());
  if (end == nullptr) return std::nullopt;
  out.resize(static_cast<std::size_t>(end - out.data()));
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() * 2);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(digits[byte >> 4U]);
      out.push_back(digits[byte & 15U]);
    }
  }
  return out;
}

Form::Form(std::string_view body) : text_(std::make_unique<char[]>(body.size() + 1)) {
  nodes_.reserve(16 + body.size() / 24);
  nodes_.resize(2);  // 0 is "nothing", 1 the root
  while (!body.empty()) {
    const auto end = std::min(body.find('&'), body.size());
    const auto pair = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    const auto key = decode(pair.substr(0, equals));
    insert(key, equals < pair.size() ? decode(pair.substr(equals + 1)) : std::string_view{});
  }
}

std::string_view Form::decode(std::string_view text) {
  char* begin = text_.get() + used_;
  const char* end = decode_to(text, true, begin);
  if (end == nullptr) {
    refuse("MalformedQueryString", "The query string contains a syntax error");
  }
  const auto size = static_cast<std::size_t>(end - begin);
  used_ += size;
  return {begin, size};
}

void Form::insert(std::string_view key, std::string_view value) {
  std::uint32_t node = 1;
  while (true) {
    const auto dot = key.find('.');
    node = child(node, key.substr(0, dot));
    if (dot == std::string_view::npos) break;
    key.remove_prefix(dot + 1);
  }
  if (nodes_[node].has_value) {
    refuse("MalformedQueryString", cat("The parameter '", key, "' is given more than once"));
  }
  nodes_[node].value = value;
  nodes_[node].has_value = true;
}

std::uint32_t Form::child(std::uint32_t parent, std::string_view name) {
  const std::uint32_t last = nodes_[parent].last;
  if (last != 0 && nodes_[last].name == name) return last;
  const std::uint32_t index = as_index(name);
  const bool appended = last != 0 && index > nodes_[last].index && nodes_[last].index != 0;
  if (!appended) {
    for (auto i = nodes_[parent].first; i != 0; i = nodes_[i].next) {
      if (nodes_[i].name == name) return i;
    }
  }
  const auto created = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({name, {}, index, 0, 0, 0, false});
  (last == 0 ? nodes_[parent].first : nodes_[last].next) = created;
  nodes_[parent].last = created;
  return created;
}

std::uint64_t Form::digest(std::initializer_list<std::string_view> without) const {
  std::vector<std::string> pairs;
  const auto walk = [&](const auto& self, std::uint32_t node, const std::string& path) -> void {
    for (auto i = nodes_[node].first; i != 0; i = nodes_[i].next) {
      const std::string key = cat(path, nodes_[i].name);
      if (std::find(without.begin(), without.end(), key) != without.end()) continue;
      if (nodes_[i].has_value) pairs.push_back(cat(key, "=", nodes_[i].value));
      self(self, i, key + ".");
    }
  };
  walk(walk, 1, "");
  std::sort(pairs.begin(), pairs.end());
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const auto& pair : pairs)
    hash = mix(hash, pair);
  return hash;
}

std::string_view Param::name() const {
  return node_ == 0 ? std::string_view{} : form_->nodes_[node_].name;
}

std::string_view Param::text() const {
  return node_ == 0 ? std::string_view{} : form_->nodes_[node_].value;
}

bool Param::has_text() const {
  return node_ != 0 && form_->nodes_[node_].has_value;
}

bool Param::has_children() const {
  return node_ != 0 && form_->nodes_[node_].first != 0;
}

Param Param::operator[](std::string_view child) const {
  if (node_ == 0) return {};
  for (auto i = form_->nodes_[node_].first; i != 0; i = form_->nodes_[i].next) {
    if (form_->nodes_[i].name == child) return {form_, i};
  }
  return {};
}

std::vector<Param> Param::items() const {
  const Param member = (*this)["member"];
  std::vector<Param> found;
  const auto index = [&](Param p) { return form_->nodes_[p.node_].index; };
  for (const Param child : member ? member.children() : children()) {
    if (index(child) != 0) found.push_back(child);
  }
  const auto before = [&](Param a, Param b) { return index(a) < index(b); };
  if (!std::is_sorted(found.begin(), found.end(), before)) {
    std::sort(found.begin(), found.end(), before);
  }
  return found;
}

std::vector<std::string_view> Param::texts() const {
  std::vector<std::string_view> found;
  for (const Param item : items())
    found.push_back(item.text());
  return found;
}

std::optional<std::int64_t> Param::number() const {
  const auto value = text();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (value.empty() || error != std::errc{} || end != value.data() + value.size()) return {};
  return number;
}

}  // namespace albatross::sim
