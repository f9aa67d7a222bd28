#include "cli/app.hpp"

#include "albatross/runtime/virtual_clock.hpp"

#include "cli/recording/session_recorder.hpp"
#include "cli/runs/event_output.hpp"
#include "cli/text.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <unistd.h>
#include <utility>

namespace albatross::cli {
namespace {

// A server under load has always something to do.
constexpr int most_turns_until_idle = 10'000;

void write_all(int descriptor, const std::string& text) {
  if (descriptor < 0 || text.empty()) return;
  if (::write(descriptor, text.data(), text.size()) < 0) return;  // nothing better to do
}

}  // namespace

struct App::Loop {
  boost::asio::io_context context{1};
  /// What is to be done as soon as nothing else can run.
  std::function<void()> when_idle;
  /// In virtual time.
  std::optional<VirtualClock> clock;
};

App::App(Invocation invocation, Console console, Environment environment)
    : invocation_(std::move(invocation)),
      console_(std::move(console)),
      environment_(std::move(environment)),
      loop_(std::make_unique<Loop>()) {
  // A reader that went away (| head) must not kill a deployment in the middle of a call.
  std::signal(SIGPIPE, SIG_IGN);
}

App::App(Invocation invocation, Console console, Environment environment, RecordedWorld world)
    : App(std::move(invocation), std::move(console), std::move(environment)) {
  loop_->clock.emplace(loop_->context, world.start);
  clock_ = &*loop_->clock;
  seeded_entropy_ = std::make_unique<SeededEntropy>(world.seed);
  entropy_ = seeded_entropy_.get();
  store_ = std::move(world.store);
}

App::~App() = default;

void App::record_with(SessionRecorder* recorder) {
  tap_ = recorder;
  entropy_ = recorder == nullptr ? static_cast<Entropy*>(&system_entropy_) : &recorder->entropy();
}

boost::asio::any_io_executor App::executor() {
  return loop_->context.get_executor();
}

Store& App::store() {
  if (!store_) {
    const std::string folder = state_directory(global().state_dir, environment_);
    store_ = std::make_unique<SqliteStore>(folder + "/state.db");
  }
  return *store_;
}

bool App::wants_document() const {
  return wants_json() || (event_output_ != nullptr && event_output_->is_standard_output());
}

ExitCode App::run(Task<ExitCode> command) {
  return run_with_signals(std::move(command), true);
}

ExitCode App::run_until_signal(Task<ExitCode> command) {
  return run_with_signals(std::move(command), false);
}

ExitCode App::run_with_signals(Task<ExitCode> command, bool announce) {
  boost::asio::cancellation_signal stop;
  boost::asio::signal_set signals(loop_->context, SIGINT, SIGTERM);
  std::optional<ExitCode> code;
  std::exception_ptr failure;
  const auto stop_now = [&] {
    if (code) return;
    interrupted(announce);
    stop.emit(boost::asio::cancellation_type::terminal);
  };
  std::function<void(bool)> await_signal = [&](bool first) {
    signals.async_wait([&, first](const boost::system::error_code& error, int) {
      if (error) return;
      if (!first) leave_at_once();
      await_signal(false);
      do_when_idle(stop_now);
    });
  };
  await_signal(true);

  boost::asio::cancellation_signal never_mind;
  auto done = [&](std::exception_ptr error, ExitCode result) {
    code = result;
    failure = std::move(error);
    signals.cancel();
    never_mind.emit(boost::asio::cancellation_type::terminal);
  };
  std::optional<Task<>> recorded_stop = tap_ == nullptr ? std::nullopt : tap_->interruption();
  if (recorded_stop) {
    auto stop_then = [&](const std::exception_ptr& error) {
      if (!error) stop_now();
    };
    boost::asio::co_spawn(loop_->context, std::move(*recorded_stop),
                          boost::asio::bind_cancellation_slot(never_mind.slot(), stop_then));
  }
  boost::asio::co_spawn(loop_->context, std::move(command),
                        boost::asio::bind_cancellation_slot(stop.slot(), std::move(done)));
  run_loop();
  if (failure) std::rethrow_exception(failure);
  if (!code) throw std::runtime_error("the run waits for something that will never happen");
  return *code;
}

void App::run_loop() {
  loop_->context.restart();
  if (loop_->clock) {
    loop_->clock->drive();
  } else {
    loop_->context.run();
    while (loop_->when_idle) {
      const auto act = std::exchange(loop_->when_idle, nullptr);
      loop_->context.restart();
      for (int turn = 0; turn < most_turns_until_idle && loop_->context.poll_one() > 0; ++turn) {
      }
      act();
      loop_->context.restart();
      loop_->context.run();
    }
  }
}

/// An interruption is seen between two exchanges and what each leads to, never within: so a
/// recording of it tells all that there is to tell about its moment.
void App::do_when_idle(std::function<void()> act) {
  if (loop_->clock) {
    act();
    return;
  }
  loop_->when_idle = std::move(act);
  loop_->context.stop();
}

void App::interrupted(bool announce) const {
  if (tap_ != nullptr) tap_->interrupted();
  if (!announce) return;
  const std::string text =
      "Stopping: calls that were sent are being finished and recorded. Ctrl-C again leaves at "
      "once.";
  if (notify_) {
    notify_(text);
  } else {
    err() << text << std::endl;
  }
}

void App::leave_at_once() const {
  write_all(last_words_to_, last_words_);
  std::string text = "Left at once. What was begun is recorded.\n";
  if (!resume_command_.empty()) text += "To go on:\n  " + resume_command_ + "\n";
  write_all(console_.err.descriptor, text);
  std::_Exit(static_cast<int>(ExitCode::interrupted));
}

void App::set_last_words(std::string words, int descriptor) {
  last_words_ = std::move(words);
  last_words_to_ = descriptor;
}

std::string App::command_line(const std::vector<std::string>& words) const {
  std::string line = shell_word(invocation_.program);
  for (const std::string& word : words)
    line += " " + shell_word(word);
  // What stands in the environment stands there the next time too.
  const auto add = [&](const char* option, const std::string& value, const char* variable) {
    if (value.empty() || value == value_of(environment_, variable)) return;
    line += " " + std::string(option) + " " + shell_word(value);
  };
  add("--profile", global().profile, "ALBATROSS_PROFILE");
  add("--endpoint-url", global().endpoint_url, "ALBATROSS_ENDPOINT_URL");
  add("--ca-bundle", global().ca_bundle, "ALBATROSS_CA_BUNDLE");
  add("--state-dir", global().state_dir, "ALBATROSS_STATE_DIR");
  return line;
}

}  // namespace albatross::cli
