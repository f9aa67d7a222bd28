#include "cli/target_lines.hpp"

#include "cli/node_text.hpp"

#include <algorithm>
#include <array>

namespace albatross::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t hint_indent = 2;
/// A reason gets at least so much room, or a line of its own.
constexpr std::size_t useful_reason = 24;

struct Row {
  std::string service;
  std::string instance;
  std::string state;
  std::string reason;
  std::string hint;
};

Row row_of(const TargetState& target, bool abbreviate, bool unicode) {
  const std::string id = abbreviate ? abbreviated(target.instance_id, unicode) : target.instance_id;
  Row row{target.service,
          label(target.instance_node) + " " + id + ":" + std::to_string(target.port),
          one_line(target.state), one_line(target.reason), one_line(target.hint)};
  if (!target.description.empty()) {
    row.reason += (row.reason.empty() ? "" : ": ") + one_line(target.description);
  }
  return row;
}

std::vector<Row> rows_of(const std::vector<TargetState>& targets, bool abbreviate, bool unicode) {
  std::vector<Row> rows;
  for (const TargetState& target : targets) {
    if (!is_healthy(target)) rows.push_back(row_of(target, abbreviate, unicode));
  }
  return rows;
}

/// Where the reason begins.
std::array<std::size_t, 3> widths_of(const std::vector<Row>& rows) {
  std::array<std::size_t, 3> widths{};
  for (const Row& row : rows) {
    widths[0] = std::max(widths[0], display_width(row.service) + gap);
    widths[1] = std::max(widths[1], display_width(row.instance) + gap);
    widths[2] = std::max(widths[2], display_width(row.state) + gap);
  }
  return widths;
}

std::size_t sum(const std::array<std::size_t, 3>& widths) {
  return widths[0] + widths[1] + widths[2];
}

/// Indented lines, each clipped: a word may be longer than the terminal is wide.
void append_beneath(std::vector<std::string>& lines, const std::string& text, std::size_t width,
                    const TextStyle& style) {
  if (text.empty()) return;
  const std::size_t room = width > hint_indent ? width - hint_indent : 1;
  for (const std::string& line : wrap(text, room))
    lines.push_back(std::string(hint_indent, ' ') + clip(line, room, style));
}

std::string head_of(const Row& row, const std::array<std::size_t, 3>& widths) {
  std::string head = pad_right(row.service, widths[0]) + pad_right(row.instance, widths[1]);
  return head + row.state;
}

}  // namespace

std::vector<std::string> target_lines(const std::vector<TargetState>& targets, std::size_t width,
                                      const TextStyle& style) {
  std::vector<Row> rows = rows_of(targets, false, style.unicode);
  std::array<std::size_t, 3> widths = widths_of(rows);
  if (sum(widths) + useful_reason > width) {
    rows = rows_of(targets, true, style.unicode);
    widths = widths_of(rows);
  }
  const bool beside = sum(widths) + useful_reason <= width;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    std::string line = head_of(row, widths);
    if (beside && !row.reason.empty()) line = pad_right(line, sum(widths)) + row.reason;
    lines.push_back(clip(line, width, style));
    if (!beside) append_beneath(lines, row.reason, width, style);
    // What is to be done about several is said once, beneath the last.
    const bool said_next =
        i + 1 < rows.size() && rows[i + 1].hint == row.hint && rows[i + 1].service == row.service;
    if (!said_next) append_beneath(lines, row.hint, width, style);
  }
  return lines;
}

}  // namespace albatross::cli
