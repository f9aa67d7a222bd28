#pragma once

#include "cli/aws_session.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace albatross::cli {

/// The ways to AWS of a command on several stacks: one for each region, whose stacks share its
/// connections, credentials and rate limits.
class AwsSessions {
 public:
  /// @param doing "deploy", for those who find a stack locked
  AwsSessions(App& app, std::string doing) : app_(app), doing_(std::move(doing)) {}

  /// @param region empty: as flags, environment and profile say
  /// @throws UsageError as AwsSession does
  AwsSession& in(const std::string& region);

  /// Runs `command`, and opens connections in all regions meanwhile.
  Task<ExitCode> while_connecting(Task<ExitCode> command);

 private:
  App& app_;
  std::string doing_;
  std::map<std::string, std::unique_ptr<AwsSession>> by_region_;
  /// The one for those that name no region.
  AwsSession* usual_ = nullptr;
};

}  // namespace albatross::cli
