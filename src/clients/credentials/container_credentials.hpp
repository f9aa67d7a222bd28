#pragma once

#include "albatross/clients/credentials_provider.hpp"

#include "clients/credentials/fetch.hpp"

#include <string>

namespace albatross {

/// The credentials service of ECS and EKS (AWS_CONTAINER_CREDENTIALS_*).
class ContainerCredentials final : public CredentialsProvider {
 public:
  explicit ContainerCredentials(SharedContext context) : context_(std::move(context)) {}
  static bool configured(const Environment& environment);
  Task<ResolvedCredentials> resolve(Deadline deadline) override;

 private:
  std::string url() const;
  std::string authorization() const;

  SharedContext context_;
};

}  // namespace albatross
