#pragma once

#include "albatross/clients/credentials_provider.hpp"

#include <exception>
#include <memory>
#include <optional>

namespace albatross {

/// Keeps what another provider gives, and fetches anew ahead of expiry. Fifteen minutes before it
/// (or a third of a shorter life) one call refreshes while the others use what is there, and
/// failures are forgiven; ten minutes before it (or a sixth) all wait for the one that refreshes.
class RefreshingCredentials final : public CredentialsProvider {
 public:
  RefreshingCredentials(Clock& clock, std::unique_ptr<CredentialsProvider> source);
  ~RefreshingCredentials() override;

  Task<ResolvedCredentials> resolve(Deadline deadline) override;
  void invalidate() override;

 private:
  /// One fetch; every call that waits for it holds it.
  struct Flight;
  enum class Freshness { fresh, worth_refreshing, stale };

  Freshness freshness() const;
  void keep(ResolvedCredentials fetched);
  Task<> fetch(std::shared_ptr<Flight> flight);
  Task<bool> wait_for(std::shared_ptr<Flight> flight, Deadline deadline);

  Clock& clock_;
  std::unique_ptr<CredentialsProvider> source_;
  std::optional<ResolvedCredentials> kept_;
  WallTime worth_refreshing_at_{};
  WallTime stale_at_{};
  std::shared_ptr<Flight> flight_;
};

}  // namespace albatross
