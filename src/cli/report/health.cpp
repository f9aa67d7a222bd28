#include "cli/node_text.hpp"
#include "cli/report/sections.hpp"
#include "cli/text.hpp"

namespace albatross::cli {
namespace {

void add_legend(Html& html) {
  html.raw("<div class=\"legend\">");
  for (const char* state : {"initial", "healthy", "unhealthy", "draining", "unused"}) {
    html.raw("<span><i class=\"").raw(state).raw("\"></i>").raw(state).raw("</span>");
  }
  html.raw("</div>\n");
}

/// AWS's word, when it is one that has a color.
std::string color_of(const std::string& state) {
  for (const char* known :
       {"initial", "healthy", "unhealthy", "draining", "unused", "unavailable"}) {
    if (state == known) return state;
  }
  return "unavailable";
}

void add_history(Html& html, const TargetHistory& history, Duration total) {
  const TargetState& target = history.target;
  const std::string name = target.service + " " + label(target.instance_node);
  const std::string full =
      target.service + " on " + target.instance_id + ":" + std::to_string(target.port);
  html.raw("<div class=\"row\"><div class=\"name\" title=\"").text(full).raw("\">");
  html.text(name + ":" + std::to_string(target.port)).raw("</div><div class=\"track\">");
  for (const WaitSpan& state : history.states) {
    html.raw("<span class=\"bar ").raw(color_of(state.state)).raw("\" style=\"");
    html.place(state.from, state.until - state.from, total).raw("\" title=\"");
    html.text(state.state + " for " + elapsed_text(state.until - state.from));
    if (!state.detail.empty()) html.text("\n" + state.detail);
    html.raw("\"></span>");
  }
  html.raw("</div></div>\n");
}

void add_reasons(Html& html, const Timeline& timeline) {
  bool any = false;
  for (const TargetHistory& history : timeline.targets) {
    for (const WaitSpan& state : history.states) {
      if (state.state == "healthy" || state.state == "initial") continue;
      if (!any) {
        html.raw("<div class=\"scroll\"><table style=\"margin-top:14px\"><tr><th>Target</th>");
        html.raw("<th class=\"num\">From</th><th class=\"num\">For</th><th>State</th>");
        html.raw("<th>Reason</th></tr>\n");
      }
      any = true;
      const TargetState& target = history.target;
      html.raw("<tr><td class=\"nowrap\">")
          .text(target.service + " " + label(target.instance_node));
      html.raw("</td><td class=\"num\">").text(elapsed_text(state.from));
      html.raw("</td><td class=\"num\">").text(elapsed_text(state.until - state.from));
      html.raw("</td><td class=\"nowrap\">").text(state.state).raw("</td><td>").text(state.detail);
      if (&state == &history.states.back() && !target.hint.empty()) {
        html.raw("<br><span class=\"dim\">").text(target.hint).raw("</span>");
      }
      html.raw("</td></tr>\n");
    }
  }
  if (any) html.raw("</table></div>\n");
}

}  // namespace

void add_health(Html& html, const ReportInput& input) {
  const Timeline& timeline = input.timeline;
  if (timeline.targets.empty()) return;
  html.raw("<section class=\"card health\"><h2>Targets' health over time</h2>\n");
  add_legend(html);
  begin_chart(html, timeline.total);
  for (const TargetHistory& history : timeline.targets)
    add_history(html, history, timeline.total);
  html.raw("</div>\n");
  add_reasons(html, timeline);
  html.raw("</section>\n");
}

}  // namespace albatross::cli
