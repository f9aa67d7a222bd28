#include "cli/runs/usual_times.hpp"

#include "cli/json_parts.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <cmath>

namespace albatross::cli {
namespace {

constexpr std::size_t enough_for_a_range = 3;
constexpr std::size_t enough_for_a_warning = 5;
/// What is shorter is over before anybody wonders.
constexpr Duration worth_a_word = std::chrono::seconds{2};

/// Between the two samples that are nearest.
Duration quantile(std::vector<Duration> samples, double share) {
  std::sort(samples.begin(), samples.end());
  const double place = share * static_cast<double>(samples.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, samples.size() - 1);
  const double part = place - static_cast<double>(below);
  const auto gap = static_cast<double>((samples[above] - samples[below]).count());
  return samples[below] + Duration{std::llround(part * gap)};
}

std::string step_key(const std::string& region, const std::string& doing, Step step) {
  return region + " " + doing + " " + std::string(to_string(step));
}

std::string run_key(const std::string& region, const std::string& doing, const std::string& shape) {
  return region + " " + doing + " = " + shape;
}

const std::array<StepProgress, step_count>& steps_of(const ProgressModel& model) {
  return model.doing() == "deploy" ? model.building() : model.removing();
}

/// Did it all itself: nothing was there before, nothing failed.
bool did_its_work(const StepProgress& step, bool deploying) {
  if (step.phase() != StepPhase::done) return false;
  return std::all_of(step.nodes.begin(), step.nodes.end(), [&](const NodeProgress& node) {
    if (!deploying) return node.phase == NodePhase::gone || node.phase == NodePhase::kept;
    return node.created || node.adopted || step.step == Step::health;
  });
}

}  // namespace

std::string rough_text(Duration duration) {
  auto seconds = std::chrono::round<std::chrono::seconds>(duration).count();
  if (seconds < 60) return std::to_string(seconds) + "s";
  seconds = (seconds + 2) / 5 * 5;
  if (seconds >= 3600) return elapsed_text(std::chrono::seconds{seconds});
  const std::string minutes = std::to_string(seconds / 60) + "m";
  const auto rest = seconds % 60;
  if (rest == 0) return minutes;
  return minutes + (rest < 10 ? "0" : "") + std::to_string(rest) + "s";
}

std::string usual_text(const UsualTime& usual, bool unicode) {
  const std::string from = rough_text(usual.from);
  const std::string to = rough_text(usual.to);
  if (from == to) return "about " + to;
  return from + (unicode ? "–" : "-") + to;
}

void UsualTimes::add(const RunTimes& run) {
  for (std::size_t i = 0; i < run.steps.size(); ++i) {
    if (!run.steps[i]) continue;
    samples_[step_key(run.region, run.doing, static_cast<Step>(i))].push_back(*run.steps[i]);
  }
  samples_[run_key(run.region, run.doing, run.shape)].push_back(run.total);
}

std::optional<UsualTime> UsualTimes::of_step(const std::string& region, const std::string& doing,
                                             Step step) const {
  const auto known = samples_.find(step_key(region, doing, step));
  if (known == samples_.end() || known->second.size() < enough_for_a_range) return std::nullopt;
  UsualTime usual{quantile(known->second, 0.1), quantile(known->second, 0.9), std::nullopt};
  if (usual.to < worth_a_word) return std::nullopt;
  if (known->second.size() >= enough_for_a_warning) usual.slowest = quantile(known->second, 0.95);
  return usual;
}

std::optional<Duration> UsualTimes::of_run(const std::string& region, const std::string& doing,
                                           const std::string& shape) const {
  const auto known = samples_.find(run_key(region, doing, shape));
  if (known == samples_.end()) return std::nullopt;
  return quantile(known->second, 0.5);
}

std::string shape_of(const ProgressModel& model) {
  std::string shape;
  for (const StepProgress& step : steps_of(model))
    shape += step.planned > 0 ? 'x' : '-';
  return shape;
}

std::optional<RunTimes> times_of(const ProgressModel& model, const std::string& region,
                                 Duration total) {
  const bool deploying = model.doing() == "deploy";
  if (!model.finished() || model.changes() == 0 || (deploying && model.rolling_back())) {
    return std::nullopt;
  }
  RunTimes times{region, model.doing(), shape_of(model), {}, total};
  bool whole = true;
  const auto& steps = steps_of(model);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].nodes.empty()) continue;
    if (did_its_work(steps[i], deploying)) {
      times.steps[i] = steps[i].elapsed(total);
    } else {
      whole = false;
    }
  }
  if (!whole) return std::nullopt;
  return times;
}

std::string times_line(const RunTimes& times) {
  Json steps = Json::object();
  for (std::size_t i = 0; i < times.steps.size(); ++i) {
    if (!times.steps[i]) continue;
    steps[std::string(to_string(static_cast<Step>(i)))] = seconds_json(*times.steps[i]);
  }
  return json_text(Json{{"region", times.region},
                        {"doing", times.doing},
                        {"shape", times.shape},
                        {"total", seconds_json(times.total)},
                        {"steps", std::move(steps)}});
}

std::optional<RunTimes> read_times(std::string_view line) {
  const Json object = Json::parse(line, nullptr, false);
  if (!object.is_object() || text_in(object, "doing").empty()) return std::nullopt;
  RunTimes times{text_in(object, "region"),
                 text_in(object, "doing"),
                 text_in(object, "shape"),
                 {},
                 duration_in(object, "total")};
  const auto steps = object.find("steps");
  if (steps == object.end() || !steps->is_object()) return times;
  for (std::size_t i = 0; i < times.steps.size(); ++i) {
    const std::string name(to_string(static_cast<Step>(i)));
    if (steps->contains(name)) times.steps[i] = duration_in(*steps, name.c_str());
  }
  return times;
}

}  // namespace albatross::cli
