#pragma once

#include "albatross/clients/config.hpp"
#include "albatross/clients/credentials_provider.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/task.hpp"

#include <memory>
#include <optional>
#include <string>

namespace albatross::cli {

/// Stands between a command and the world while its session is recorded, or in the world's place
/// while it is replayed.
class SessionTap {
 public:
  virtual ~SessionTap() = default;

  /// The command has found its settings.
  virtual void configured(const AwsConfig& config) = 0;
  /// What its calls go through, and where its credentials come from.
  virtual http::Transport& transport(http::Transport& real) = 0;
  virtual std::unique_ptr<CredentialsProvider> credentials(
      std::unique_ptr<CredentialsProvider> real) = 0;
  /// What load balancers are asked through. Of what services answer only the status is recorded:
  /// the rest is theirs.
  virtual http::Transport& visitor(http::Transport& real) = 0;
  /// Nothing may reach the network.
  virtual bool offline() const = 0;

  /// The command is being told to stop, as the user has asked; nothing else can run now.
  virtual void interrupted() = 0;
  /// Ends when the command is to be told to stop because the recorded one was, at the same point;
  /// nothing when it was not, or has been told.
  virtual std::optional<Task<>> interruption() = 0;

  /// The user has answered a question of the command's.
  virtual void answered(const std::string&) {}
  /// What the user of the recorded command answered, in turn; nothing when this one is to be asked.
  virtual std::optional<std::string> answer() { return std::nullopt; }
};

}  // namespace albatross::cli
