#include "cli/trace.hpp"

#include "cli/json_parts.hpp"
#include "cli/node_text.hpp"

#include <algorithm>
#include <set>

namespace albatross::cli {
namespace {

constexpr int path_process = 1;
constexpr int first_process = 10;

std::int64_t microseconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

/// Steps in the order of the job, removals behind them the other way round.
int process_of(const NodeSpan& span) {
  const int step = static_cast<int>(span.step);
  return first_process + (span.removal ? 2 * step_count - step : step);
}

class Trace {
 public:
  explicit Trace(const Timeline& timeline) : timeline_(timeline) {}

  std::string text() {
    name_process(path_process, "Critical path of " + timeline_.doing + " " + timeline_.stack);
    for (const PathPiece& piece : timeline_.critical_path)
      add_piece(piece);
    for (std::size_t i = 0; i < timeline_.spans.size(); ++i)
      add_span(timeline_.spans[i], static_cast<int>(i) + 1, timeline_.is_critical(i));
    return json_text(Json{{"displayTimeUnit", "ms"},
                          {"otherData",
                           {{"stack", timeline_.stack},
                            {"doing", timeline_.doing},
                            {"region", timeline_.region},
                            {"state", timeline_.state}}},
                          {"traceEvents", std::move(events_)}});
  }

 private:
  void name_process(int process, const std::string& name) {
    if (!named_.insert(process).second) return;
    events_.push_back(
        Json{{"ph", "M"}, {"pid", process}, {"name", "process_name"}, {"args", {{"name", name}}}});
    events_.push_back(Json{{"ph", "M"},
                           {"pid", process},
                           {"name", "process_sort_index"},
                           {"args", {{"sort_index", process}}}});
  }

  void slice(int process, int thread, const std::string& name, const char* category, Duration from,
             Duration until, Json arguments) {
    events_.push_back(Json{{"ph", "X"},
                           {"pid", process},
                           {"tid", thread},
                           {"name", name},
                           {"cat", category},
                           {"ts", microseconds(from)},
                           {"dur", microseconds(until) - microseconds(from)},
                           {"args", std::move(arguments)}});
  }

  void instant(int process, int thread, const std::string& name, Duration at, Json arguments) {
    events_.push_back(Json{{"ph", "i"},
                           {"s", "t"},
                           {"pid", process},
                           {"tid", thread},
                           {"name", name},
                           {"ts", microseconds(at)},
                           {"args", std::move(arguments)}});
  }

  void add_piece(const PathPiece& piece) {
    const std::string name =
        piece.span ? timeline_.spans[*piece.span].node : std::string("looking around");
    slice(path_process, 1, name, "critical", piece.from, piece.until,
          Json{{"until", piece.reached}});
  }

  void add_span(const NodeSpan& span, int thread, bool critical) {
    const int process = process_of(span);
    name_process(process, std::string(span.removal ? removal_title(span.step) : title(span.step)));
    events_.push_back(Json{{"ph", "M"},
                           {"pid", process},
                           {"tid", thread},
                           {"name", "thread_name"},
                           {"args", {{"name", span.node}}}});
    Json about{{"kind", span.kind}, {"id", span.id}, {"end", to_string(span.end)}};
    about["critical"] = critical;
    if (span.failure) about["failure"] = span.failure->text();
    slice(process, thread, span.node, critical ? "critical" : "node", span.started, span.ended,
          std::move(about));
    for (const WaitSpan& wait : span.waits) {
      const std::string name = wait.state.empty() ? "waiting" : wait.state;
      slice(process, thread, name, "wait", wait.from, wait.until, Json{{"detail", wait.detail}});
    }
    if (span.created) instant(process, thread, "created", *span.created, Json{{"id", span.id}});
    for (const RetryPoint& retry : span.retries) {
      const Duration until = std::min(retry.at + retry.pause, span.ended);
      instant(process, thread, retry.code, retry.at, Json{{"error", retry.detail}});
      slice(process, thread, "pause after " + retry.code, "retry", retry.at, until,
            Json{{"error", retry.detail}});
    }
  }

  const Timeline& timeline_;
  Json events_ = Json::array();
  std::set<int> named_;
};

}  // namespace

std::string chrome_trace(const Timeline& timeline) {
  return Trace(timeline).text();
}

}  // namespace albatross::cli
