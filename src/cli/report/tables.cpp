#include "cli/node_text.hpp"
#include "cli/report/sections.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace albatross::cli {
namespace {

std::string percent(Duration part, Duration whole) {
  const double share = whole > Duration::zero() ? 100.0 * static_cast<double>(part.count()) /
                                                      static_cast<double>(whole.count())
                                                : 0.0;
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.0f%%", share);
  return buffer.data();
}

void begin_table(Html& html, std::string_view title, std::string_view head) {
  html.raw("<section class=\"card\"><h2>")
      .text(title)
      .raw("</h2>\n<div class=\"scroll\"><table><tr>");
  html.raw(head).raw("</tr>\n");
}

void end_table(Html& html) {
  html.raw("</table></div></section>\n");
}

/// What AWS said longest of the node between two moments.
std::string longest_state(const NodeSpan& span, const PathPiece& piece) {
  Duration longest{};
  std::string state;
  for (const WaitSpan& wait : span.waits) {
    const Duration took = std::min(wait.until, piece.until) - std::max(wait.from, piece.from);
    if (took <= longest) continue;
    longest = took;
    state = wait.state;
  }
  return state;
}

std::string reached_text(std::string_view reached) {
  if (reached == "failed") return "until it failed";
  if (reached == "unfinished") return "until the run ended";
  return "until it was " + std::string(reached);
}

void add_piece(Html& html, const PathPiece& piece, const Timeline& timeline) {
  const NodeSpan* span = piece.span ? &timeline.spans[*piece.span] : nullptr;
  html.raw("<tr><td class=\"num\">")
      .text(elapsed_text(piece.from))
      .raw("</td><td class=\"nowrap\">");
  html.text(span != nullptr ? span->node : "looking around").raw("</td><td class=\"num\">");
  html.text(elapsed_text(piece.took())).raw("</td><td><span class=\"share\" style=\"width:");
  html.text(percent(piece.took() * 2 / 3, timeline.total)).raw("\"></span> ");
  html.text(percent(piece.took(), timeline.total)).raw("</td><td>");
  const std::string state = span != nullptr ? longest_state(*span, piece) : std::string{};
  html.text(state.empty() ? "" : state + ", ").text(reached_text(piece.reached));
  html.raw("</td></tr>\n");
}

void add_wait(Html& html, const NodeSpan& span, const WaitSpan& wait) {
  html.raw("<tr><td class=\"num\">")
      .text(elapsed_text(wait.from))
      .raw("</td><td class=\"nowrap\">");
  html.text(span.node).raw("</td><td class=\"num\">");
  html.text(span_text(wait.until - wait.from)).raw("</td><td>").text(wait.state);
  if (!wait.detail.empty()) {
    html.raw(" <span class=\"dim\">").text(with_short_arns(wait.detail)).raw("</span>");
  }
  html.raw("</td></tr>\n");
}

void add_retry(Html& html, const NodeSpan& span, const RetryPoint& retry) {
  html.raw("<tr><td class=\"num\">").text(elapsed_text(retry.at)).raw("</td><td class=\"nowrap\">");
  html.text(span.node).raw("</td><td class=\"num\">").text(elapsed_text(retry.pause));
  html.raw("</td><td class=\"warn nowrap\">").text(retry.code).raw("</td><td>").text(retry.detail);
  html.raw("</td></tr>\n");
}

std::string how_text(const NodeSpan& span) {
  if (span.end == SpanEnd::kept) return "kept";
  if (span.removal)
    return span.end == SpanEnd::gone ? "removed" : "removal " + std::string(to_string(span.end));
  if (span.end == SpanEnd::failed) return "failed";
  if (span.end == SpanEnd::unfinished) return "not ready yet";
  if (span.updated) return "changed";
  if (span.adopted) return "found";
  return span.created ? "made" : "as it was";
}

void add_resource(Html& html, const NodeSpan& span) {
  const bool bad = span.end == SpanEnd::failed;
  html.raw("<tr><td class=\"nowrap\">")
      .text(span.node)
      .raw("</td><td class=\"id\">")
      .text(short_id(span.id));
  html.raw(bad ? "</td><td class=\"bad\">" : "</td><td>").text(how_text(span));
  html.raw("</td><td class=\"num\">").text(elapsed_text(span.started));
  html.raw("</td><td class=\"num\">").text(span_text(span.took())).raw("</td></tr>\n");
}

}  // namespace

void add_critical_path(Html& html, const ReportInput& input) {
  const Timeline& timeline = input.timeline;
  if (timeline.critical_path.empty()) return;
  begin_table(html, "Critical path: what decided how long it took",
              "<th class=\"num\">From</th><th>Resource</th><th class=\"num\">Took</th>"
              "<th style=\"width:28%\">Share</th><th>Waited for</th>");
  for (const PathPiece& piece : timeline.critical_path) {
    // What took no time decided nothing.
    if (piece.took() * 200 >= timeline.total) add_piece(html, piece, timeline);
  }
  end_table(html);
}

void add_waits(Html& html, const ReportInput& input) {
  using std::chrono::milliseconds;
  bool waits = false;
  bool retries = false;
  for (const NodeSpan& span : input.timeline.spans) {
    waits = waits || !span.waits.empty();
    retries = retries || !span.retries.empty();
  }
  if (retries) {
    begin_table(html, "Calls that were tried again",
                "<th class=\"num\">At</th><th>Resource</th><th class=\"num\">Pause</th>"
                "<th>Error</th><th>What AWS said</th>");
    for (const NodeSpan& span : input.timeline.spans) {
      for (const RetryPoint& retry : span.retries)
        add_retry(html, span, retry);
    }
    end_table(html);
  }
  if (!waits) return;
  begin_table(html, "Waits, and what AWS said meanwhile",
              "<th class=\"num\">From</th><th>Resource</th><th class=\"num\">For</th>"
              "<th>State</th>");
  for (const NodeSpan& span : input.timeline.spans) {
    for (const WaitSpan& wait : span.waits)
      add_wait(html, span, wait);
  }
  end_table(html);
}

void add_resources(Html& html, const ReportInput& input) {
  if (input.timeline.spans.empty()) return;
  begin_table(html, "Resources",
              "<th>Resource</th><th>Id</th><th>Result</th><th class=\"num\">Began</th>"
              "<th class=\"num\">Took</th>");
  for (const NodeSpan& span : input.timeline.spans)
    add_resource(html, span);
  end_table(html);
}

}  // namespace albatross::cli
