#include "http/recording/body_text.hpp"

#include <algorithm>

namespace albatross::http {
namespace {

// Deeper than any answer; keeps a hostile body from growing by its own nesting.
constexpr std::size_t deepest = 40;

/// Collects lines at a depth.
class Layout {
 public:
  void line(std::string_view text) {
    lines_.push_back(std::string(2 * std::min(depth_, deepest), ' ').append(text));
  }
  void deeper() { ++depth_; }
  void back() { depth_ -= depth_ > 0 ? 1 : 0; }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  std::size_t depth_ = 0;
  std::vector<std::string> lines_;
};

/// With "\\n" where there are line feeds: between a declaration and the document, say.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  return out;
}

/// The part up to and with the next '>'; the rest when there is none.
std::string_view tag_at(std::string_view text) {
  const std::size_t end = text.find('>');
  return text.substr(0, end == std::string_view::npos ? end : end + 1);
}

bool closes(std::string_view tag) {
  return tag.starts_with("</");
}

bool opens(std::string_view tag) {
  return !closes(tag) && !tag.ends_with("/>") && !tag.starts_with("<?") && !tag.starts_with("<!");
}

/// "<a>text</a>", when that is what stands at the front; else empty.
std::string_view leaf_at(std::string_view text, std::string_view tag) {
  const std::size_t next = text.find('<', tag.size());
  if (next == std::string_view::npos) return {};
  const std::string_view end = tag_at(text.substr(next));
  return closes(end) ? text.substr(0, next + end.size()) : std::string_view{};
}

/// Takes the front of a JSON text up to where its line ends; strings are passed over.
std::size_t json_line_end(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    const bool closing = c == '}' || c == ']';
    if (closing && i > 0) return i;
    if (c == '{' || c == '[' || c == ',') {
      const bool empty = i + 1 < text.size() && (text[i + 1] == '}' || text[i + 1] == ']');
      if (empty) {
        ++i;
        continue;
      }
      // Blanks stay at the end of the line: at the front of the next they would be indentation.
      return std::min(text.size(), text.find_first_not_of(' ', i + 1));
    }
    if (closing && i + 1 < text.size() && text[i + 1] != ',') return i + 1;
  }
  return text.size();
}

}  // namespace

std::vector<std::string> xml_lines(std::string_view body) {
  Layout out;
  while (!body.empty()) {
    if (body.front() != '<') {
      const std::size_t end = std::min(body.size(), body.find('<'));
      out.line(one_line(body.substr(0, end)));
      body.remove_prefix(end);
      continue;
    }
    const std::string_view tag = tag_at(body);
    const std::string_view leaf = opens(tag) ? leaf_at(body, tag) : std::string_view{};
    const std::string_view whole = leaf.empty() ? tag : leaf;
    if (closes(tag)) out.back();
    out.line(one_line(whole));
    if (leaf.empty() && opens(tag)) out.deeper();
    body.remove_prefix(whole.size());
  }
  return out.take();
}

std::vector<std::string> json_lines(std::string_view body) {
  Layout out;
  while (!body.empty()) {
    const std::size_t end = json_line_end(body);
    const std::string_view line = body.substr(0, end);
    const bool closing = line.front() == '}' || line.front() == ']';
    if (closing) out.back();
    out.line(line);
    const std::size_t last = line.find_last_not_of(' ');
    const char tail = last == std::string_view::npos ? ' ' : line[last];
    if (tail == '{' || tail == '[') out.deeper();
    body.remove_prefix(end);
  }
  return out.take();
}

std::string joined(const std::vector<std::string>& lines) {
  std::string body;
  for (const std::string& line : lines) {
    const std::size_t start = line.find_first_not_of(' ');
    if (start != std::string::npos) body.append(line, start);
  }
  return body;
}

}  // namespace albatross::http
