#pragma once

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

/// A simulated account, and what the store knows of it: commands are run on it one after the other.
class RecordedAccount {
 public:
  explicit RecordedAccount(const std::string& stack) : cloud_(options()) {
    std::ofstream(file_) << stack;
  }

  sim::Cloud& cloud() { return cloud_; }

  /// Runs "deploy", "destroy" or "status" in virtual time.
  /// @param directory where it is recorded; empty: it is not
  int run(const std::string& command, const std::string& directory) {
    std::ostringstream out;
    std::ostringstream err;
    const test::Folder scratch;
    RecordedWorld world{WallTime{std::chrono::seconds{1'767'225'600}}, 7,
                        std::make_unique<MemoryStore>()};
    App app(invocation(command, scratch.path()), console(out, err), environment(),
            std::move(world));
    app.run(begin(app.clock(), app.store(), state_, now_));
    std::optional<SessionRecorder> recorder;
    if (!directory.empty()) {
      recorder.emplace(app, directory);
      app.record_with(&*recorder);
    }
    Tap tap(cloud_, app.clock(), recorder ? &*recorder : nullptr);
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
    Tap(sim::Cloud& cloud, Clock& clock, SessionRecorder* recorder)
        : cloud_(cloud), simulator_(cloud, clock), recorder_(recorder) {}

    void configured(const AwsConfig& config) override {
      if (recorder_ != nullptr) recorder_->configured(config);
    }
    http::Transport& transport(http::Transport&) override {
      if (recorder_ == nullptr) return simulator_;
      return recorder_->transport(simulator_);
    }
    std::unique_ptr<CredentialsProvider> credentials(
        std::unique_ptr<CredentialsProvider>) override {
      std::unique_ptr<CredentialsProvider> fixed =
          std::make_unique<StaticCredentials>(cloud_.credentials());
      if (recorder_ == nullptr) return fixed;
      return recorder_->credentials(std::move(fixed));
    }
    bool offline() const override { return true; }
    void interrupted() override {}
    std::optional<Duration> interrupt_after() const override { return std::nullopt; }

   private:
    sim::Cloud& cloud_;
    sim::SimTransport simulator_;
    SessionRecorder* recorder_;
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
    if (command == "deploy") {
      DeployOptions deploy;
      deploy.file = file_;
      invocation.command = deploy;
    } else if (command == "status") {
      StatusOptions status;
      status.stack = "shop";
      invocation.command = status;
    } else {
      DestroyOptions destroy;
      destroy.stack = "shop";
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
