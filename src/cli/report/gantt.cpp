#include "cli/node_text.hpp"
#include "cli/report/sections.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace albatross::cli {
namespace {

std::string at_text(Duration at) {
  return elapsed_text(at);
}

/// "2m", "2m30s", "0.5s": without what is zero.
std::string mark_text(Duration at) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(at).count();
  if (ms % 1000 != 0) return elapsed_text(at);
  const auto seconds = ms / 1000;
  if (seconds < 60) return std::to_string(seconds) + "s";
  if (seconds % 3600 == 0) return std::to_string(seconds / 3600) + "h";
  if (seconds >= 3600) return elapsed_text(at);
  const std::string minutes = std::to_string(seconds / 60) + "m";
  return seconds % 60 == 0 ? minutes : minutes + std::to_string(seconds % 60) + "s";
}

std::string what_it_did(const NodeSpan& span) {
  std::string text = span.node + ": " + at_text(span.started) + " to " + at_text(span.ended) +
                     " (" + elapsed_text(span.took()) + ")";
  if (span.adopted) text += "\nfound";
  if (span.created && !span.adopted) text += "\nid after " + at_text(*span.created - span.started);
  for (const WaitSpan& wait : span.waits) {
    text += "\n" + elapsed_text(wait.until - wait.from) + " " + wait.state;
    if (!wait.detail.empty()) text += ": " + with_short_arns(wait.detail);
  }
  if (span.failure) text += "\n" + span.failure->text();
  return text;
}

class Gantt {
 public:
  Gantt(Html& html, const Timeline& timeline) : html_(html), timeline_(timeline) {}

  void add() {
    html_.raw("<section class=\"card\"><h2>Timeline</h2>\n");
    add_legend();
    begin_chart(html_, timeline_.total);
    add_path();
    for (int step = 0; step < step_count; ++step)
      add_group(static_cast<Step>(step), false);
    for (int step = step_count; step-- > 0;)
      add_group(static_cast<Step>(step), true);
    html_.raw("</div></section>\n");
  }

 private:
  void add_legend() {
    html_.raw(
        "<div class=\"legend\"><span><i style=\"background:var(--crit)\"></i>critical path</span>"
        "<span><i style=\"background:var(--node)\"></i>until AWS gave an id</span>"
        "<span><i style=\"background:var(--wait)\"></i>until it was usable</span>"
        "<span><i style=\"background:var(--gonewait)\"></i>removal</span>"
        "<span><i style=\"background:var(--bad);width:3px\"></i>retry</span></div>\n");
  }

  void add_path() {
    html_.raw("<div class=\"row\"><div class=\"name crit\">Critical path</div>");
    html_.raw("<div class=\"track\">");
    for (const PathPiece& piece : timeline_.critical_path) {
      const std::string name =
          piece.span ? timeline_.spans[*piece.span].node : std::string("looking around");
      const bool tight = piece.took() * 20 < timeline_.total;
      html_.raw(tight ? "<span class=\"bar piece tight\" style=\""
                      : "<span class=\"bar piece\" style=\"");
      html_.place(piece.from, piece.took(), timeline_.total).raw("\" title=\"");
      html_.text(name + ": " + elapsed_text(piece.took()) + ", until it was " +
                 std::string(piece.reached));
      html_.raw("\">").text(tight ? "" : name).raw("</span>");
    }
    html_.raw("</div></div>\n");
  }

  void add_group(Step step, bool removal) {
    bool titled = false;
    for (std::size_t i = 0; i < timeline_.spans.size(); ++i) {
      const NodeSpan& span = timeline_.spans[i];
      if (span.step != step || span.removal != removal) continue;
      if (!titled) {
        html_.raw("<div class=\"group\">").text(removal ? removal_title(step) : title(step));
        html_.raw("</div>\n");
      }
      titled = true;
      add_row(span, timeline_.is_critical(i));
    }
  }

  void add_row(const NodeSpan& span, bool critical) {
    html_.raw(critical ? "<div class=\"row\"><div class=\"name crit\" title=\""
                       : "<div class=\"row\"><div class=\"name\" title=\"");
    html_.text(span.node + " " + span.id).raw("\">").text(span.node).raw("</div>");
    html_.raw("<div class=\"track\">");
    if (span.end != SpanEnd::kept) add_bar(span, critical);
    for (const RetryPoint& retry : span.retries) {
      html_.raw("<span class=\"tick\" style=\"");
      html_.place(retry.at, Duration::zero(), timeline_.total).raw(";width:2px\" title=\"");
      html_.text(retry.detail).raw("\"></span>");
    }
    html_.raw("<span class=\"took\" style=\"");
    html_.place(span.ended, Duration::zero(), timeline_.total).raw(";width:auto\">");
    html_.text(span.end == SpanEnd::kept ? "kept" : span_text(span.took()));
    html_.raw("</span></div></div>\n");
  }

  void add_bar(const NodeSpan& span, bool critical) {
    html_.raw("<span class=\"bar");
    if (critical) html_.raw(" crit");
    if (span.removal) html_.raw(" removal");
    if (span.end == SpanEnd::failed) html_.raw(" failed");
    html_.raw("\" style=\"").place(span.started, span.took(), timeline_.total);
    html_.raw("\" title=\"").text(what_it_did(span)).raw("\">");
    const bool whole = !span.created && span.waits.empty();
    const Duration made = whole ? span.took() : span.created.value_or(span.started) - span.started;
    html_.raw("<i style=\"").place(Duration::zero(), made, span.took()).raw("\"></i></span>");
  }

  Html& html_;
  const Timeline& timeline_;
};

}  // namespace

std::string span_text(Duration took) {
  if (took >= std::chrono::milliseconds{95}) return elapsed_text(took);
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  return std::to_string(ms) + "ms";
}

Duration tick_of(Duration total) {
  using std::chrono::milliseconds;
  static constexpr std::array<int, 20> steps{
      100,    200,    500,    1000,   2000,    5000,    10000,   15000,    30000,    60000,
      120000, 300000, 600000, 900000, 1800000, 3600000, 7200000, 14400000, 28800000, 86400000};
  for (const int step : steps) {
    if (milliseconds{step} * 8 >= total) return milliseconds{step};
  }
  return milliseconds{steps.back()};
}

void begin_chart(Html& html, Duration total) {
  const Duration tick = tick_of(total);
  std::array<char, 32> share{};
  const double whole = std::max(1.0, static_cast<double>(total.count()));
  std::snprintf(share.data(), share.size(), "%.4f%%",
                100.0 * static_cast<double>(tick.count()) / whole);
  html.raw("<div class=\"gantt\" style=\"--tick:").raw(share.data()).raw("\">\n");
  html.raw("<div class=\"row axis\"><div class=\"name\"></div><div class=\"track\">");
  for (Duration at{}; at <= total; at += tick) {
    html.raw("<span style=\"").place(at, Duration::zero(), total).raw(";width:auto\">");
    html.text(mark_text(at)).raw("</span>");
  }
  html.raw("</div></div>\n");
}

void add_gantt(Html& html, const ReportInput& input) {
  if (input.timeline.spans.empty()) return;
  Gantt(html, input.timeline).add();
}

}  // namespace albatross::cli
