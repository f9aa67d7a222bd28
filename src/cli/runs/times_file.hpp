#pragma once

#include "cli/runs/usual_times.hpp"

#include <string>

namespace albatross::cli {

/// Where the times of earlier runs are kept: a line a run, the last few hundred, for the owner
/// only.
class TimesFile {
 public:
  static constexpr std::size_t kept_lines = 200;

  explicit TimesFile(std::string path) : path_(std::move(path)) {}

  /// Nothing when there is no such file, or lines that cannot be read.
  UsualTimes load() const;
  /// One write, so that runs that end at the same time do not mix. Trouble is not worth a word: it
  /// costs an estimate.
  void add(const RunTimes& times) const;

 private:
  void drop_old_lines() const;

  std::string path_;
};

}  // namespace albatross::cli
