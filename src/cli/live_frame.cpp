#include "cli/live_frame.hpp"

#include "cli/node_text.hpp"
#include "cli/step_summary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace albatross::cli {
namespace {

constexpr std::size_t title_width = 30;  // "Waiting for healthy targets..."
constexpr std::size_t time_width = 7;
constexpr std::size_t details_per_step = 6;
constexpr std::size_t default_width = 80;
constexpr std::string_view detail_indent = "      ";

/// How much a line matters when there is no room for all.
enum class Weight : std::uint8_t { detail, quiet_step, step, frame };

struct Line {
  std::string text;
  Weight weight = Weight::frame;
};

std::string moving_glyph(Duration now, const TextStyle& style) {
  static constexpr std::array<std::string_view, 4> circle{"◐", "◓", "◑", "◒"};
  static constexpr std::array<std::string_view, 4> ascii{"|", "/", "-", "\\"};
  const auto turn = static_cast<std::size_t>(now / std::chrono::milliseconds{200}) % 4;
  return paint(Tone::warn, style.unicode ? circle[turn] : ascii[turn], style);
}

std::string glyph(const StepProgress& step, const ProgressModel& model, Duration now,
                  const TextStyle& style) {
  switch (step.phase()) {
    case StepPhase::pending:
      return paint(Tone::dim, style.unicode ? "·" : ".", style);
    case StepPhase::done:
      return paint(Tone::good, style.unicode ? "✔" : "+", style);
    case StepPhase::failed:
      return paint(Tone::bad, style.unicode ? "✖" : "x", style);
    case StepPhase::active:
      break;
  }
  // Nothing moves any more once the run is over.
  if (model.finished()) return paint(Tone::warn, style.unicode ? "◌" : "-", style);
  return moving_glyph(now, style);
}

/// The title gives way where there is hardly room for it, and what stands beside it before that.
struct Columns {
  std::size_t title = 0;
  std::size_t summary = 0;
};

Columns columns_of(std::size_t width) {
  constexpr std::size_t fixed = 3 + 1 + time_width;
  constexpr std::size_t useful_summary = 8;
  Columns columns;
  columns.title = std::min(title_width, width - fixed);
  const std::size_t used = fixed + columns.title + 1;
  if (width >= used + useful_summary) columns.summary = width - used;
  return columns;
}

std::string step_line(const StepProgress& step, std::string_view title, const ProgressModel& model,
                      Duration now, const TextStyle& style) {
  const Columns columns = columns_of(style.width);
  const std::string shown_title = clip(title, columns.title, style);
  std::string line = " " + glyph(step, model, now, style) + " ";
  if (step.phase() == StepPhase::pending) return line + paint(Tone::dim, shown_title, style);
  line += pad_right(shown_title, columns.title);
  if (columns.summary > 0) {
    const std::string summary = summarise(step, model.targets(), columns.summary, style);
    line += " " + pad_right(summary, columns.summary);
  }
  const std::string time = pad_left(elapsed_text(step.elapsed(now)), time_width);
  return line + " " + paint(Tone::dim, time, style);
}

std::string target_text(const TargetState& target, bool abbreviate, bool unicode) {
  const std::string id = abbreviate ? abbreviated(target.instance_id, unicode) : target.instance_id;
  std::string text = target.service + "  " + label(target.instance_node) + " " + id + ":" +
                     std::to_string(target.port) + "  " + target.state;
  if (!target.reason.empty()) text += "  " + one_line(target.reason);
  if (!target.description.empty()) text += ": " + one_line(target.description);
  return text;
}

std::string target_line(const TargetState& target, const TextStyle& style) {
  std::string text = target_text(target, false, style.unicode);
  const bool fits = detail_indent.size() + display_width(text) <= style.width;
  return fits ? text : target_text(target, true, style.unicode);
}

std::vector<std::string> details_of(const StepProgress& step, const ProgressModel& model,
                                    const TextStyle& style) {
  std::vector<std::string> details;
  for (const NodeProgress& node : step.nodes) {
    if (node.phase == NodePhase::ready || node.phase == NodePhase::gone) continue;
    const std::string& text = node.trouble.empty() ? node.detail : node.trouble;
    if (step.step == Step::health && node.trouble.empty()) continue;
    if (!text.empty()) details.push_back(node.node + "  " + with_short_arns(one_line(text)));
  }
  if (step.step == Step::health && step.phase() != StepPhase::done) {
    for (const TargetState& target : model.targets()) {
      if (!is_healthy(target)) details.push_back(target_line(target, style));
    }
  }
  return details;
}

void add_details(std::vector<Line>& lines, const std::vector<std::string>& details, Tone tone,
                 const TextStyle& style) {
  const std::size_t room = style.width - detail_indent.size();
  const auto add = [&](const std::string& text) {
    const std::string line =
        std::string(detail_indent) + paint(tone, clip(text, room, style), style);
    lines.push_back({line, Weight::detail});
  };
  for (std::size_t i = 0; i < details.size(); ++i) {
    if (i + 1 == details_per_step && details.size() > details_per_step) {
      add("and " + std::to_string(details.size() - i) + " more");
      return;
    }
    add(details[i]);
  }
}

void add_step(std::vector<Line>& lines, const StepProgress& step, std::string_view title,
              const ProgressModel& model, Duration now, const TextStyle& style) {
  if (step.nodes.empty() && step.planned == 0) return;
  const StepPhase phase = step.phase();
  const bool quiet = phase == StepPhase::pending || phase == StepPhase::done;
  lines.push_back(
      {step_line(step, title, model, now, style), quiet ? Weight::quiet_step : Weight::step});
  const Tone tone = phase == StepPhase::failed ? Tone::bad : Tone::dim;
  add_details(lines, details_of(step, model, style), tone, style);
}

std::string header(const ProgressModel& model, const std::string& title, const TextStyle& style) {
  std::string text = title;
  if (model.planned() > 0) {
    text += " (" + counted(static_cast<std::size_t>(model.planned()), "resource") + ")";
  }
  return paint(Tone::strong, clip(text, style.width, style), style);
}

std::string footer(const ProgressModel& model, Duration now, const TextStyle& style) {
  const char* settled = model.doing() == "deploy" ? " ready" : " gone";
  std::string text = "   ";
  if (model.planned() > 0) {
    text +=
        std::to_string(model.settled()) + " of " + std::to_string(model.planned()) + settled + ", ";
  }
  text += elapsed_text(now) + " so far (Ctrl-C stops safely)";
  return paint(Tone::dim, clip(text, style.width, style), style);
}

void drop(std::vector<Line>& lines, Weight weight, std::size_t height) {
  for (auto line = lines.end(); line != lines.begin() && lines.size() > height;) {
    --line;
    if (line->weight == weight) line = lines.erase(line);
  }
}

std::vector<Line> all_lines(const ProgressModel& model, const std::string& title, Duration now,
                            const TextStyle& style) {
  std::vector<Line> lines;
  lines.push_back({header(model, title, style), Weight::frame});
  for (const StepProgress& step : model.building()) {
    add_step(lines, step, albatross::title(step.step), model, now, style);
  }
  if (model.rolling_back()) {
    const std::string text = one_line("Rolling back: " + model.rollback_reason());
    lines.push_back({paint(Tone::warn, clip(text, style.width, style), style), Weight::frame});
  }
  const auto& removing = model.removing();
  for (auto step = removing.rbegin(); step != removing.rend(); ++step) {
    add_step(lines, *step, removal_title(step->step), model, now, style);
  }
  if (!model.finished()) lines.push_back({footer(model, now, style), Weight::frame});
  return lines;
}

}  // namespace

std::vector<std::string> live_frame(const ProgressModel& model, const std::string& title,
                                    Duration now, const TextStyle& style, std::size_t height) {
  TextStyle fitted = style;
  // The last column stays free: writing into it makes some terminals wrap.
  fitted.width = std::max<std::size_t>(style.width == 0 ? default_width : style.width, 21) - 1;
  std::vector<Line> lines = all_lines(model, title, now, fitted);
  if (height > 0) {
    for (const Weight weight : {Weight::detail, Weight::quiet_step, Weight::step, Weight::frame}) {
      drop(lines, weight, height);
    }
  }
  std::vector<std::string> out;
  for (Line& line : lines)
    out.push_back(std::move(line.text));
  return out;
}

}  // namespace albatross::cli
