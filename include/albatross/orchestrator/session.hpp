#pragma once

#include "albatross/clients/acm.hpp"
#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/ec2.hpp"
#include "albatross/clients/efs.hpp"
#include "albatross/clients/elbv2.hpp"
#include "albatross/clients/iam.hpp"
#include "albatross/clients/service_quotas.hpp"
#include "albatross/clients/ssm.hpp"
#include "albatross/clients/sts.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/state/record.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace albatross {

class Looks;

/// One typed client per service, all over the same caller. Must not outlive it.
struct AwsClients {
  /// All of them over that caller.
  explicit AwsClients(ApiCaller& the_caller);
  AwsClients(const AwsClients&) = delete;
  AwsClients& operator=(const AwsClients&) = delete;
  ~AwsClients();

  ApiCaller& caller;
  /// The calls' own.
  Clock& clock;
  ec2::Client ec2;
  elbv2::Client elbv2;
  efs::Client efs;
  iam::Client iam;
  sts::Client sts;
  ssm::Client ssm;
  acm::Client acm;
  service_quotas::Client service_quotas;
  /// Looks by id, whose calls all who wait for something share.
  std::unique_ptr<Looks> looks;
};

/// Who asks a load balancer at that origin as its users do; null: nobody can.
using Visitors = std::function<http::Transport*(const http::Origin& origin)>;

/// Who a stack is and where it lives: the same for the whole run.
struct StackIdentity {
  std::string stack;
  std::string deployment_id;
  std::string account;
  std::string region;
  /// "aws", "aws-cn", …: the second part of every ARN.
  std::string partition;
  std::string dns_suffix;
  /// The user's own tags.
  std::map<std::string, std::string> user_tags;

  /// All tags of a node's resource: Name, the stack's, the deployment's, the node's, the user's.
  std::map<std::string, std::string> tags(const std::string& node) const;
};

/// Tag keys that mark what is ours.
inline constexpr const char* tag_stack = "albatross:stack";
inline constexpr const char* tag_deployment = "albatross:deployment";
inline constexpr const char* tag_node = "albatross:node";

/// What one verb of a Kind works with. Made anew for each verb; refers to the run's clients.
struct Session {
  AwsClients& aws;
  const StackIdentity& identity;
  /// Deadline and retry observer for the verb's calls.
  CallOptions options;
  /// Look at everything that is managed (tags, attributes, what was added from outside), whatever
  /// calls that takes: for comparing, not for waiting.
  bool thorough = false;
  /// Targets that leave count as there until they are drained.
  bool drain = true;
  /// Empty: nobody asks load balancers.
  Visitors visitors = {};
  /// One look of many at something that is waited for: it can wait for company, so that all who
  /// wait ask AWS together.
  bool polling = false;
};

}  // namespace albatross
