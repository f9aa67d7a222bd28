#include "cli/fleet/fleet_frame.hpp"

#include "cli/glyphs.hpp"
#include "cli/node_text.hpp"
#include "cli/step_summary.hpp"

#include <algorithm>
#include <array>

namespace albatross::cli {
namespace {

constexpr std::size_t default_width = 80;
constexpr std::size_t least_width = 40;
constexpr std::size_t widest_name = 24;
constexpr std::size_t count_width = 7;
constexpr std::size_t time_width = 7;
/// Header, footer, and the line that counts what is not shown.
constexpr std::size_t lines_around = 3;

bool has_ended(const FleetRow& row) {
  return row.phase == StepPhase::done || row.phase == StepPhase::failed;
}

/// How much a row matters when there is no room for all: the lower the more.
int rank(const FleetRow& row) {
  switch (row.phase) {
    case StepPhase::failed:
      return 0;
    case StepPhase::active:
      return 1;
    case StepPhase::done:
      return 2;
    case StepPhase::pending:
      break;
  }
  return 3;
}

/// The step that has come furthest of those under way; nullptr when there is none.
const StepProgress* furthest(const ProgressModel& model) {
  for (const StepProgress& step : model.removing()) {
    if (step.phase() == StepPhase::active) return &step;
  }
  const auto& building = model.building();
  for (auto step = building.rbegin(); step != building.rend(); ++step) {
    if (step->phase() == StepPhase::active) return &*step;
  }
  return nullptr;
}

/// "Waiting for healthy targets... n8n 1/2", as much as fits.
std::string doing(const FleetRow& row, std::size_t room, const TextStyle& style) {
  const ProgressModel& model = row.model;
  const StepProgress* const step = furthest(model);
  if (step == nullptr) return clip(row.queued, room, style);
  const bool removing =
      step >= model.removing().data() && step < model.removing().data() + model.removing().size();
  const std::string title(removing ? removal_title(step->step) : albatross::title(step->step));
  const std::size_t width = display_width(title);
  constexpr std::size_t useful = 8;
  if (room < width + 1 + useful) return clip(title, room, style);
  return title + " " + summarise(*step, model.targets(), room - width - 1, style);
}

std::string count_text(const ProgressModel& model) {
  if (model.planned() == 0) return {};
  return std::to_string(model.settled()) + "/" + std::to_string(model.planned());
}

std::string row_text(const FleetRow& row, std::size_t name_width, Duration now,
                     const TextStyle& style) {
  std::string line = " " + glyph(row.phase, false, now, style) + " ";
  if (row.phase == StepPhase::pending) return line + clip(row.stack, name_width, style);
  line += pad_right(clip(row.stack, name_width, style), name_width) + " ";
  const std::size_t fixed = 3 + name_width + 1 + count_width + 2 + 1 + time_width;
  const std::size_t room = style.width > fixed ? style.width - fixed : 0;
  line += pad_left(count_text(row.model), count_width) + "  ";
  const std::string text =
      has_ended(row) ? clip_painted(row.ending, room, style) : doing(row, room, style);
  line += pad_right(text, room) + " ";
  return line + paint(Tone::dim, pad_left(elapsed_text(row.now), time_width), style);
}

struct Counts {
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t active = 0;
  std::size_t pending = 0;
};

Counts count(const std::vector<const FleetRow*>& rows) {
  Counts counts;
  for (const FleetRow* row : rows) {
    switch (row->phase) {
      case StepPhase::done:
        ++counts.done;
        break;
      case StepPhase::failed:
        ++counts.failed;
        break;
      case StepPhase::active:
        ++counts.active;
        break;
      case StepPhase::pending:
        ++counts.pending;
        break;
    }
  }
  return counts;
}

std::string counts_text(const Counts& counts) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t number, const char* what) {
    if (number > 0) parts.push_back(std::to_string(number) + " " + what);
  };
  add(counts.done, "done");
  add(counts.failed, "failed");
  add(counts.active, "under way");
  add(counts.pending, "waiting");
  return join(parts, ", ");
}

std::string footer(const std::vector<const FleetRow*>& rows, Duration now, const TextStyle& style) {
  const Counts counts = count(rows);
  const bool over = counts.active + counts.pending == 0;
  std::string text = "   " + counts_text(counts) + ", " + elapsed_text(now);
  if (!over) text += " so far (Ctrl-C stops safely)";
  return paint(Tone::dim, clip(text, style.width, style), style);
}

/// Those that are shown, in the order of the command line.
std::vector<const FleetRow*> most_important(const std::vector<const FleetRow*>& rows,
                                            std::size_t places,
                                            std::vector<const FleetRow*>& others) {
  std::vector<const FleetRow*> ranked = rows;
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const FleetRow* a, const FleetRow* b) { return rank(*a) < rank(*b); });
  const auto cut = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(places, ranked.size()));
  others.assign(cut, ranked.end());
  ranked.erase(cut, ranked.end());
  // All stand in one vector: their addresses are their order.
  std::sort(ranked.begin(), ranked.end());
  return ranked;
}

}  // namespace

std::vector<std::string> fleet_frame(const std::vector<FleetRow>& rows, const std::string& title,
                                     Duration now, const TextStyle& style, std::size_t height) {
  TextStyle fitted = style;
  // The last column stays free: writing into it makes some terminals wrap.
  fitted.width = std::max(style.width == 0 ? default_width : style.width, least_width) - 1;
  std::size_t name_width = 0;
  std::vector<const FleetRow*> all;
  for (const FleetRow& row : rows) {
    all.push_back(&row);
    name_width = std::max(name_width, display_width(row.stack));
  }
  name_width = std::min(name_width, widest_name);
  std::vector<const FleetRow*> shown = all;
  std::vector<const FleetRow*> others;
  if (height > 0 && rows.size() + lines_around - 1 > height) {
    shown = most_important(all, height > lines_around ? height - lines_around : 0, others);
  }
  std::vector<std::string> lines{paint(Tone::strong, clip(title, fitted.width, fitted), fitted)};
  for (const FleetRow* row : shown)
    lines.push_back(row_text(*row, name_width, now, fitted));
  if (!others.empty()) {
    const std::string text =
        "   and " + std::to_string(others.size()) + " more: " + counts_text(count(others));
    lines.push_back(paint(Tone::dim, clip(text, fitted.width, fitted), fitted));
  }
  lines.push_back(footer(all, now, fitted));
  return lines;
}

}  // namespace albatross::cli
