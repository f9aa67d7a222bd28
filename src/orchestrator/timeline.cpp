#include "albatross/orchestrator/timeline.hpp"

#include "orchestrator/critical_path.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace albatross {
namespace {

bool settles(EventType type) {
  return type == EventType::resource_ready || type == EventType::resource_failed ||
         type == EventType::resource_gone || type == EventType::resource_kept;
}

SpanEnd end_of(EventType type) {
  switch (type) {
    case EventType::resource_ready:
      return SpanEnd::ready;
    case EventType::resource_failed:
      return SpanEnd::failed;
    case EventType::resource_gone:
      return SpanEnd::gone;
    case EventType::resource_kept:
      return SpanEnd::kept;
    default:
      return SpanEnd::unfinished;
  }
}

/// The last stretch goes on while the same is said; something else begins another.
void extend(std::vector<WaitSpan>& waits, Duration at, const std::string& state,
            const std::string& detail) {
  if (!waits.empty()) waits.back().until = at;
  if (!waits.empty() && waits.back().state == state && waits.back().detail == detail) return;
  waits.push_back({at, at, state, detail});
}

class Builder {
 public:
  void add(const Event& event) {
    timeline_.total = std::max(timeline_.total, event.elapsed);
    if (timeline_.stack.empty()) timeline_.stack = event.stack;
    if (event.node.empty()) {
      add_to_run(event);
    } else if (event.type != EventType::warning) {
      add_to_node(event);
    }
    add_targets(event);
  }

  Timeline finish() {
    for (const auto& [node, index] : open_) {
      NodeSpan& span = timeline_.spans[index];
      span.ended = timeline_.total;
      if (!span.waits.empty()) span.waits.back().until = timeline_.total;
    }
    for (TargetHistory& history : timeline_.targets) {
      if (!history.ended) history.states.back().until = timeline_.total;
    }
    timeline_.critical_path = critical_path(timeline_);
    return std::move(timeline_);
  }

 private:
  void add_to_run(const Event& event) {
    if (event.type == EventType::run_started) {
      timeline_.doing = event.detail;
      timeline_.began = event.at - std::chrono::duration_cast<WallTime::duration>(event.elapsed);
    } else if (event.type == EventType::plan_ready) {
      timeline_.account = event.account;
      timeline_.region = event.region;
    } else if (event.type == EventType::rollback_started) {
      give_up_open_spans(event.elapsed);
    } else if (event.type == EventType::run_finished) {
      timeline_.state = event.state;
      timeline_.failure = event.failure;
    }
  }

  /// What was under way when something else failed was cancelled with it.
  void give_up_open_spans(Duration at) {
    const std::map<std::string, std::size_t> open = open_;
    for (const auto& [node, index] : open)
      close(index, at, SpanEnd::unfinished);
  }

  NodeSpan& span_for(const Event& event) {
    const bool begins =
        event.type == EventType::resource_started || event.type == EventType::resource_destroying;
    const auto known = open_.find(event.node);
    if (known != open_.end() && !begins) return timeline_.spans[known->second];
    if (known != open_.end()) close(known->second, event.elapsed, SpanEnd::unfinished);
    open_[event.node] = timeline_.spans.size();
    NodeSpan& span = timeline_.spans.emplace_back();
    span.node = event.node;
    span.started = event.elapsed;
    span.step = event.step;
    span.removal = event.type == EventType::resource_destroying ||
                   event.type == EventType::resource_kept || event.type == EventType::resource_gone;
    return span;
  }

  void close(std::size_t index, Duration at, SpanEnd end) {
    NodeSpan& span = timeline_.spans[index];
    span.ended = at;
    span.end = end;
    if (!span.waits.empty()) span.waits.back().until = at;
    open_.erase(span.node);
  }

  void add_to_node(const Event& event) {
    NodeSpan& span = span_for(event);
    if (!event.kind.empty()) span.kind = event.kind;
    if (!event.id.empty()) span.id = event.id;
    if (!event.dependencies.empty()) span.dependencies = event.dependencies;
    if (event.failure) span.failure = event.failure;
    switch (event.type) {
      case EventType::resource_adopted:
        span.adopted = true;
        [[fallthrough]];
      case EventType::resource_created:
        if (!span.created) span.created = event.elapsed;
        break;
      case EventType::resource_updated:
        span.updated = true;
        break;
      case EventType::waiting:
        extend(span.waits, event.elapsed, event.state, event.detail);
        break;
      case EventType::retrying:
        span.retries.push_back({event.elapsed, event.pause, event.state, event.detail});
        break;
      default:
        break;
    }
    if (event.type == EventType::resource_gone && event.kind == "registration") end_targets(event);
    if (settles(event.type)) close(open_.at(event.node), event.elapsed, end_of(event.type));
  }

  /// Targets whose registration is gone are targets no more: "registration.n8n" was n8n's.
  void end_targets(const Event& event) {
    for (TargetHistory& history : timeline_.targets) {
      if (history.ended || event.node != "registration." + history.target.service) continue;
      history.states.back().until = event.elapsed;
      history.ended = true;
    }
  }

  void add_targets(const Event& event) {
    for (const TargetState& target : event.targets) {
      const auto key = std::tuple(target.service, target.instance_id, target.port);
      const auto [place, fresh] = targets_.emplace(key, timeline_.targets.size());
      if (fresh) timeline_.targets.emplace_back();
      TargetHistory& history = timeline_.targets[place->second];
      history.target = target;
      history.ended = false;
      std::string why = target.reason;
      if (!target.description.empty()) why += (why.empty() ? "" : ": ") + target.description;
      extend(history.states, event.elapsed, target.state, why);
    }
  }

  Timeline timeline_;
  /// The span of each node that has not settled.
  std::map<std::string, std::size_t> open_;
  std::map<std::tuple<std::string, std::string, int>, std::size_t> targets_;
};

}  // namespace

std::string_view to_string(SpanEnd end) {
  switch (end) {
    case SpanEnd::ready:
      return "ready";
    case SpanEnd::failed:
      return "failed";
    case SpanEnd::gone:
      return "gone";
    case SpanEnd::kept:
      return "kept";
    case SpanEnd::unfinished:
      return "unfinished";
  }
  return "";
}

Duration NodeSpan::paused() const {
  Duration sum{};
  for (const RetryPoint& retry : retries)
    sum += std::min(retry.pause, ended - retry.at);
  return sum;
}

bool Timeline::is_critical(std::size_t span) const {
  return std::any_of(critical_path.begin(), critical_path.end(),
                     [span](const PathPiece& piece) { return piece.span == span; });
}

Timeline timeline_of(const std::vector<Event>& events) {
  Builder builder;
  for (const Event& event : events)
    builder.add(event);
  return builder.finish();
}

}  // namespace albatross
