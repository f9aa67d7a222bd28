#include "cli/live_frame.hpp"

#include "cli/glyphs.hpp"
#include "cli/node_text.hpp"
#include "cli/step_summary.hpp"
#include "cli/target_lines.hpp"

#include <algorithm>
#include <utility>

namespace albatross::cli {
namespace {

constexpr std::size_t title_width = 30;  // "Waiting for healthy targets..."
constexpr std::size_t time_width = 7;
/// From here on there is room for the usual time beside the step's own; else it stands beneath.
constexpr std::size_t wide = 108;
constexpr std::size_t usual_width = 28;
constexpr std::size_t details_per_step = 6;
constexpr std::size_t details_of_health = 14;
constexpr std::size_t default_width = 80;
constexpr std::string_view detail_indent = "      ";

/// How much a line matters when there is no room for all.
enum class Weight : std::uint8_t { detail, quiet_step, step, frame };

struct Line {
  std::string text;
  Weight weight = Weight::frame;
};

/// The title gives way where there is hardly room for it, and what stands beside it before that.
struct Columns {
  std::size_t title = 0;
  std::size_t summary = 0;
};

/// What a frame is made from, besides the step at hand.
struct Scene {
  const ProgressModel& model;
  const Expectations& expectations;
  Duration now{};
  const TextStyle& style;
};

Columns columns_of(std::size_t width) {
  if (width >= wide) width -= usual_width;
  constexpr std::size_t fixed = 3 + 1 + time_width;
  constexpr std::size_t useful_summary = 8;
  Columns columns;
  columns.title = std::min(title_width, width - fixed);
  const std::size_t used = fixed + columns.title + 1;
  if (width >= used + useful_summary) columns.summary = width - used;
  return columns;
}

/// "usually 1m50s–2m30s", while the step is under way.
std::string usual_of(const StepProgress& step, const std::optional<UsualTime>& usual,
                     const Scene& scene) {
  if (!usual || step.phase() != StepPhase::active || scene.model.finished()) return {};
  const std::string text = "usually " + usual_text(*usual, scene.style.unicode);
  if (is_slow(usual, step, scene.now)) return paint(Tone::warn, "slow: " + text, scene.style);
  return paint(Tone::dim, text, scene.style);
}

std::string step_line(const StepProgress& step, std::string_view title, const std::string& usual,
                      const Scene& scene) {
  const auto& [model, expectations, now, style] = scene;
  const Columns columns = columns_of(style.width);
  const std::string shown_title = clip(title, columns.title, style);
  std::string line = " " + glyph(step.phase(), model.finished(), now, style) + " ";
  if (step.phase() == StepPhase::pending) return line + paint(Tone::dim, shown_title, style);
  line += pad_right(shown_title, columns.title);
  if (columns.summary > 0) {
    const std::string summary = summarise(step, model.targets(), columns.summary, style);
    line += " " + pad_right(summary, columns.summary);
  }
  const std::string time = pad_left(elapsed_text(step.elapsed(now)), time_width);
  line += " " + paint(Tone::dim, time, style);
  return style.width >= wide && !usual.empty() ? line + "   " + usual : line;
}

std::vector<std::string> details_of(const StepProgress& step, const Scene& scene) {
  const ProgressModel& model = scene.model;
  std::vector<std::string> details;
  for (const NodeProgress& node : step.nodes) {
    if (node.phase == NodePhase::ready || node.phase == NodePhase::gone) continue;
    const std::string& text = node.trouble.empty() ? node.detail : node.trouble;
    if (step.step == Step::health && node.trouble.empty()) continue;
    if (!text.empty()) details.push_back(node.node + "  " + with_short_arns(one_line(text)));
  }
  if (step.step == Step::health && step.phase() != StepPhase::done) {
    const std::size_t room = scene.style.width - detail_indent.size();
    for (std::string& line : target_lines(model.targets(), room, scene.style))
      details.push_back(std::move(line));
  }
  return details;
}

void add_details(std::vector<Line>& lines, const std::vector<std::string>& details,
                 std::size_t limit, Tone tone, const TextStyle& style) {
  const std::size_t room = style.width - detail_indent.size();
  const auto add = [&](const std::string& text) {
    const std::string line =
        std::string(detail_indent) + paint(tone, clip(text, room, style), style);
    lines.push_back({line, Weight::detail});
  };
  for (std::size_t i = 0; i < details.size(); ++i) {
    if (i + 1 == limit && details.size() > limit) {
      add("and " + std::to_string(details.size() - i) + " more");
      return;
    }
    add(details[i]);
  }
}

void add_step(std::vector<Line>& lines, const StepProgress& step, std::string_view title,
              const std::optional<UsualTime>& usually, const Scene& scene) {
  if (step.nodes.empty() && step.planned == 0) return;
  const std::string usual = usual_of(step, usually, scene);
  const StepPhase phase = step.phase();
  const bool quiet = phase == StepPhase::pending || phase == StepPhase::done;
  lines.push_back(
      {step_line(step, title, usual, scene), quiet ? Weight::quiet_step : Weight::step});
  if (scene.style.width < wide && !usual.empty()) {
    lines.push_back({std::string(detail_indent) + usual, Weight::detail});
  }
  const Tone tone = phase == StepPhase::failed ? Tone::bad : Tone::dim;
  const std::size_t limit = step.step == Step::health ? details_of_health : details_per_step;
  add_details(lines, details_of(step, scene), limit, tone, scene.style);
}

/// As much as fits of "(account 1234…, 27 resources, about 3m20s)".
std::string header(const std::string& title, const Scene& scene) {
  const auto& [model, expectations, now, style] = scene;
  std::vector<std::string> facts;
  if (!model.account().empty()) {
    facts.push_back("account " + model.account().substr(0, 4) + (style.unicode ? "…" : ".."));
  }
  if (model.planned() > 0) {
    facts.push_back(counted(static_cast<std::size_t>(model.planned()), "resource"));
  }
  if (expectations.total) facts.push_back("about " + rough_text(*expectations.total));
  std::string text = title;
  for (; !facts.empty(); facts.erase(facts.begin())) {
    text = title + " (" + join(facts, ", ") + ")";
    if (display_width(text) <= style.width) break;
    text = title;
  }
  return paint(Tone::strong, clip(text, style.width, style), style);
}

std::string footer(const Scene& scene) {
  const auto& [model, expectations, now, style] = scene;
  const char* settled = model.doing() == "deploy" ? " ready" : " gone";
  std::string text = "   ";
  if (model.planned() > 0) {
    text +=
        std::to_string(model.settled()) + " of " + std::to_string(model.planned()) + settled + ", ";
  }
  const bool in_time = expectations.total && now < *expectations.total && !model.rolling_back();
  text += elapsed_text(now);
  text += in_time ? " of about " + rough_text(*expectations.total) : " so far";
  const std::string with_advice = text + " (Ctrl-C stops safely)";
  if (display_width(with_advice) <= style.width) text = with_advice;
  return paint(Tone::dim, clip(text, style.width, style), style);
}

void drop(std::vector<Line>& lines, Weight weight, std::size_t height) {
  for (auto line = lines.end(); line != lines.begin() && lines.size() > height;) {
    --line;
    if (line->weight == weight) line = lines.erase(line);
  }
}

std::vector<Line> all_lines(const std::string& title, const Scene& scene) {
  const auto& [model, expectations, now, style] = scene;
  std::vector<Line> lines;
  lines.push_back({header(title, scene), Weight::frame});
  for (std::size_t i = 0; i < step_count; ++i) {
    const StepProgress& step = model.building()[i];
    add_step(lines, step, albatross::title(step.step), expectations.building[i], scene);
  }
  if (model.rolling_back()) {
    const std::string text = one_line("Rolling back: " + model.rollback_reason());
    lines.push_back({paint(Tone::warn, clip(text, style.width, style), style), Weight::frame});
  }
  for (std::size_t i = step_count; i-- > 0;) {
    const StepProgress& step = model.removing()[i];
    add_step(lines, step, removal_title(step.step), expectations.removing[i], scene);
  }
  if (!model.finished()) lines.push_back({footer(scene), Weight::frame});
  return lines;
}

}  // namespace

std::vector<std::string> live_frame(const ProgressModel& model, const std::string& title,
                                    Duration now, const TextStyle& style, std::size_t height,
                                    const Expectations& expectations) {
  TextStyle fitted = style;
  // The last column stays free: writing into it makes some terminals wrap.
  fitted.width = std::max<std::size_t>(style.width == 0 ? default_width : style.width, 21) - 1;
  std::vector<Line> lines = all_lines(title, {model, expectations, now, fitted});
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
