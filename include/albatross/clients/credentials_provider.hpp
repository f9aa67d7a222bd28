#pragma once

#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/deadline.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/sigv4/credentials.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace albatross {

/// Credentials with what is known of their life and origin.
struct ResolvedCredentials {
  Credentials credentials;
  std::optional<WallTime> expires_at;
  /// For people: "environment", "profile dev in ~/.aws/credentials".
  std::string source;
};

/// No usable credentials: says which sources were tried and why each failed.
class CredentialsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Where credentials come from. Single-threaded.
class CredentialsProvider {
 public:
  virtual ~CredentialsProvider() = default;
  /// Current credentials, fetched or refreshed when needed. Honours cancellation.
  /// @throws CredentialsError
  virtual Task<ResolvedCredentials> resolve(Deadline deadline) = 0;
  /// AWS said that what resolve() gave is expired: fetch anew next time.
  virtual void invalidate() {}
};

/// The same credentials for ever.
class StaticCredentials final : public CredentialsProvider {
 public:
  /// These, which never expire; `source` is for people.
  explicit StaticCredentials(Credentials credentials, std::string source = "given directly")
      : credentials_(std::move(credentials)), source_(std::move(source)) {}
  Task<ResolvedCredentials> resolve(Deadline deadline) override;

 private:
  Credentials credentials_;
  std::string source_;
};

}  // namespace albatross
