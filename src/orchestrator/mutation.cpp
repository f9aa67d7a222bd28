#include "orchestrator/mutation.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace albatross {
namespace {

/// What was just made is visible everywhere by then; what is not, is not there.
constexpr Duration visible_by = std::chrono::minutes{2};

bool passes_by_itself(ErrorClass error_class) {
  switch (error_class) {
    case ErrorClass::transient:
    case ErrorClass::throttling:
    case ErrorClass::dependency:
    case ErrorClass::propagating:
    case ErrorClass::not_found:
      return true;
    default:
      return false;
  }
}

/// Null when the mutation succeeded, else its error when trying again makes sense; throws the rest.
Task<std::exception_ptr> try_once(Task<> attempt, bool long_ago) {
  std::exception_ptr error;
  try {
    co_await std::move(attempt);
  } catch (const ApiError& failed) {
    const bool hopeless = long_ago && failed.error_class() == ErrorClass::not_found;
    if (hopeless || !passes_by_itself(failed.error_class())) throw;
    error = std::current_exception();
  }
  co_return error;
}

Task<> keep(Task<std::exception_ptr> once, std::exception_ptr& error) {
  error = co_await std::move(once);
}

Duration pause_after(int attempt, double random) {
  const double seconds = std::min(10.0, 1.0 * static_cast<double>(1 << std::min(attempt, 5)));
  return std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(seconds * (0.75 + 0.5 * random)));
}

void say_retrying(const Run& run, const ResourceRecord& record, Step step, const Failure& failure,
                  Duration pause) {
  Event event = run.events.about(EventType::retrying, record, step);
  event.state = failure.code;
  event.pause = pause;
  std::ostringstream text;
  text << failure.code << ": " << failure.message << "; again in " << std::fixed
       << std::setprecision(1) << std::chrono::duration<double>(pause).count() << " s";
  event.detail = text.str();
  run.events.emit(event);
}

}  // namespace

Task<> mutate(const Run& run, const ResourceRecord& record, Step step, Deadline deadline,
              std::string doing, std::function<Task<>()> attempt) {
  const TimePoint begun = run.clock.now();
  for (int number = 0;; ++number) {
    std::exception_ptr fatal;
    std::exception_ptr error;
    try {
      auto once = try_once(attempt(), run.clock.now() - begun >= visible_by);
      auto kept = keep(std::move(once), error);
      co_await run.finishing->run(record.node, std::move(kept));
    } catch (const StateError&) {
      throw;  // no trouble of the resource
    } catch (...) {
      fatal = std::current_exception();
    }
    if (fatal && is_cancellation(fatal)) std::rethrow_exception(fatal);
    if (fatal) throw NodeFailed(describe_failure(fatal, doing, record));
    if (!error) co_return;
    Failure failure = describe_failure(error, doing, record);
    const Duration pause = pause_after(number, run.entropy.uniform());
    if (deadline.remaining(run.clock) <= pause) {
      failure.hint = "It was tried until the step's time was up. " + failure.hint;
      throw NodeFailed(std::move(failure));
    }
    say_retrying(run, record, step, failure, pause);
    co_await run.clock.sleep_for(pause);
  }
}

}  // namespace albatross
