#pragma once

#include "albatross/clients/config.hpp"
#include "albatross/clients/credentials_provider.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"

#include <memory>
#include <optional>

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
  /// Nothing may reach the network.
  virtual bool offline() const = 0;

  /// The user has asked the command to stop.
  virtual void interrupted() = 0;
  /// When the user asked the recorded command to stop, since its start.
  virtual std::optional<Duration> interrupt_after() const = 0;
};

}  // namespace albatross::cli
