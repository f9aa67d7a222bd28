#pragma once

#include "cli/app.hpp"
#include "cli/report_text.hpp"
#include "cli/run_display.hpp"

#include <string>

namespace albatross::cli {

using Report = std::string (*)(const RunResult&, const ReportContext&, const TextStyle&);

/// Writes down and prints how a run ended: on standard output when it is what was asked for, on
/// standard error when not; with --output json the document on standard output whatever it says.
ExitCode finish_run(App& app, RunDisplay& display, const std::string& command,
                    const RunResult& result, const ReportContext& context, Report report);

}  // namespace albatross::cli
