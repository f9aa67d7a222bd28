#include "cli/node_text.hpp"
#include "cli/report/sections.hpp"
#include "cli/text.hpp"

namespace albatross::cli {
namespace {

void add_names(Html& html, const char* title, const std::vector<std::string>& names) {
  if (names.empty()) return;
  html.raw("<h3>").raw(title).raw(" (").text(std::to_string(names.size())).raw(")</h3>\n<p>");
  html.text(join(names, ", ")).raw("</p>\n");
}

void add_left(Html& html, const std::vector<LeftResource>& left) {
  if (left.empty()) return;
  html.raw(
      "<h3 class=\"bad\">Left behind, and should be gone</h3>\n<div class=\"scroll\"><table>"
      "<tr><th>Resource</th><th>Id</th><th>Why</th></tr>\n");
  for (const LeftResource& item : left) {
    html.raw("<tr><td>").text(item.node).raw("</td><td class=\"id\">").text(item.id);
    html.raw("</td><td>").text(item.failure.code + ": " + item.failure.message);
    if (!item.failure.hint.empty()) {
      html.raw("<br><span class=\"dim\">").text(item.failure.hint).raw("</span>");
    }
    html.raw("</td></tr>\n");
  }
  html.raw("</table></div>\n");
}

void add_remnants(Html& html, const std::vector<Remnant>& remnants) {
  if (remnants.empty()) return;
  html.raw(
      "<h3 class=\"bad\">Left behind, and should be gone</h3>\n<div class=\"scroll\"><table>"
      "<tr><th>What</th><th>Id</th><th>Why</th><th>To remove it by hand</th></tr>\n");
  for (const Remnant& remnant : remnants) {
    html.raw("<tr><td>").text(remnant.node.empty() ? remnant.type : remnant.node);
    html.raw("</td><td class=\"id\">").text(remnant.id).raw("</td><td>").text(remnant.why);
    html.raw("</td><td class=\"id\">").text(remnant.command).raw("</td></tr>\n");
  }
  html.raw("</table></div>\n");
}

void add_check(Html& html, const Receipt& receipt) {
  add_remnants(html, receipt.remnants);
  for (const std::string& trouble : receipt.unchecked) {
    html.raw("<p class=\"warn\">Could not be checked: ").text(trouble).raw("</p>\n");
  }
  if (receipt.checked.empty() || !receipt.remnants.empty()) return;
  html.raw("<p>Checked by tag and record in ").text(join(receipt.checked, ", "));
  html.raw(": nothing is left that should be gone.</p>\n");
}

std::vector<std::string> nodes_that_ended(const Timeline& timeline, SpanEnd end) {
  std::vector<std::string> names;
  for (const NodeSpan& span : timeline.spans) {
    if (span.end == end) names.push_back(span.node);
  }
  return names;
}

std::string what_happened(const Event& event) {
  std::vector<std::string> parts;
  for (const std::string* part : {&event.id, &event.state, &event.detail}) {
    if (!part->empty()) parts.push_back(with_short_arns(*part));
  }
  if (event.failure) parts.push_back(event.failure->text());
  if (!event.targets.empty()) parts.push_back(join(health_by_service(event.targets), ", "));
  if (event.count > 0) parts.push_back(counted(static_cast<std::size_t>(event.count), "resource"));
  return join(parts, " · ");
}

}  // namespace

void add_receipt(Html& html, const ReportInput& input) {
  if (!input.run.ending) return;
  const RunEnding& ending = *input.run.ending;
  html.raw("<section class=\"card\"><h2>Receipt</h2>\n");
  if (ending.receipt) {
    add_check(html, *ending.receipt);
  } else {
    add_left(html, ending.left);
  }
  for (const std::string& warning : ending.warnings) {
    html.raw("<p class=\"warn\">").text(warning).raw("</p>\n");
  }
  add_names(html, "Removed", nodes_that_ended(input.timeline, SpanEnd::gone));
  add_names(html, "Not touched, because not created by this stack",
            nodes_that_ended(input.timeline, SpanEnd::kept));
  add_names(html, "There now", ending.resources);
  if (ending.resources.empty() && ending.left.empty()) {
    html.raw("<p>Nothing of the stack is left.</p>\n");
  }
  html.raw("</section>\n");
}

void add_event_log(Html& html, const ReportInput& input) {
  html.raw("<section class=\"card\"><details><summary>All ");
  html.text(counted(input.run.events.size(), "event")).raw("</summary>\n<div class=\"scroll\">");
  html.raw(
      "<table><tr><th class=\"num\">At</th><th>Event</th><th>Resource</th><th>What</th></tr>\n");
  for (const Event& event : input.run.events) {
    html.raw("<tr><td class=\"num\">").text(elapsed_text(event.elapsed)).raw("</td><td>");
    html.text(to_string(event.type)).raw("</td><td>").text(event.node).raw("</td><td>");
    html.text(what_happened(event)).raw("</td></tr>\n");
  }
  html.raw("</table></div></details></section>\n");
}

}  // namespace albatross::cli
