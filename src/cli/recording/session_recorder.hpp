#pragma once

#include "albatross/clients/exchange_rules.hpp"
#include "albatross/http/recorder.hpp"
#include "albatross/orchestrator/stack.hpp"

#include "cli/app.hpp"
#include "cli/recording/session_tap.hpp"

#include <memory>
#include <optional>
#include <string>

namespace albatross::cli {

/// Records a command's session into a folder (--record): its exchanges, and all that it takes to
/// run the command again offline.
class SessionRecorder final : public SessionTap {
 public:
  /// Writes down what the command begins with.
  /// @throws UsageError when the folder cannot be used, or the command makes no session
  SessionRecorder(App& app, const std::string& directory);
  ~SessionRecorder() override;

  /// The run's only source of chance; replayed from the recording.
  Entropy& entropy() { return entropy_; }

  void configured(const AwsConfig& config) override;
  http::Transport& transport(http::Transport& real) override;
  std::unique_ptr<CredentialsProvider> credentials(
      std::unique_ptr<CredentialsProvider> real) override;
  http::Transport& visitor(http::Transport& real) override;
  bool offline() const override { return false; }
  void interrupted() override;
  std::optional<Task<>> interruption() override { return std::nullopt; }
  void answered(const std::string& answer) override;

  /// Writes down how the command ended, and says where the recording is.
  void finish(ExitCode code);

 private:
  class Provider;
  class StatusOnly;
  void keep_stack_file(const std::string& path, std::optional<Stack>& stack);
  void keep_faults_file(const Command& command);
  void keep_state(const std::string& name, const Stack* stack);

  App& app_;
  AwsExchangeRules rules_;
  std::uint64_t seed_;
  SeededEntropy entropy_;
  std::unique_ptr<http::Recorder> recorder_;
  std::unique_ptr<http::RecordingTransport> transport_;
  std::unique_ptr<http::Transport> status_only_;
  std::unique_ptr<http::RecordingTransport> visitor_;
};

}  // namespace albatross::cli
