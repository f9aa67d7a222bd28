#pragma once

#include "albatross/clients/exchange_rules.hpp"
#include "albatross/http/replay.hpp"

#include "cli/recording/session.hpp"
#include "cli/recording/session_tap.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace albatross::cli {

/// Plays a recorded session to the command that is run again. What fetched credentials is not
/// played: the calls are signed with none that are worth anything.
class SessionPlayer final : public SessionTap {
 public:
  /// Both must outlive the player.
  SessionPlayer(const RecordedSession& session, Clock& clock, bool by_operation);
  ~SessionPlayer() override;

  void configured(const AwsConfig&) override {}
  http::Transport& transport(http::Transport& real) override;
  std::unique_ptr<CredentialsProvider> credentials(
      std::unique_ptr<CredentialsProvider> real) override;
  http::Transport& visitor(http::Transport&) override { return *replay_; }
  bool offline() const override { return true; }
  void interrupted() override {}
  std::optional<Task<>> interruption() override;
  std::optional<std::string> answer() override;

  const http::ReplayTransport& replayed() const { return *replay_; }

 private:
  class Provider;
  const RecordedSession& session_;
  Clock& clock_;
  std::size_t answers_given_ = 0;
  AwsExchangeRules rules_;
  std::unique_ptr<http::ReplayTransport> replay_;
};

/// How the run differed from the recorded one, as lines for people; empty when it did not. Pure.
std::vector<std::string> differences(const RecordedSession& session,
                                     const http::ReplayTransport& replayed, int exit_code);

}  // namespace albatross::cli
