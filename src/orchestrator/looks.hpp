#pragma once

#include "albatross/orchestrator/session.hpp"

#include "orchestrator/batch.hpp"
#include "orchestrator/preflight/quota_usage.hpp"

#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace albatross {

/// What there is under an id. Stands between the kinds and the clients: looks at the same time go
/// in one call, and those of everybody in the process who waits for something (Session::polling)
/// share one call a second for each API. All throw ApiError and honour cancellation; nothing found
/// is no error. One for each caller.
class Looks {
 public:
  /// Both must outlive it.
  Looks(AwsClients& aws, Clock& clock);

  /// From now on nobody shares: each look is a call of its own, at its own time.
  void stop_sharing();

  /// Where the beat begins on which all who wait look; empty: everybody has their own.
  std::optional<TimePoint> origin() const { return origin_; }

  Task<std::optional<ec2::Vpc>> vpc(std::string id, const Session& session);
  Task<std::optional<ec2::Subnet>> subnet(std::string id, const Session& session);
  Task<std::optional<ec2::Instance>> instance(std::string id, const Session& session);
  /// Those with that description.
  Task<std::vector<ec2::NetworkInterface>> interfaces(std::string description,
                                                      const Session& session);
  Task<std::vector<ec2::SecurityGroupRule>> rules_of_group(std::string id, const Session& session);
  Task<std::optional<elbv2::LoadBalancer>> load_balancer(std::string arn, const Session& session);
  Task<std::optional<efs::FileSystem>> file_system(std::string id, const Session& session);
  Task<std::vector<efs::MountTarget>> mount_targets_of(std::string file_system_id,
                                                       const Session& session);
  /// No look, but shared as well: instances that go at the same time go with one call. One that
  /// AWS refuses (unknown, protected, not permitted) is told to who asked for it only.
  Task<> terminate(std::string instance_id, const Session& session);
  /// How much of its quotas the account uses.
  QuotaUsage& quotas() { return quotas_; }

 private:
  Task<std::multimap<std::string, efs::FileSystem>> find_file_systems(std::vector<std::string> ids,
                                                                      CallOptions how);

  AwsClients& aws_;
  std::optional<TimePoint> origin_;
  QuotaUsage quotas_;
  /// Calls that listing all file systems takes, as far as it is known.
  std::size_t pages_of_file_systems_ = 1;
  Batch<ec2::Vpc> vpcs_;
  Batch<ec2::Subnet> subnets_;
  Batch<ec2::Instance> instances_;
  Batch<ec2::NetworkInterface> interfaces_;
  Batch<ec2::SecurityGroupRule> group_rules_;
  Batch<elbv2::LoadBalancer> load_balancers_;
  Batch<efs::FileSystem> file_systems_;
  Batch<efs::MountTarget> mount_targets_;
  /// What was found in the call's answer, or why the id was refused.
  Batch<std::exception_ptr> terminations_;
};

}  // namespace albatross
