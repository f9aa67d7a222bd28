#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/exit_code.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace albatross::cli {

/// What a run is: the first line of its event stream.
struct RunHeader {
  /// Counts a stack's runs from 1; 0: not kept.
  int run = 0;
  std::string stack;
  /// "deploy", "destroy", "rollback".
  std::string doing;
  std::string region;
  /// "alice on build-3".
  std::string by;
  /// Of albatross.
  std::string version;
  WallTime at{};
};

/// Something that should be gone and is not.
struct LeftResource {
  std::string node;
  std::string id;
  Failure failure;
};

/// How a run ended: the last line of its event stream.
struct RunEnding {
  Duration elapsed{};
  /// "done", "failed", "left_behind", "interrupted".
  std::string outcome;
  ExitCode exit_code = ExitCode::failed;
  std::string dns_name;
  /// By service; a service may have several.
  std::vector<std::pair<std::string, std::string>> urls;
  std::optional<Failure> failure;
  std::vector<LeftResource> left;
  /// Nodes that this run removed.
  std::vector<std::string> removed;
  /// After a removal: what AWS and the records say is there.
  std::optional<Receipt> receipt;
  std::vector<std::string> warnings;
  /// Nodes that are there now.
  std::vector<std::string> resources;
};

/// A run as it was kept: complete, or as far as it came.
struct RunRecord {
  RunHeader header;
  std::vector<Event> events;
  /// Absent when the program ended without a word.
  std::optional<RunEnding> ending;
  /// The run's process is still at it.
  bool under_way = false;
};

RunEnding ending_of(const RunResult& result, ExitCode exit_code, Duration elapsed);
/// A run that could not begin or ended by an exception.
RunEnding ending_of(const Failure& failure, ExitCode exit_code, Duration elapsed);

}  // namespace albatross::cli
