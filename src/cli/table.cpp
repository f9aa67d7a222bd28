#include "cli/table.hpp"

#include <algorithm>
#include <utility>

namespace albatross::cli {
namespace {

constexpr std::size_t gap = 2;

using Row = std::vector<std::string>;

std::vector<std::size_t> column_widths(const std::vector<Row>& rows, const Row& titles) {
  std::vector<std::size_t> widths;
  const auto measure = [&widths](const Row& row) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  };
  measure(titles);
  for (const Row& row : rows)
    measure(row);
  return widths;
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

/// The last column wraps within what is left of the width; it must be worth wrapping into.
std::size_t room_for_last(std::size_t start, const TextStyle& style) {
  return style.width >= start + 20 ? style.width - start : 0;
}

std::string row_text(const Row& row, const std::vector<std::size_t>& widths, std::size_t indent,
                     const TextStyle& style) {
  std::string line(indent, ' ');
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    line += pad_right(i < row.size() ? row[i] : "", widths[i] + gap);
  }
  if (row.size() < widths.size()) return without_trailing_blanks(std::move(line)) + "\n";
  const std::size_t start = display_width(line);
  std::string out;
  for (const std::string& piece : wrap(row.back(), room_for_last(start, style))) {
    out += without_trailing_blanks(line + piece) + "\n";
    line.assign(start, ' ');
  }
  return out;
}

}  // namespace

Table::Table(std::vector<std::string> titles) : titles_(std::move(titles)) {}

void Table::add(std::vector<std::string> cells) {
  rows_.push_back(std::move(cells));
}

std::string Table::text(const TextStyle& style, std::size_t indent) const {
  const std::vector<std::size_t> widths = column_widths(rows_, titles_);
  std::string out;
  if (!titles_.empty()) {
    Row titles;
    for (const std::string& title : titles_)
      titles.push_back(paint(Tone::dim, title, style));
    out += row_text(titles, widths, indent, style);
  }
  for (const Row& row : rows_)
    out += row_text(row, widths, indent, style);
  return out;
}

}  // namespace albatross::cli
