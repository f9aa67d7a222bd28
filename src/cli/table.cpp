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

constexpr std::size_t narrowest_column = 12;
constexpr std::size_t beneath = 4;

/// The last column wraps within what is left of the width; where that is not worth it, it goes
/// beneath.
std::string with_last(std::string line, const std::string& cell, std::size_t indent,
                      const TextStyle& style) {
  const std::size_t width = style.width;
  std::size_t start = display_width(line);
  std::string out;
  if (width != 0 && start + display_width(cell) > width && width < start + narrowest_column) {
    out = without_trailing_blanks(std::move(line)) + "\n";
    start = indent + beneath;
    line.assign(start, ' ');
  }
  for (const std::string& piece : wrap(cell, width > start ? width - start : 0)) {
    out += without_trailing_blanks(line + piece) + "\n";
    line.assign(start, ' ');
  }
  return out;
}

std::string row_text(const Row& row, const std::vector<std::size_t>& widths, std::size_t indent,
                     const TextStyle& style) {
  std::string line(indent, ' ');
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    line += pad_right(i < row.size() ? row[i] : "", widths[i] + gap);
  }
  if (row.size() < widths.size()) return without_trailing_blanks(std::move(line)) + "\n";
  return with_last(std::move(line), row.back(), indent, style);
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
