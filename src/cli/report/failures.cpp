#include "cli/node_text.hpp"
#include "cli/report/sections.hpp"
#include "cli/text.hpp"

namespace albatross::cli {
namespace {

void add_pair(Html& html, const char* name, const std::string& value) {
  if (value.empty()) return;
  html.raw("<dt>").raw(name).raw("</dt><dd>").text(value).raw("</dd>");
}

void add_targets(Html& html, const std::vector<TargetState>& targets) {
  if (targets.empty()) return;
  html.raw(
      "<h3>Targets</h3><div class=\"scroll\"><table><tr><th>Service</th><th>Instance</th>"
      "<th class=\"num\">Port</th><th>State</th><th>Reason</th></tr>\n");
  for (const TargetState& target : targets) {
    html.raw("<tr><td class=\"nowrap\">").text(target.service).raw("</td><td>");
    html.text(label(target.instance_node)).raw(" <code>").text(target.instance_id);
    html.raw("</code></td><td class=\"num\">").text(std::to_string(target.port));
    html.raw("</td><td class=\"nowrap\">").text(target.state).raw("</td><td>").text(target.reason);
    if (!target.description.empty()) html.raw(" ").text(target.description);
    if (!target.hint.empty()) {
      html.raw("<br><span class=\"dim\">").text(target.hint).raw("</span>");
    }
    html.raw("</td></tr>\n");
  }
  html.raw("</table></div>\n");
}

/// The first of them is the failure itself.
void add_findings(Html& html, const std::vector<Finding>& findings) {
  if (findings.size() < 2) return;
  html.raw("<h3>All that was found before the first change</h3>\n<ul>");
  for (const Finding& finding : findings) {
    html.raw("<li>").text(finding.message);
    if (!finding.member.empty()) html.raw(" <code>").text(finding.member).raw("</code>");
    if (!finding.hint.empty())
      html.raw("<br><span class=\"dim\">").text(finding.hint).raw("</span>");
    html.raw("</li>\n");
  }
  html.raw("</ul>\n");
}

void add_failure(Html& html, const Failure& failure) {
  html.raw("<dl>");
  add_pair(html, "while", failure.doing);
  add_pair(html, "resource", failure.resource.empty() ? failure.node : failure.resource);
  add_pair(html, "code", failure.code);
  add_pair(html, "message", failure.message);
  add_pair(html, "request id", failure.request_id);
  html.raw("</dl>\n");
  if (!failure.hint.empty()) html.raw("<p class=\"hint\">").text(failure.hint).raw("</p>\n");
  add_targets(html, failure.targets);
  add_findings(html, failure.findings);
}

bool is_same(const Failure& a, const Failure& b) {
  return a.node == b.node && a.code == b.code && a.message == b.message;
}

void add_others(Html& html, const Timeline& timeline, const std::optional<Failure>& first) {
  for (const NodeSpan& span : timeline.spans) {
    if (!span.failure || (first && is_same(*first, *span.failure))) continue;
    html.raw("<h3>").text(span.node).raw("</h3>\n");
    add_failure(html, *span.failure);
  }
}

}  // namespace

void add_failures(Html& html, const ReportInput& input) {
  const std::optional<Failure>& first =
      input.run.ending ? input.run.ending->failure : input.timeline.failure;
  bool any = first.has_value();
  for (const NodeSpan& span : input.timeline.spans)
    any = any || span.failure;
  if (!any) return;
  html.raw("<section class=\"card failed\"><h2 class=\"bad\">");
  html.raw(first ? "What went wrong first" : "What went wrong").raw("</h2>\n");
  if (first) add_failure(html, *first);
  add_others(html, input.timeline, first);
  html.raw("</section>\n");
}

}  // namespace albatross::cli
