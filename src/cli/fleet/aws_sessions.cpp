#include "cli/fleet/aws_sessions.hpp"

#include <utility>

namespace albatross::cli {

AwsSession& AwsSessions::in(const std::string& region) {
  const auto known = by_region_.find(region);
  if (known != by_region_.end()) return *known->second;
  if (region.empty() && usual_ != nullptr) return *usual_;
  auto session = std::make_unique<AwsSession>(app_, region, doing_);
  // What was not named may be one that is there already.
  const auto [place, added] = by_region_.try_emplace(session->region(), nullptr);
  if (added) place->second = std::move(session);
  if (region.empty()) usual_ = place->second.get();
  return *place->second;
}

Task<ExitCode> AwsSessions::while_connecting(Task<ExitCode> command) {
  for (const auto& [region, session] : by_region_)
    command = session->while_connecting(std::move(command));
  return command;
}

}  // namespace albatross::cli
