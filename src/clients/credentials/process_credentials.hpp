#pragma once

#include "albatross/clients/credentials_provider.hpp"

#include "clients/credentials/fetch.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace albatross {

/// The output of a program (credential_process).
class ProcessCredentials final : public CredentialsProvider {
 public:
  ProcessCredentials(SharedContext context, std::string command, std::string described_as);
  Task<ResolvedCredentials> resolve(Deadline deadline) override;

 private:
  SharedContext context_;
  std::string command_;
  std::string described_as_;
};

/// Splits a command into words as a POSIX shell does: blanks, 'single' and "double" quotes, '\'.
/// Nothing is expanded. @throws CredentialsError for a quote that is not closed
std::vector<std::string> split_command(std::string_view command);

}  // namespace albatross
