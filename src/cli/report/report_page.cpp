#include "cli/report/report_page.hpp"

#include "cli/report/sections.hpp"
#include "cli/report/style.hpp"
#include "cli/run_title.hpp"

namespace albatross::cli {
namespace {

void add_head(Html& html, const RunHeader& header) {
  const RunTitle title{header.doing, header.stack, header.region};
  html.raw(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<meta name=\"generator\" content=\"albatross\">\n<title>");
  html.text(title.text() + ", run " + std::to_string(header.run));
  html.raw("</title>\n<style>").raw(report_style()).raw("</style>\n</head>\n<body>\n<main>\n");
}

}  // namespace

std::string report_page(const RunRecord& run) {
  const Timeline timeline = timeline_of(run.events);
  const ReportInput input{run, timeline};
  Html html;
  add_head(html, run.header);
  add_summary(html, input);
  add_failures(html, input);
  add_gantt(html, input);
  add_critical_path(html, input);
  add_health(html, input);
  add_waits(html, input);
  add_resources(html, input);
  add_receipt(html, input);
  add_event_log(html, input);
  html.raw("<footer>Written by albatross ").text(run.header.version).raw("</footer>\n");
  html.raw("</main>\n</body>\n</html>\n");
  return html.take();
}

}  // namespace albatross::cli
