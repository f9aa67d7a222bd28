#pragma once

#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/state/record.hpp"

#include "orchestrator/failure.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace albatross {

/// A load balancer that a stack adds to.
struct ExistingLoadBalancer {
  /// Empty: the stack makes its own.
  std::string arn;
  std::string vpc_id;
  std::string scheme;
  std::vector<std::string> security_groups;
  std::vector<std::string> zones;
  /// ARNs by port.
  std::map<int, std::string> listeners;
  /// Priorities of other people's rules, by the listener's port.
  std::map<int, std::set<int>> taken;
};

/// An instance that a stack only sends requests to.
struct ExistingInstance {
  std::string id;
  std::string zone;
  std::string vpc_id;
};

// Each throws NodeFailed when what the file names is not there or cannot be used.

Task<ExistingLoadBalancer> survey_load_balancer(AwsClients& aws, const Stack& stack,
                                                const std::vector<ResourceRecord>& known,
                                                CallOptions options);
/// Ordered by id.
Task<std::vector<ExistingInstance>> survey_instances(AwsClients& aws, const Stack& stack,
                                                     CallOptions options);
/// Mount targets of the stack's existing file system, but for those that the stack added: id by
/// zone.
Task<std::map<std::string, std::string>> survey_mount_targets(
    AwsClients& aws, const Stack& stack, const std::vector<ResourceRecord>& known,
    CallOptions options);
/// That the groups which the file names exist in the VPC.
Task<> survey_security_groups(AwsClients& aws, const Stack& stack, std::string vpc_id,
                              CallOptions options);

/// What a survey found wrong.
NodeFailed finding(std::string doing, std::string code, std::string message, std::string hint);

}  // namespace albatross
