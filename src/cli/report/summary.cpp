#include "cli/history_text.hpp"
#include "cli/node_text.hpp"
#include "cli/report/sections.hpp"
#include "cli/run_title.hpp"
#include "cli/text.hpp"

#include <algorithm>

namespace albatross::cli {
namespace {

std::string_view pill_of(Tone tone) {
  if (tone == Tone::good) return "pill good";
  return tone == Tone::bad ? "pill bad" : "pill warn";
}

std::string when_text(WallTime at) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch());
  std::string text = utc_text(ms.count());
  text[text.find('T')] = ' ';
  text.back() = ' ';
  return text + "UTC";
}

void add_tile(Html& html, const std::string& value, const std::string& what) {
  html.raw("<div class=\"tile\"><b>").text(value).raw("</b><span>").text(what);
  html.raw("</span></div>\n");
}

/// "17 made, 2 found": what became of the nodes.
std::string changes_text(const Timeline& timeline) {
  const auto count = [&](auto matches) {
    return std::count_if(timeline.spans.begin(), timeline.spans.end(), matches);
  };
  const auto made = count([](const NodeSpan& s) { return !s.removal && s.created && !s.adopted; });
  const auto found = count([](const NodeSpan& s) { return s.adopted; });
  const auto updated = count([](const NodeSpan& s) { return s.updated; });
  const auto gone = count([](const NodeSpan& s) { return s.end == SpanEnd::gone; });
  std::vector<std::string> parts;
  if (made > 0) parts.push_back(std::to_string(made) + " made");
  if (found > 0) parts.push_back(std::to_string(found) + " found");
  if (updated > 0) parts.push_back(std::to_string(updated) + " changed");
  if (gone > 0) parts.push_back(std::to_string(gone) + " removed");
  return parts.empty() ? "nothing changed" : join(parts, ", ");
}

void add_tiles(Html& html, const ReportInput& input) {
  const Timeline& timeline = input.timeline;
  std::size_t retries = 0;
  for (const NodeSpan& span : timeline.spans)
    retries += span.retries.size();
  const PathPiece* longest = nullptr;
  for (const PathPiece& piece : timeline.critical_path) {
    if (longest == nullptr || piece.took() > longest->took()) longest = &piece;
  }
  html.raw("<div class=\"tiles\">\n");
  const Duration took = input.run.ending ? input.run.ending->elapsed : timeline.total;
  add_tile(html, elapsed_text(took), "from start to end");
  add_tile(html, std::to_string(timeline.spans.size()), "resources: " + changes_text(timeline));
  if (longest != nullptr && longest->span) {
    add_tile(html, elapsed_text(longest->took()),
             "longest on the critical path: " + timeline.spans[*longest->span].node);
  }
  add_tile(html, std::to_string(retries), retries == 1 ? "call tried again" : "calls tried again");
  html.raw("</div>\n");
}

void add_urls(Html& html, const RunEnding& ending) {
  if (ending.urls.empty() && ending.dns_name.empty()) return;
  html.raw("<div class=\"urls\">");
  if (!ending.dns_name.empty()) {
    html.raw("<span>load balancer</span><code>").text(ending.dns_name).raw("</code>");
  }
  for (const auto& [service, url] : ending.urls) {
    html.raw("<span>").text(service).raw("</span><a href=\"").text(url).raw("\">");
    html.text(url).raw("</a>");
  }
  html.raw("</div>\n");
}

/// Only these may become links.
bool is_link(const std::string& url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

}  // namespace

void add_summary(Html& html, const ReportInput& input) {
  const RunRecord& run = input.run;
  const RunTitle title{run.header.doing, run.header.stack, run.header.region};
  html.raw("<header><h1>").text(title.text()).raw("<span class=\"");
  html.raw(pill_of(outcome_tone(run))).raw("\">").text(outcome_text(run)).raw("</span></h1>\n");
  html.raw("<p class=\"dim\">run ").text(std::to_string(run.header.run)).raw(" · ");
  html.text(when_text(run.header.at)).raw(" · by ").text(run.header.by);
  if (!input.timeline.account.empty()) html.raw(" · account ").text(input.timeline.account);
  html.raw("</p>\n");
  if (run.ending) {
    RunEnding shown = *run.ending;
    std::erase_if(shown.urls, [](const auto& url) { return !is_link(url.second); });
    add_urls(html, shown);
  } else if (!run.under_way) {
    html.raw(
        "<p class=\"warn\">The program ended without a word: this is as far as it came.</p>\n");
  }
  html.raw("</header>\n");
  add_tiles(html, input);
}

}  // namespace albatross::cli
