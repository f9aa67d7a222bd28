#include "albatross/orchestrator/stack_file.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/known_stack.hpp"
#include "cli/doctor/examiner.hpp"

#include <filesystem>
#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

bool is_file_name(const std::string& text) {
  std::error_code ignored;
  return text.find('/') != std::string::npos || text.ends_with(".yaml") || text.ends_with(".yml") ||
         text.ends_with(".json") || std::filesystem::exists(text, ignored);
}

Task<ExitCode> check(App& app, AwsSession& aws, Patient patient, std::string file) {
  auto examining = examine(app, aws, std::move(patient));
  const Checkup checkup = co_await std::move(examining);
  app.out() << (app.wants_json() ? checkup_json(checkup)
                                 : checkup_text(checkup, file, app.console().out.style))
            << std::flush;
  co_return checkup.exit_code();
}

}  // namespace

ExitCode doctor(App& app, const DoctorOptions& options) {
  Patient patient;
  std::string region = app.global().region;
  std::string file;
  if (is_file_name(options.what)) {
    file = options.what;
    patient.file = load_stack(file);
    if (region.empty()) region = patient.file->region;
  } else if (!options.what.empty()) {
    const KnownStack known = known_stack(app, options.what);
    region = known.stack.region;
    patient.stack = options.what;
  }
  AwsSession aws(app, region, "doctor");
  if (patient.file) patient.file->region = aws.region();
  return app.run(check(app, aws, std::move(patient), std::move(file)));
}

}  // namespace albatross::cli
