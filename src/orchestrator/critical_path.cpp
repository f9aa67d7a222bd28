#include "orchestrator/critical_path.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace albatross {
namespace {

/// What let another span begin, and when.
struct Release {
  std::size_t span = 0;
  Duration at{};
  std::string_view reached;
};

class Walk {
 public:
  explicit Walk(const Timeline& timeline) : timeline_(timeline) {
    for (std::size_t i = 0; i < timeline.spans.size(); ++i)
      by_node_[timeline.spans[i].node].push_back(i);
  }

  std::vector<PathPiece> back_from_the_end() const {
    std::vector<PathPiece> pieces;
    std::optional<Release> next = last_to_settle();
    while (next) {
      const NodeSpan& span = timeline_.spans[next->span];
      pieces.push_back({next->span, span.started, next->at, next->reached});
      const Duration began = span.started;
      next = released_by(next->span);
      // Between a milestone and the next node's beginning nothing happens but bookkeeping.
      if (next) pieces.back().from = std::min(next->at, began);
    }
    if (!pieces.empty() && pieces.back().from > Duration::zero()) {
      pieces.push_back({std::nullopt, Duration::zero(), pieces.back().from, "ready"});
    }
    std::reverse(pieces.begin(), pieces.end());
    return pieces;
  }

 private:
  std::optional<Release> last_to_settle() const {
    std::optional<Release> last;
    for (std::size_t i = 0; i < timeline_.spans.size(); ++i) {
      const NodeSpan& span = timeline_.spans[i];
      if (span.end == SpanEnd::kept) continue;
      if (!last || span.ended > last->at) last = Release{i, span.ended, to_string(span.end)};
    }
    return last;
  }

  /// The dependency whose milestone came last; for the first removal of a failed deployment, what
  /// had failed.
  std::optional<Release> released_by(std::size_t index) const {
    const NodeSpan& span = timeline_.spans[index];
    std::optional<Release> last;
    for (const Dependency& dependency : span.dependencies) {
      const std::optional<Release> met = milestone(index, dependency);
      if (met && (!last || met->at > last->at)) last = met;
    }
    if (!last && span.removal) last = last_built_before(index);
    return last;
  }

  std::optional<Release> milestone(std::size_t of, const Dependency& dependency) const {
    const auto known = by_node_.find(dependency.node);
    if (known == by_node_.end()) return std::nullopt;
    const NodeSpan& waiting = timeline_.spans[of];
    std::optional<Release> last;
    for (const std::size_t index : known->second) {
      const NodeSpan& span = timeline_.spans[index];
      if (index >= of || span.removal != waiting.removal) continue;
      const bool by_id = !span.removal && dependency.milestone == Milestone::created;
      const Duration at = by_id ? span.created.value_or(span.ended) : span.ended;
      if (at <= waiting.started) last = Release{index, at, by_id ? "created" : to_string(span.end)};
    }
    return last;
  }

  std::optional<Release> last_built_before(std::size_t of) const {
    const Duration by = timeline_.spans[of].started;
    std::optional<Release> last;
    bool failed = false;
    for (std::size_t i = 0; i < of; ++i) {
      const NodeSpan& span = timeline_.spans[i];
      if (span.removal || span.ended > by || span.end == SpanEnd::unfinished) continue;
      if (failed && span.end != SpanEnd::failed) continue;
      // A failure is what a rollback follows, whatever else ended meanwhile.
      const bool first_failure = span.end == SpanEnd::failed && !failed;
      if (!last || first_failure || span.ended > last->at) {
        last = Release{i, span.ended, to_string(span.end)};
      }
      failed = failed || first_failure;
    }
    return last;
  }

  const Timeline& timeline_;
  std::map<std::string, std::vector<std::size_t>> by_node_;
};

}  // namespace

std::vector<PathPiece> critical_path(const Timeline& timeline) {
  return Walk(timeline).back_from_the_end();
}

}  // namespace albatross
