#pragma once

#include <fstream>
#include <ostream>
#include <string>

namespace albatross::cli {

/// Where --events sends the stream: standard output ("-") or a file, line by line.
class EventOutput {
 public:
  /// @param target "-", a path, or empty: nowhere
  /// @throws UsageError when the file cannot be written
  EventOutput(const std::string& target, std::ostream& standard_output);

  bool is_standard_output() const { return to_standard_output_; }
  void write(const std::string& line);

 private:
  bool to_standard_output_ = false;
  std::ofstream file_;
  std::ostream* stream_ = nullptr;
};

}  // namespace albatross::cli
