#include "cli/commands/removal.hpp"

#include "albatross/orchestrator/stack_file.hpp"

#include "cli/error_report.hpp"
#include "cli/questions.hpp"

#include <ostream>
#include <stdexcept>

namespace albatross::cli {
namespace {

void set(TimeoutsSpec& timeouts, const std::string& option, const std::string& step,
         const std::string& duration) {
  try {
    set_timeout(timeouts, step, duration);
  } catch (const std::invalid_argument& wrong) {
    throw UsageError(option + ": " + wrong.what());
  }
}

}  // namespace

bool may_remove(App& app, const std::string& command, bool yes, const std::string& question) {
  if (yes) return true;
  if (!app.console().input_is_terminal) {
    throw UsageError(command +
                     " asks before it removes anything, and there is nobody to ask: give --yes");
  }
  const std::string answer = ask_user(app, question + " [y/N] ");
  if (answer == "y" || answer == "Y" || answer == "yes") return true;
  app.err() << "Nothing was removed.\n";
  return false;
}

FailurePolicy failure_policy(const std::string& word) {
  if (word == "rollback-all") return FailurePolicy::rollback_all;
  return word == "keep" ? FailurePolicy::keep : FailurePolicy::rollback_load_balancer;
}

void apply_timeouts(TimeoutsSpec& timeouts, const TimeoutOptions& options) {
  if (!options.run.empty()) set(timeouts, "--timeout", "run", options.run);
  for (const std::string& text : options.steps) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
      throw UsageError("--step-timeout: '" + text + "' is not STEP=DURATION, as in health=10m");
    }
    set(timeouts, "--step-timeout", text.substr(0, equals), text.substr(equals + 1));
  }
}

}  // namespace albatross::cli
