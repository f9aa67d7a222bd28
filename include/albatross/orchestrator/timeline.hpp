#pragma once

#include "albatross/orchestrator/event.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross {

/// A stretch of a node's time in which AWS said the same of it. Times are since the start of the
/// run.
struct WaitSpan {
  Duration from{};
  Duration until{};
  /// AWS's word, and its reason.
  std::string state;
  std::string detail;
};

/// An error after which the same call was tried again.
struct RetryPoint {
  Duration at{};
  /// How long until the next try.
  Duration pause{};
  std::string code;
  std::string detail;
};

/// How a node's time ended.
enum class SpanEnd : std::uint8_t { ready, failed, gone, kept, unfinished };
/// Its name: "ready".
std::string_view to_string(SpanEnd end);

/// One node's making or removal, from the moment at which its dependencies were met.
struct NodeSpan {
  std::string node;
  std::string kind;
  std::string id;
  Step step = Step::network;
  bool removal = false;
  bool adopted = false;
  bool updated = false;
  Duration started{};
  /// When it had an id; absent when it never got one.
  std::optional<Duration> created;
  /// When it settled; else the end of what is known.
  Duration ended{};
  SpanEnd end = SpanEnd::unfinished;
  std::vector<Dependency> dependencies;
  std::vector<WaitSpan> waits;
  std::vector<RetryPoint> retries;
  std::optional<Failure> failure;

  /// From its beginning to its end, waits included.
  Duration took() const { return ended - started; }
  /// Time that was spent in pauses between tries.
  Duration paused() const;
};

/// A target's health over the run: what AWS said of it, one stretch after the other.
struct TargetHistory {
  /// As it was last.
  TargetState target;
  std::vector<WaitSpan> states;
  /// It was deregistered within the run.
  bool ended = false;
};

/// One piece of the critical path: the node that everything waited for between two moments.
struct PathPiece {
  /// Index into Timeline::spans; absent for the reads before the first change.
  std::optional<std::size_t> span;
  Duration from{};
  Duration until{};
  /// Why the next piece could begin: "created", "ready", "gone", "failed".
  std::string_view reached;

  /// Its share of the whole.
  Duration took() const { return until - from; }
};

/// A run as time: what its events say, put in order. Works on a part of a run too.
struct Timeline {
  std::string stack;
  /// "deploy", "destroy", "rollback".
  std::string doing;
  std::string account;
  std::string region;
  WallTime began{};
  Duration total{};
  /// As the run said at its end; empty when it never did.
  std::string state;
  std::optional<Failure> failure;
  /// In order of beginning.
  std::vector<NodeSpan> spans;
  std::vector<TargetHistory> targets;
  /// In order of time, without gaps.
  std::vector<PathPiece> critical_path;

  /// Is the span of that index on the critical path?
  bool is_critical(std::size_t span) const;
};

/// Pure; O(events · log nodes).
Timeline timeline_of(const std::vector<Event>& events);

}  // namespace albatross
