#include "cli/runs/event_output.hpp"

#include "cli/error_report.hpp"

namespace albatross::cli {

EventOutput::EventOutput(const std::string& target, std::ostream& standard_output)
    : to_standard_output_(target == "-") {
  if (target.empty()) return;
  stream_ = &standard_output;
  if (to_standard_output_) return;
  file_.open(target, std::ios::trunc);
  if (!file_) throw UsageError("cannot write " + target);
  stream_ = &file_;
}

void EventOutput::write(const std::string& line) {
  if (stream_ != nullptr) *stream_ << line << std::flush;
}

}  // namespace albatross::cli
