#include "cli/fleet/fleet_board.hpp"

#include <algorithm>
#include <utility>

namespace albatross::cli {
namespace {

/// "Deploying 12 stacks to us-east-1"; without the region when there are several.
std::string title_of(const std::vector<RunTitle>& titles) {
  RunTitle all = titles.front();
  all.stack = counted(titles.size(), "stack");
  const bool one_region = std::all_of(titles.begin(), titles.end(), [&](const RunTitle& title) {
    return title.region == all.region;
  });
  if (!one_region) all.region = "several regions";
  return all.text();
}

}  // namespace

FleetBoard::FleetBoard(std::ostream& out, TextStyle style, const std::vector<RunTitle>& titles,
                       std::function<TerminalSize()> size)
    : out_(out), style_(style), title_(title_of(titles)), size_(std::move(size)), painter_(out) {
  for (const RunTitle& title : titles) {
    FleetRow row;
    row.stack = title.stack;
    rows_.push_back(std::move(row));
  }
}

FleetBoard::~FleetBoard() {
  finish();
}

void FleetBoard::on_event(std::size_t member, const Event& event) {
  FleetRow& row = rows_[member];
  row.model.apply(event);
  row.now = event.elapsed;
  row.phase = StepPhase::active;
  if (event.type == EventType::plan_ready) row.queued.clear();
  if (event.type == EventType::waiting && event.node.empty()) row.queued = one_line(event.detail);
  if (event.type == EventType::warning) {
    const std::string where = event.node.empty() ? ": " : ": " + event.node + ": ";
    note(row.stack + paint(Tone::warn, " warning", style_) + one_line(where + event.detail));
  }
}

void FleetBoard::on_tick(std::size_t member, Duration now) {
  rows_[member].now = now;
}

void FleetBoard::refresh(Duration now) {
  now_ = now;
  draw_below("");
}

void FleetBoard::ended(std::size_t member, const MemberEnd& end) {
  FleetRow& row = rows_[member];
  row.phase = end.exit_code == ExitCode::done ? StepPhase::done : StepPhase::failed;
  row.ending = ending_text(end, style_);
  row.now = end.context.elapsed;
}

void FleetBoard::note(const std::string& line) {
  draw_below(line + FramePainter::clear_to_end_of_line() + "\n");
}

void FleetBoard::draw_below(const std::string& text) {
  if (finished_) {
    out_ << text << std::flush;
    return;
  }
  const TerminalSize size = size_();
  style_.width = size.columns;
  painter_.paint(fleet_frame(rows_, title_, now_, style_, size.rows - 1), text, size);
}

void FleetBoard::finish() {
  if (finished_) return;
  draw_below("");
  finished_ = true;
  painter_.finish();
}

}  // namespace albatross::cli
