#pragma once

#include <string>
#include <vector>

namespace albatross::test {

/// One line each, for comparisons and messages.
inline std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines)
    out += line + "\n";
  return out;
}

}  // namespace albatross::test
