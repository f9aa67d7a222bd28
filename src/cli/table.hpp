#pragma once

#include "cli/text.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// Text in columns that are as wide as what is in them. Pure.
class Table {
 public:
  /// Titles are left out when none is given.
  explicit Table(std::vector<std::string> titles = {});
  /// Cells beyond the last one are empty.
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  /// One line per row, each behind `indent`; cells too long for style.width go on beneath their
  /// column (the last one) or are left to run over.
  std::string text(const TextStyle& style, std::size_t indent = 0) const;

 private:
  std::vector<std::string> titles_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace albatross::cli
