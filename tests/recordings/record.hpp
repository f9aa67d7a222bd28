#pragma once

#include "albatross/runtime/concurrency.hpp"
#include "albatross/sim/cloud.hpp"
#include "albatross/sim/transport.hpp"

#include "cli/app.hpp"
#include "cli/commands/commands.hpp"
#include "cli/recording/session_recorder.hpp"
#include "cli/recording/snapshot.hpp"
#include "support/folder.hpp"

#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace albatross::cli {

/// What a program on a real clock does and one in virtual time does not: it takes some time over
/// each answer, in which it hears of nothing.
class SlowProgram final : public http::Transport {
 public:
  SlowProgram(http::Transport& wire, Clock& clock) : wire_(wire), clock_(clock) { idle_.open(); }

  Task<http::Response> send(http::Request request, Deadline deadline) override {
    http::Response response = co_await wire_.send(std::move(request), deadline);
    co_await shielded(think());
    co_return response;
  }

  /// Returns when no answer is being thought about.
  Task<> idle() { return idle_.wait(); }

 private:
  Task<> think() {
    ++thinking_;
    idle_.close();
    co_await clock_.sleep_for(std::chrono::milliseconds{1 + 7 * (++answers_ % 5)});
    if (--thinking_ == 0) idle_.open();
  }

  http::Transport& wire_;
  Clock& clock_;
  Gate idle_;
  int thinking_ = 0;
  int answers_ = 0;
};

/// How a command is recorded.
struct HowRecorded {
  /// Where; empty: it is not.
  std::string directory;
  /// When the user presses Ctrl-C, since the command's start.
  std::optional<Duration> interrupt_at;
};

/// A simulated account, and what the store knows of it: commands are run on it one after the other.
class RecordedAccount {
 public:
  explicit RecordedAccount(const std::string& stack) : cloud_(options()) {
    std::ofstream(file_) << stack;
  }

  sim::Cloud& cloud() { return cloud_; }

  /// Runs "deploy", "destroy" or "status" in virtual time.
  int run(const std::string& command, const HowRecorded& how = {}) {
    std::ostringstream out;
    std::ostringstream err;
    const test::Folder scratch;
    RecordedWorld world{WallTime{std::chrono::seconds{1'767'225'600}}, 7,
                        std::make_unique<MemoryStore>()};
    App app(invocation(command, scratch.path()), console(out, err), environment(),
            std::move(world));
    app.run(begin(app.clock(), app.store(), state_, now_));
    std::optional<SessionRecorder> recorder;
    if (!how.directory.empty()) {
      recorder.emplace(app, how.directory);
      app.record_with(&*recorder);
    }
    Tap tap(cloud_, app.clock(), recorder ? &*recorder : nullptr, how);
    app.set_tap(&tap);
    const ExitCode code = dispatch(app);
    if (recorder) recorder->finish(code);
    app.record_with(nullptr);
    app.run(end(app.store(), state_));
    now_ = app.clock().now();
    return static_cast<int>(code);
  }

 private:
  /// The simulator in the place of the network.
  class Tap final : public SessionTap {
   public:
    Tap(sim::Cloud& cloud, Clock& clock, SessionRecorder* recorder, const HowRecorded& how)
        : cloud_(cloud),
          clock_(clock),
          simulator_(cloud, clock),
          recorder_(recorder),
          interrupt_at_(how.interrupt_at) {}

    void configured(const AwsConfig& config) override {
      if (recorder_ != nullptr) recorder_->configured(config);
    }
    http::Transport& transport(http::Transport&) override {
      if (recorder_ == nullptr) return simulator_;
      if (!interrupt_at_) return recorder_->transport(simulator_);
      return slow_.emplace(recorder_->transport(simulator_), clock_);
    }
    std::unique_ptr<CredentialsProvider> credentials(
        std::unique_ptr<CredentialsProvider>) override {
      std::unique_ptr<CredentialsProvider> fixed =
          std::make_unique<StaticCredentials>(cloud_.credentials());
      if (recorder_ == nullptr) return fixed;
      return recorder_->credentials(std::move(fixed));
    }
    http::Transport& visitor(http::Transport&) override {
      if (recorder_ == nullptr) return simulator_;
      return recorder_->visitor(simulator_);
    }
    bool offline() const override { return true; }
    void interrupted() override {
      if (recorder_ != nullptr) recorder_->interrupted();
    }
    std::optional<Task<>> interruption() override {
      if (!interrupt_at_ || recorder_ == nullptr) return std::nullopt;
      return interrupt(*std::exchange(interrupt_at_, std::nullopt));
    }

   private:
    Task<> interrupt(Duration at) {
      co_await clock_.sleep_for(at);
      if (slow_) co_await slow_->idle();
    }

    sim::Cloud& cloud_;
    Clock& clock_;
    sim::SimTransport simulator_;
    SessionRecorder* recorder_;
    std::optional<Duration> interrupt_at_;
    std::optional<SlowProgram> slow_;
  };

  static sim::CloudOptions options() {
    sim::CloudOptions options;
    options.account = "998877665544";
    return options;
  }

  Invocation invocation(const std::string& command, const std::string& state_dir) const {
    Invocation invocation;
    invocation.global.state_dir = state_dir;
    invocation.words = {command, command == "deploy" ? file_ : "shop"};
    if (command == "destroy") invocation.words.emplace_back("--yes");
    if (command == "deploy") {
      DeployOptions deploy;
      deploy.files = {file_};
      invocation.command = deploy;
    } else if (command == "status") {
      StatusOptions status;
      status.stacks = {"shop"};
      invocation.command = status;
    } else {
      DestroyOptions destroy;
      destroy.stacks = {"shop"};
      destroy.yes = true;
      invocation.command = destroy;
    }
    return invocation;
  }

  static Console console(std::ostream& out, std::ostream& err) {
    Console console;
    console.out.stream = &out;
    console.err.stream = &err;
    return console;
  }

  static Environment environment() {
    return [](const std::string& name) -> std::optional<std::string> {
      if (name == "AWS_REGION") return "us-east-1";
      return std::nullopt;
    };
  }

  static Task<ExitCode> begin(Clock& clock, Store& store, Snapshot state, TimePoint now) {
    co_await restore_snapshot(store, std::move(state));
    co_await clock.sleep_until(now);
    co_return ExitCode::done;
  }

  static Task<ExitCode> end(Store& store, Snapshot& state) {
    state = co_await take_snapshot(store, "");
    co_return ExitCode::done;
  }

  test::Folder folder_;
  std::string file_ = folder_.path() + "/shop.yaml";
  sim::Cloud cloud_;
  Snapshot state_;
  TimePoint now_{};
};

}  // namespace albatross::cli
