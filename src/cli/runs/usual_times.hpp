#pragma once

#include "cli/progress_model.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::cli {

/// How long one run's steps took, and the run as a whole: what later runs learn from.
struct RunTimes {
  std::string region;
  /// "deploy", "destroy".
  std::string doing;
  /// Which steps it had, one character each: like is compared with like.
  std::string shape;
  /// Absent: it had no such step, or that did not do all of its work.
  std::array<std::optional<Duration>, step_count> steps;
  Duration total{};
};

/// From so long to so long, and what only the slowest twentieth took.
struct UsualTime {
  Duration from{};
  Duration to{};
  /// Absent while too few runs are known to tell.
  std::optional<Duration> slowest;
};

/// "1m50s–2m30s", "about 2m".
std::string usual_text(const UsualTime& usual, bool unicode);
/// To whole seconds (five from a minute on): an estimate should not look like a measurement.
std::string rough_text(Duration duration);

/// What this user's earlier runs took. Pure.
class UsualTimes {
 public:
  void add(const RunTimes& run);

  /// Nothing while fewer than three runs are known.
  std::optional<UsualTime> of_step(const std::string& region, const std::string& doing,
                                   Step step) const;
  /// The middle one of the runs that had the same steps.
  std::optional<Duration> of_run(const std::string& region, const std::string& doing,
                                 const std::string& shape) const;

 private:
  std::map<std::string, std::vector<Duration>> samples_;
};

/// Which steps a plan has.
std::string shape_of(const ProgressModel& model);

/// What a finished run teaches; nothing when it failed, or found what it was to make: such runs say
/// nothing of how long the work takes.
std::optional<RunTimes> times_of(const ProgressModel& model, const std::string& region,
                                 Duration total);

/// One line of JSON, and back.
std::string times_line(const RunTimes& times);
std::optional<RunTimes> read_times(std::string_view line);

}  // namespace albatross::cli
