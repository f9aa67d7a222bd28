#include "cli/fleet/fleet_log.hpp"

#include <algorithm>

namespace albatross::cli {
namespace {

/// A very long name does not push all other lines to the right.
constexpr std::size_t widest_name = 24;

std::size_t name_width(const std::vector<RunTitle>& titles) {
  std::size_t width = 0;
  for (const RunTitle& title : titles)
    width = std::max(width, title.stack.size());
  return std::min(width, widest_name);
}

}  // namespace

FleetLog::FleetLog(std::ostream& out, TextStyle style, const std::vector<RunTitle>& titles)
    : out_(out), style_(style) {
  const std::size_t width = name_width(titles);
  for (const RunTitle& title : titles) {
    views_.push_back(
        std::make_unique<PlainView>(out, style, title.text(), pad_right(title.stack, width)));
  }
}

void FleetLog::expect(std::size_t member, const Expectations& expectations) {
  views_[member]->expect(expectations);
}

void FleetLog::on_event(std::size_t member, const Event& event) {
  views_[member]->on_event(event);
}

void FleetLog::on_tick(std::size_t member, Duration now) {
  views_[member]->on_tick(now);
}

void FleetLog::ended(std::size_t member, const MemberEnd& end) {
  views_[member]->line(end.context.elapsed, ending_text(end, style_));
}

void FleetLog::note(const std::string& line) {
  out_ << line << std::endl;
}

}  // namespace albatross::cli
