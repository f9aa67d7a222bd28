#include "cli/target_lines.hpp"

#include "cli/node_text.hpp"

#include <algorithm>
#include <array>

namespace albatross::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t indent = 2;

/// How much is said of the instance; the less room, the less.
enum class Form : std::uint8_t { full_ids, short_ids, no_ids };

struct Row {
  std::string service;
  std::string instance;
  std::string state;
  std::string reason;
  std::string hint;
};

std::string instance_of(const TargetState& target, Form form, bool unicode) {
  std::string text = label(target.instance_node);
  if (form == Form::full_ids) text += " " + target.instance_id;
  if (form == Form::short_ids) text += " " + abbreviated(target.instance_id, unicode);
  return text + ":" + std::to_string(target.port);
}

Row row_of(const TargetState& target, Form form, bool unicode) {
  Row row{target.service, instance_of(target, form, unicode), one_line(target.state),
          one_line(target.reason), one_line(target.hint)};
  if (!target.description.empty()) {
    row.reason += (row.reason.empty() ? "" : ": ") + one_line(target.description);
  }
  return row;
}

/// The rows, where their columns begin, and whether reasons stand beside or beneath.
struct Layout {
  std::vector<Row> rows;
  std::array<std::size_t, 3> widths{};
  std::size_t longest_reason = 0;

  std::size_t head() const { return widths[0] + widths[1] + widths[2]; }
};

Layout layout_of(const std::vector<TargetState>& targets, Form form, bool unicode) {
  Layout layout;
  for (const TargetState& target : targets) {
    if (is_healthy(target)) continue;
    const Row& row = layout.rows.emplace_back(row_of(target, form, unicode));
    layout.widths[0] = std::max(layout.widths[0], display_width(row.service) + gap);
    layout.widths[1] = std::max(layout.widths[1], display_width(row.instance) + gap);
    layout.widths[2] = std::max(layout.widths[2], display_width(row.state) + gap);
    layout.longest_reason = std::max(layout.longest_reason, display_width(row.reason));
  }
  return layout;
}

/// Indented lines, each clipped: a word may be longer than the terminal is wide.
void append_beneath(std::vector<std::string>& lines, const std::string& text, std::size_t width,
                    const TextStyle& style) {
  if (text.empty()) return;
  const std::size_t room = width > indent ? width - indent : 1;
  for (const std::string& line : wrap(text, room))
    lines.push_back(std::string(indent, ' ') + clip(line, room, style));
}

/// What is to be said of several alike is said once, beneath the last.
bool is_alike(const Row& row, const Row& next) {
  return row.service == next.service && row.reason == next.reason && row.hint == next.hint;
}

std::vector<std::string> lines_of(const Layout& layout, bool beside, std::size_t width,
                                  const TextStyle& style) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < layout.rows.size(); ++i) {
    const Row& row = layout.rows[i];
    std::string line = pad_right(row.service, layout.widths[0]) +
                       pad_right(row.instance, layout.widths[1]) + row.state;
    if (beside && !row.reason.empty()) line = pad_right(line, layout.head()) + row.reason;
    lines.push_back(clip(line, width, style));
    if (i + 1 < layout.rows.size() && is_alike(row, layout.rows[i + 1])) continue;
    if (!beside) append_beneath(lines, row.reason, width, style);
    append_beneath(lines, row.hint, width, style);
  }
  return lines;
}

}  // namespace

std::vector<std::string> target_lines(const std::vector<TargetState>& targets, std::size_t width,
                                      const TextStyle& style) {
  for (const Form form : {Form::full_ids, Form::short_ids}) {
    const Layout layout = layout_of(targets, form, style.unicode);
    if (layout.head() + layout.longest_reason <= width) return lines_of(layout, true, width, style);
  }
  for (const Form form : {Form::short_ids, Form::no_ids}) {
    const Layout layout = layout_of(targets, form, style.unicode);
    if (layout.head() - gap <= width) return lines_of(layout, false, width, style);
  }
  return lines_of(layout_of(targets, Form::no_ids, style.unicode), false, width, style);
}

}  // namespace albatross::cli
