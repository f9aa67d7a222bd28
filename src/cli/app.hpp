#pragma once

#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/state/store.hpp"

#include "cli/console.hpp"
#include "cli/environment.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace albatross::cli {

class EventOutput;
class SessionRecorder;
class SessionTap;

/// What a run works with instead of this machine's clock, chance and state: virtual time, which
/// costs none.
struct RecordedWorld {
  /// What the wall clock says in the beginning.
  WallTime start;
  std::uint64_t seed = 0;
  std::unique_ptr<Store> store;
};

/// One run of the program: what every command works with. The only place where the pieces of a
/// process (event loop, clock, entropy, store, signals) are put together.
class App {
 public:
  App(Invocation invocation, Console console, Environment environment);
  App(Invocation invocation, Console console, Environment environment, RecordedWorld world);
  App(const App&) = delete;
  App& operator=(const App&) = delete;
  ~App();

  const Invocation& invocation() const { return invocation_; }
  const GlobalOptions& global() const { return invocation_.global; }
  bool wants_json() const { return global().output == OutputFormat::json; }
  /// Standard output is for a program to read: what is for people goes to standard error.
  bool wants_document() const;
  const Console& console() const { return console_; }
  std::ostream& out() const { return *console_.out.stream; }
  std::ostream& err() const { return *console_.err.stream; }
  /// Where a run is shown while it goes on.
  const Channel& progress_channel() const { return wants_document() ? console_.err : console_.out; }
  const Environment& environment() const { return environment_; }

  boost::asio::any_io_executor executor();
  Clock& clock() { return *clock_; }
  Entropy& entropy() { return *entropy_; }
  /// Chance that no recording holds: for credentials, which are fetched anew in every run.
  Entropy& system_entropy() { return system_entropy_; }

  /// What stands between the command and the world; nullptr: nothing. Must outlive its use.
  SessionTap* tap() const { return tap_; }
  void set_tap(SessionTap* tap) { tap_ = tap; }
  /// The same, with the recorder's entropy as the run's.
  void record_with(SessionRecorder* recorder);
  /// The store, opened at the first call. @throws StateError
  Store& store();

  /// Runs a coroutine to its end. The first SIGINT or SIGTERM cancels it, the second ends the
  /// process at once with exit code 4. Throws what the coroutine throws.
  ExitCode run(Task<ExitCode> command);
  /// The same, with nothing to say on the first signal: for a command that only a signal ends.
  ExitCode run_until_signal(Task<ExitCode> command);

  /// Where --events sends the stream; nullptr: nowhere. Must outlive what uses the app.
  void set_event_output(EventOutput* output) { event_output_ = output; }
  EventOutput* event_output() const { return event_output_; }

  /// Who is told when the first signal arrives; nullptr: a line on standard error.
  void on_interrupt(std::function<void(const std::string&)> notify) { notify_ = std::move(notify); }
  /// The command that goes on, said when the process ends at once.
  void set_resume_command(std::string command) { resume_command_ = std::move(command); }
  /// Written to the terminal when the process ends at once.
  void set_last_words(std::string words, int descriptor);

  /// A command line that does that, as the user has to type it: this program, the options that
  /// decide where it works, the words.
  std::string command_line(const std::vector<std::string>& words) const;

 private:
  struct Loop;
  ExitCode run_with_signals(Task<ExitCode> command, bool announce);
  void run_loop();
  void do_when_idle(std::function<void()> act);
  void interrupted(bool announce) const;
  [[noreturn]] void leave_at_once() const;

  Invocation invocation_;
  Console console_;
  Environment environment_;
  SystemClock system_clock_;
  SystemEntropy system_entropy_;
  std::unique_ptr<Loop> loop_;
  std::unique_ptr<Entropy> seeded_entropy_;
  Clock* clock_ = &system_clock_;
  Entropy* entropy_ = &system_entropy_;
  SessionTap* tap_ = nullptr;
  std::unique_ptr<Store> store_;
  std::function<void(const std::string&)> notify_;
  std::string resume_command_;
  EventOutput* event_output_ = nullptr;
  std::string last_words_;
  int last_words_to_ = -1;
};

}  // namespace albatross::cli
