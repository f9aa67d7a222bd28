#pragma once

#include "albatross/orchestrator/timeline.hpp"

#include "cli/report/html.hpp"
#include "cli/runs/run_record.hpp"

#include <string>

/// The parts of the report; each adds nothing when there is nothing to say. Pure.
namespace albatross::cli {

/// What the sections are made from.
struct ReportInput {
  const RunRecord& run;
  const Timeline& timeline;
};

void add_summary(Html& html, const ReportInput& input);
void add_failures(Html& html, const ReportInput& input);
void add_gantt(Html& html, const ReportInput& input);
void add_critical_path(Html& html, const ReportInput& input);
void add_health(Html& html, const ReportInput& input);
void add_waits(Html& html, const ReportInput& input);
void add_resources(Html& html, const ReportInput& input);
void add_receipt(Html& html, const ReportInput& input);
void add_event_log(Html& html, const ReportInput& input);

/// Opens a chart (a div, for the caller to close) with its time axis; the tracks of rows in it have
/// lines where the axis has marks.
void begin_chart(Html& html, Duration total);
/// "38.2s"; below a tenth of a second "12ms".
std::string span_text(Duration took);
/// The distance between two marks: a round time, at most nine of them.
Duration tick_of(Duration total);

}  // namespace albatross::cli
