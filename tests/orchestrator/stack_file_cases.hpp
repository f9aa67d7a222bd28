#pragma once

#include "albatross/orchestrator/stack_file.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace albatross {

/// A stack file and everything that is to be said about it: "line:column: message".
struct ComplaintCase {
  /// What is wrong with the file.
  std::string about;
  std::string text;
  std::vector<std::string> complaints;
};

inline void PrintTo(const ComplaintCase& c, std::ostream* out) {
  *out << c.about;
}

/// The files that user_data_file finds in these tests.
inline std::optional<std::string> read_test_file(const std::string& path) {
  if (path == "setup.sh") return "#!/bin/sh\necho set up\n";
  if (path == "stacks/setup.sh") return "#!/bin/sh\necho beside\n";
  if (path == "/etc/setup.sh") return "#!/bin/sh\necho absolute\n";
  if (path == "crlf.sh") return "#!/bin/sh\r\necho\r\n";
  if (path == "mime") return "MIME-Version: 1.0\n";
  return std::nullopt;
}

inline Stack parse(const std::string& text, const std::string& file = "stack.yaml") {
  return parse_stack(text, file, read_test_file);
}

inline std::vector<std::string> complaints_about(const std::string& text) {
  std::vector<std::string> lines;
  try {
    parse(text);
  } catch (const SpecError& error) {
    for (const auto& problem : error.problems())
      lines.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
                      problem.message);
  }
  return lines;
}

template <class Case>
std::string test_name(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.about;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

}  // namespace albatross
