#include "orchestrator/looks.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/resources/support.hpp"

#include <algorithm>
#include <utility>

namespace albatross {
namespace {

using Keys = std::vector<std::string>;

// A filter takes 200 values. That finds what there is; ids that are not there would make AWS refuse
// the whole call if they were asked for as ids.
constexpr BatchLimits filtered{200};
// More ARNs than that AWS does not take.
constexpr BatchLimits by_arn{20};
// Listed, whatever is asked for.
constexpr BatchLimits listed{1000};
// EFS takes a few calls a second.
constexpr BatchLimits one_by_one{1, std::chrono::seconds{1}, std::chrono::milliseconds{500}};

ec2::Filter filter(const char* name, Keys values) {
  return ec2::Filter{name, std::move(values)};
}

/// What was found, by what it was asked for.
template <class Found, class Key>
std::multimap<std::string, Found> by_key(std::vector<Found> found, Key key, const Keys& asked) {
  std::multimap<std::string, Found> out;
  for (Found& one : found) {
    const std::string name = one.*key;
    if (std::find(asked.begin(), asked.end(), name) != asked.end())
      out.emplace(name, std::move(one));
  }
  return out;
}

template <class Found>
std::optional<Found> first_of(std::vector<Found> found) {
  std::optional<Found> out;
  if (!found.empty()) out = std::move(found.front());
  return out;
}

/// Looks for all with that filter.
template <class Request, class Found>
Task<std::multimap<std::string, Found>> find_filtered(
    AwsClients& aws, Task<std::vector<Found>> (ec2::Client::*all)(Request, CallOptions),
    const char* name, std::string Found::*key, Keys asked, CallOptions how) {
  Request request;
  request.filters = {filter(name, asked)};
  request.max_results = 1000;
  auto call = (aws.ec2.*all)(std::move(request), std::move(how));
  auto found = co_await std::move(call);
  co_return by_key(std::move(found), key, asked);
}

Task<std::multimap<std::string, ec2::Vpc>> find_vpcs(AwsClients& aws, Keys ids, CallOptions how) {
  return find_filtered(aws, &ec2::Client::all_vpcs, "vpc-id", &ec2::Vpc::vpc_id, std::move(ids),
                       std::move(how));
}

Task<std::multimap<std::string, ec2::Subnet>> find_subnets(AwsClients& aws, Keys ids,
                                                           CallOptions how) {
  return find_filtered(aws, &ec2::Client::all_subnets, "subnet-id", &ec2::Subnet::subnet_id,
                       std::move(ids), std::move(how));
}

Task<std::multimap<std::string, ec2::Instance>> find_instances(AwsClients& aws, Keys ids,
                                                               CallOptions how) {
  return find_filtered(aws, &ec2::Client::all_instances, "instance-id", &ec2::Instance::instance_id,
                       std::move(ids), std::move(how));
}

Task<std::multimap<std::string, ec2::NetworkInterface>> find_interfaces(AwsClients& aws,
                                                                        Keys descriptions,
                                                                        CallOptions how) {
  return find_filtered(aws, &ec2::Client::all_network_interfaces, "description",
                       &ec2::NetworkInterface::description, std::move(descriptions),
                       std::move(how));
}

Task<std::multimap<std::string, ec2::SecurityGroupRule>> find_rules(AwsClients& aws, Keys groups,
                                                                    CallOptions how) {
  ec2::DescribeSecurityGroupRulesRequest request;
  request.filters = {filter("group-id", groups)};
  request.max_results = 1000;
  auto call = aws.ec2.all_security_group_rules(std::move(request), std::move(how));
  auto found = co_await resources::if_found(std::move(call));
  std::vector<ec2::SecurityGroupRule> rules;
  if (found) rules = std::move(*found);
  co_return by_key(std::move(rules), &ec2::SecurityGroupRule::group_id, groups);
}

/// AWS refuses the whole call for one that is not there: then all there are are listed.
Task<std::multimap<std::string, elbv2::LoadBalancer>> find_load_balancers(AwsClients& aws,
                                                                          Keys arns,
                                                                          CallOptions how) {
  elbv2::DescribeLoadBalancersRequest request;
  request.load_balancer_arns = arns;
  auto call = aws.elbv2.describe_load_balancers(std::move(request), how);
  auto answer = co_await resources::if_found(std::move(call));
  std::vector<elbv2::LoadBalancer> found;
  if (answer) found = std::move(answer->load_balancers);
  if (!answer && arns.size() > 1) {
    elbv2::DescribeLoadBalancersRequest all;
    all.page_size = 400;
    found = co_await aws.elbv2.all_load_balancers(std::move(all), std::move(how));
  }
  co_return by_key(std::move(found), &elbv2::LoadBalancer::load_balancer_arn, arns);
}

Task<> find_file_system(AwsClients& aws, std::string id, CallOptions how,
                        std::vector<efs::FileSystem>& into) {
  efs::DescribeFileSystemsRequest request;
  request.file_system_id = std::move(id);
  auto call = aws.efs.describe_file_systems(std::move(request), std::move(how));
  auto answer = co_await resources::if_found(std::move(call));
  if (!answer) co_return;
  for (efs::FileSystem& system : answer->file_systems)
    into.push_back(std::move(system));
}

Task<std::multimap<std::string, efs::MountTarget>> find_mount_targets(AwsClients& aws, Keys ids,
                                                                      CallOptions how) {
  efs::DescribeMountTargetsRequest request;
  request.file_system_id = ids.front();
  auto call = aws.efs.all_mount_targets(std::move(request), std::move(how));
  auto found = co_await resources::if_found(std::move(call));
  std::vector<efs::MountTarget> targets;
  if (found) targets = std::move(*found);
  co_return by_key(std::move(targets), &efs::MountTarget::file_system_id, ids);
}

Task<> terminate_all(AwsClients& aws, Keys ids, CallOptions how) {
  ec2::TerminateInstancesRequest request;
  request.instance_ids = std::move(ids);
  co_await aws.ec2.terminate_instances(std::move(request), std::move(how));
}

/// Null when AWS took it, or its refusal: one of them is unknown, protected, not permitted.
Task<> keep_refusal(Task<> termination, std::exception_ptr& refusal) {
  try {
    co_await std::move(termination);
  } catch (const ApiError& error) {
    if (error.retryable()) throw;
    refusal = std::current_exception();
  }
}

/// One that is refused makes AWS refuse them all: then each goes by itself.
Task<std::multimap<std::string, std::exception_ptr>> end_instances(AwsClients& aws, Keys ids,
                                                                   CallOptions how) {
  std::vector<std::exception_ptr> refusals(ids.size());
  std::exception_ptr refusal;
  auto together = keep_refusal(terminate_all(aws, ids, how), refusal);
  co_await std::move(together);
  if (refusal && ids.size() == 1) refusals.front() = refusal;
  if (refusal && ids.size() > 1) {
    std::vector<Task<>> each;
    for (std::size_t i = 0; i < ids.size(); ++i)
      each.push_back(keep_refusal(terminate_all(aws, Keys(1, ids[i]), how), refusals[i]));
    co_await when_all(std::move(each));
  }
  std::multimap<std::string, std::exception_ptr> out;
  for (std::size_t i = 0; i < ids.size(); ++i)
    out.emplace(ids[i], refusals[i]);
  co_return out;
}

/// A Batch's call out of a function.
template <class Found>
typename Batch<Found>::Call calls(AwsClients& aws,
                                  Task<std::multimap<std::string, Found>> (*find)(AwsClients&, Keys,
                                                                                  CallOptions)) {
  return [&aws, find](Keys keys, CallOptions options) {
    return find(aws, std::move(keys), std::move(options));
  };
}

template <class Found>
Task<std::optional<Found>> first(Task<std::vector<Found>> look) {
  auto found = co_await std::move(look);
  co_return first_of(std::move(found));
}

template <class Found>
Task<std::optional<Found>> one(Batch<Found>& batch, std::string key, const Session& session) {
  return first(batch.look(std::move(key), session.options, session.polling));
}

}  // namespace

/// AWS has no filter: each by its id, or all out of the list where that takes fewer calls.
Task<std::multimap<std::string, efs::FileSystem>> Looks::find_file_systems(Keys ids,
                                                                           CallOptions how) {
  constexpr std::size_t page = 100;
  std::vector<efs::FileSystem> found;
  if (ids.size() <= pages_of_file_systems_) {
    std::vector<Task<>> each;
    for (const std::string& id : ids)
      each.push_back(find_file_system(aws_, id, how, found));
    co_await when_all(std::move(each));
  } else {
    efs::DescribeFileSystemsRequest all;
    found = co_await aws_.efs.all_file_systems(std::move(all), std::move(how));
    pages_of_file_systems_ = std::max<std::size_t>(1, (found.size() + page - 1) / page);
  }
  co_return by_key(std::move(found), &efs::FileSystem::file_system_id, ids);
}

Looks::Looks(AwsClients& aws, Clock& clock)
    : aws_(aws),
      origin_(clock.now()),
      quotas_(aws, clock),
      vpcs_(clock, filtered, calls(aws, find_vpcs)),
      subnets_(clock, filtered, calls(aws, find_subnets)),
      instances_(clock, filtered, calls(aws, find_instances)),
      interfaces_(clock, filtered, calls(aws, find_interfaces)),
      group_rules_(clock, filtered, calls(aws, find_rules)),
      load_balancers_(clock, by_arn, calls(aws, find_load_balancers)),
      file_systems_(clock, listed,
                    [this](Keys ids, CallOptions how) {
                      return find_file_systems(std::move(ids), std::move(how));
                    }),
      mount_targets_(clock, one_by_one, calls(aws, find_mount_targets)),
      terminations_(clock, filtered, calls(aws, end_instances)) {}

void Looks::stop_sharing() {
  origin_.reset();
  quotas_.stop_sharing();
  vpcs_.stop_sharing();
  subnets_.stop_sharing();
  instances_.stop_sharing();
  interfaces_.stop_sharing();
  group_rules_.stop_sharing();
  load_balancers_.stop_sharing();
  file_systems_.stop_sharing();
  mount_targets_.stop_sharing();
  terminations_.stop_sharing();
}

Task<std::optional<ec2::Vpc>> Looks::vpc(std::string id, const Session& session) {
  return one(vpcs_, std::move(id), session);
}

Task<std::optional<ec2::Subnet>> Looks::subnet(std::string id, const Session& session) {
  return one(subnets_, std::move(id), session);
}

Task<std::optional<ec2::Instance>> Looks::instance(std::string id, const Session& session) {
  return one(instances_, std::move(id), session);
}

Task<std::vector<ec2::NetworkInterface>> Looks::interfaces(std::string description,
                                                           const Session& session) {
  return interfaces_.look(std::move(description), session.options, session.polling);
}

Task<std::vector<ec2::SecurityGroupRule>> Looks::rules_of_group(std::string id,
                                                                const Session& session) {
  return group_rules_.look(std::move(id), session.options, session.polling);
}

Task<std::optional<elbv2::LoadBalancer>> Looks::load_balancer(std::string arn,
                                                              const Session& session) {
  return one(load_balancers_, std::move(arn), session);
}

Task<std::optional<efs::FileSystem>> Looks::file_system(std::string id, const Session& session) {
  return one(file_systems_, std::move(id), session);
}

Task<std::vector<efs::MountTarget>> Looks::mount_targets_of(std::string file_system_id,
                                                            const Session& session) {
  return mount_targets_.look(std::move(file_system_id), session.options, session.polling);
}

Task<> Looks::terminate(std::string instance_id, const Session& session) {
  auto call = terminations_.look(std::move(instance_id), session.options, false);
  const auto refusals = co_await std::move(call);
  for (const std::exception_ptr& refusal : refusals) {
    if (refusal) std::rethrow_exception(refusal);
  }
}

}  // namespace albatross
