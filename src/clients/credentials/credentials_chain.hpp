#pragma once

#include "albatross/clients/credentials_provider.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace albatross {

/// One place to look for credentials.
struct CredentialsSource {
  /// "environment", "profile dev".
  std::string name;
  /// Null when the source is not configured; then `absence` says what is missing.
  std::unique_ptr<CredentialsProvider> provider;
  std::string absence;
};

/// Uses the first source that is configured. When it fails, or none is, the error tells of every
/// source why it gave nothing.
class CredentialsChain final : public CredentialsProvider {
 public:
  explicit CredentialsChain(std::vector<CredentialsSource> sources);

  Task<ResolvedCredentials> resolve(Deadline deadline) override;
  void invalidate() override;

 private:
  [[noreturn]] void fail(const std::string& why) const;

  std::vector<CredentialsSource> sources_;
  std::size_t chosen_;
};

}  // namespace albatross
