#pragma once

#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/state/record.hpp"

#include "orchestrator/preflight/findings.hpp"
#include "orchestrator/preflight/preflight.hpp"
#include "orchestrator/survey_reuse.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace albatross {

/// A subnet that the stack will use: an existing one (id) or one to be made (cidr).
struct ChosenSubnet {
  /// Distinguishes the subnets of a stack: "a" for us-east-1a.
  std::string label;
  std::string id;
  std::string zone;
  std::string cidr;
  /// Of an existing one: how many addresses nobody has.
  std::optional<int> free_addresses = std::nullopt;
};

struct ChosenNetwork {
  /// Empty when the VPC is to be made.
  std::string vpc_id;
  std::vector<ChosenSubnet> subnets;
};

/// What has to be known before the graph can be built, asked with read-only calls, all at once.
struct Survey {
  std::string account;
  ChosenNetwork network;
  /// What the stack's image stands for today.
  std::string image_id;
  /// For each instance the place of its subnet in network.subnets.
  std::vector<std::size_t> placement;
  /// The file leaves the choice of zones open, and there are more than were chosen.
  bool has_more_zones = false;
  /// The image's root device, when the stack sets the size of its volume.
  std::string root_device;
  ExistingLoadBalancer load_balancer;
  std::vector<ExistingInstance> instances;
  /// Of an existing file system: id by zone.
  std::map<std::string, std::string> mount_targets;
  /// What the rules of earlier runs have, by node.
  std::map<std::string, int> rule_priorities;
  /// Somebody can ask the load balancer what its users will ask it.
  bool visited = false;
};

/// What a survey works with. Lives as long as the survey.
struct SurveyContext {
  AwsClients& aws;
  const Stack& stack;
  const StackIdentity& identity;
  /// The stack's records, so that a later run chooses what an earlier one chose.
  const std::vector<ResourceRecord>& known;
  /// How many zones to use where the file does not say.
  std::size_t zones = 2;
  CallOptions options;
  /// The preflight that goes on beside it.
  SharedLook& look;
  Findings& findings;
};

/// Looks around. Changes nothing. What is wrong with the account or the file goes into the
/// findings, all of it at once; the survey is then not complete.
/// @throws ApiError, CredentialsError for what would stop every other look as well
Task<Survey> survey(SurveyContext context);

/// The `index`-th /20 (or smaller, for a small block) of a VPC's block "10.42.0.0/16". Pure.
std::string subnet_cidr(const std::string& vpc_cidr, unsigned index);

/// One subnet per zone for a stack that needs `needed` zones, those in `preferred` first, then by
/// zone name. Pure. @throws NodeFailed naming the subnets and zones found when they do not suffice
std::vector<ChosenSubnet> choose_subnets(std::vector<ec2::Subnet> found, std::size_t needed,
                                         const std::vector<std::string>& preferred);

}  // namespace albatross
