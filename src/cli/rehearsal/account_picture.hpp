#pragma once

#include "albatross/orchestrator/plan.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// What of an account decides how a deploy goes.
struct AccountPicture {
  std::string region = "us-east-1";
  std::string account = "123456789012";
  /// Letters of its zones: "a" for us-east-1a.
  std::vector<std::string> zones = {"a", "b", "c"};
  bool default_vpc = true;
  /// Zones of the subnets that the stack uses, where it names them.
  std::vector<std::string> network_zones;
  /// The stack as it is recorded, and what a plan says of it; empty when it is new.
  StackRecord stack;
  std::vector<ResourceRecord> resources;
  Plan plan;
  /// False when the account could not be asked; then `why_not` says why.
  bool seen = false;
  std::string why_not;
  /// What to do about it; may be empty.
  std::string way_out;
};

/// Asks the account, with read-only calls, all at once.
/// @throws ApiError, CredentialsError
Task<AccountPicture> look_at_account(AwsClients& aws, Clock& clock, const Stack& stack,
                                     std::string region);

}  // namespace albatross::cli
