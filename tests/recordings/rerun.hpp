#pragma once

#include "albatross/state/store.hpp"

#include "cli/app.hpp"
#include "cli/commands/commands.hpp"
#include "cli/recording/rerun.hpp"
#include "cli/recording/session_player.hpp"
#include "support/folder.hpp"

#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace albatross::cli {

/// What went over the replayed wire.
struct ServedCall {
  std::string title;
  http::Request request;
  /// Empty when it failed.
  std::string answer;
};

/// A recorded session, run again in this process with the whole program but its main(): in virtual
/// time, and with an error in the place of one exchange if wanted.
class Rerun {
 public:
  /// @param directory the recording
  /// @param fail_at the request (from 1) that fails; 0: none
  explicit Rerun(const std::string& directory, std::size_t fail_at = 0,
                 bool may_have_reached_server = true)
      : session_(load_session(directory)),
        app_(make_rerun(session_, options(), console(), scratch_.path())),
        player_(session_, app_->clock(), false),
        tap_(player_, fail_at, may_have_reached_server) {
    app_->set_tap(&tap_);
    const TimePoint started = app_->clock().now();
    code_ = dispatch(*app_);
    took_ = app_->clock().now() - started;
  }

  int exit_code() const { return static_cast<int>(code_); }
  std::string output() const { return out_.str(); }
  std::string errors() const { return err_.str(); }
  Duration took() const { return took_; }
  const RecordedSession& session() const { return session_; }
  const http::ReplayTransport& replayed() const { return player_.replayed(); }
  const std::vector<ServedCall>& served() const { return tap_.served; }
  std::vector<std::string> differences() const {
    return cli::differences(session_, player_.replayed(), exit_code());
  }

  Snapshot state() {
    Snapshot snapshot;
    const auto take = [](Store& store, Snapshot& into) -> Task<ExitCode> {
      into = co_await take_snapshot(store, "");
      co_return ExitCode::done;
    };
    app_->set_tap(nullptr);
    app_->run(take(app_->store(), snapshot));
    return snapshot;
  }

 private:
  /// Lets one request fail.
  class Tap final : public SessionTap, public http::Transport {
   public:
    Tap(SessionPlayer& player, std::size_t fail_at, bool reached)
        : player_(player), fail_at_(fail_at), reached_(reached) {}

    void configured(const AwsConfig&) override {}
    http::Transport& transport(http::Transport& real) override {
      inner_ = &player_.transport(real);
      return *this;
    }
    std::unique_ptr<CredentialsProvider> credentials(
        std::unique_ptr<CredentialsProvider> real) override {
      return player_.credentials(std::move(real));
    }
    http::Transport& visitor(http::Transport& real) override { return player_.visitor(real); }
    bool offline() const override { return true; }
    void interrupted() override {}
    std::optional<Task<>> interruption() override { return player_.interruption(); }

    Task<http::Response> send(http::Request request, Deadline deadline) override {
      const std::size_t index = served.size();
      served.push_back({AwsExchangeRules().title(request), request, ""});
      if (index + 1 == fail_at_) {
        throw http::TransportError(http::TransportErrorKind::closed, request.origin,
                                   "injected failure", reached_);
      }
      http::Response response = co_await inner_->send(std::move(request), deadline);
      if (response.status / 100 == 2) served[index].answer = response.body + " ";
      co_return response;
    }

    std::vector<ServedCall> served;

   private:
    SessionPlayer& player_;
    http::Transport* inner_ = nullptr;
    std::size_t fail_at_;
    bool reached_;
  };

  Console console() {
    Console console;
    console.out.stream = &out_;
    console.err.stream = &err_;
    return console;
  }

  static GlobalOptions options() {
    GlobalOptions options;
    options.output = OutputFormat::json;
    return options;
  }

  test::Folder scratch_;
  RecordedSession session_;
  std::ostringstream out_;
  std::ostringstream err_;
  std::unique_ptr<App> app_;
  SessionPlayer player_;
  Tap tap_;
  ExitCode code_ = ExitCode::failed;
  Duration took_{};
};

}  // namespace albatross::cli
