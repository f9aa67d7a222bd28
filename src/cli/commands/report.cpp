#include "cli/commands/commands.hpp"
#include "cli/commands/past_run.hpp"
#include "cli/error_report.hpp"
#include "cli/json_output.hpp"
#include "cli/report/report_page.hpp"

#include <fstream>
#include <ostream>

namespace albatross::cli {

ExitCode report(App& app, const ReportOptions& options) {
  const RunRecord run = past_run(app, options.stack, options.run);
  const std::string page = report_page(run);
  if (options.file == "-") {
    app.out() << page << std::flush;
    return ExitCode::done;
  }
  const std::string path = options.file.empty()
                               ? options.stack + "-run-" + std::to_string(run.header.run) + ".html"
                               : options.file;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << page << std::flush;
  if (!file) throw UsageError("cannot write " + path);
  app.out() << (app.wants_json() ? written_json("report", path) : "Written: " + path + "\n")
            << std::flush;
  return ExitCode::done;
}

}  // namespace albatross::cli
