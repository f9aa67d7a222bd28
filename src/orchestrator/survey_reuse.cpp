#include "orchestrator/survey_reuse.hpp"

#include "orchestrator/resources/elbv2_support.hpp"

#include <algorithm>

namespace albatross {
namespace {

using resources::if_found;

elbv2::DescribeLoadBalancersRequest named(const std::string& reference) {
  elbv2::DescribeLoadBalancersRequest request;
  if (reference.starts_with("arn:")) {
    request.load_balancer_arns = {reference};
  } else {
    request.names = {reference};
  }
  return request;
}

ExistingLoadBalancer describe(const elbv2::LoadBalancer& balancer) {
  ExistingLoadBalancer out;
  out.arn = balancer.load_balancer_arn;
  out.vpc_id = balancer.vpc_id;
  out.scheme = balancer.scheme;
  out.security_groups = balancer.security_groups;
  for (const auto& zone : balancer.availability_zones)
    out.zones.push_back(zone.zone_name);
  return out;
}

bool is_known(const std::vector<ResourceRecord>& known, const std::string& id) {
  return std::any_of(known.begin(), known.end(),
                     [&](const ResourceRecord& record) { return record.id == id; });
}

/// Whether an earlier run made the listener, or was about to.
bool is_expected(const std::vector<ResourceRecord>& known, const std::string& port) {
  return std::any_of(known.begin(), known.end(), [&](const ResourceRecord& record) {
    return record.kind == "listener" && record.property("port") == port;
  });
}

/// Every listener of the stack that is said to exist does; where it is to be added, its port is
/// free.
void check_listeners(const Stack& stack, const ExistingLoadBalancer& balancer,
                     const std::vector<ResourceRecord>& known) {
  const std::string doing = "looking at load balancer " + stack.load_balancer.existing;
  for (const ListenerSpec& listener : stack.load_balancer.listeners) {
    const std::string port = std::to_string(listener.port);
    const auto found = balancer.listeners.find(listener.port);
    const bool there = found != balancer.listeners.end();
    if (listener.existing && !there)
      throw finding(doing, "NoSuchListener", "it has no listener on port " + port,
                    "Leave 'existing' out, so that the listener is added, or name another port.");
    if (!listener.existing && there && !is_expected(known, port))
      throw finding(doing, "PortTaken", "it has a listener on port " + port + " already",
                    "Add 'existing: true' to it, so that rules are added to it, or choose another "
                    "port.");
  }
}

Task<std::set<int>> taken_priorities(AwsClients& aws, std::string listener_arn,
                                     const std::vector<ResourceRecord>& known,
                                     CallOptions options) {
  elbv2::DescribeRulesRequest request;
  request.listener_arn = std::move(listener_arn);
  auto rules = co_await aws.elbv2.all_rules(std::move(request), options);
  std::set<int> out;
  for (const elbv2::Rule& rule : rules) {
    if (!rule.is_default && !is_known(known, rule.rule_arn))
      out.insert(resources::number(rule.priority));
  }
  co_return out;
}

/// Whether an earlier run made the mount target, or was about to.
bool is_added(const std::vector<ResourceRecord>& known, const efs::MountTarget& target) {
  return std::any_of(known.begin(), known.end(), [&](const ResourceRecord& record) {
    if (record.kind != "mount_target" || record.provenance != Provenance::created) return false;
    return record.id.empty() ? record.property("subnet_id") == target.subnet_id
                             : record.id == target.mount_target_id;
  });
}

ec2::DescribeInstancesRequest instances_of(const InstancesSpec& spec) {
  ec2::DescribeInstancesRequest request;
  request.instance_ids = spec.existing_ids;
  if (!spec.existing_ids.empty()) return request;
  for (const auto& [key, value] : spec.existing_tags)
    request.filters.push_back(ec2::Filter{"tag:" + key, {value}});
  request.filters.push_back(ec2::Filter{"instance-state-name", {"running"}});
  request.max_results = 1000;
  return request;
}

void check_instances(const std::vector<ExistingInstance>& found) {
  const std::string doing = "looking at the existing instances";
  if (found.empty())
    throw finding(doing, "NoInstances", "no running instance has the tags of instances.existing",
                  "Correct the tags, or name the instances by id.");
  for (const ExistingInstance& instance : found) {
    if (instance.vpc_id == found.front().vpc_id) continue;
    throw finding(doing, "InstancesInTwoVpcs",
                  found.front().id + " is in " + found.front().vpc_id + ", but " + instance.id +
                      " is in " + instance.vpc_id,
                  "Name instances of one VPC only.");
  }
}

}  // namespace

NodeFailed finding(std::string doing, std::string code, std::string message, std::string hint) {
  Failure failure;
  failure.doing = std::move(doing);
  failure.code = std::move(code);
  failure.message = std::move(message);
  failure.hint = std::move(hint);
  return NodeFailed(std::move(failure));
}

Task<ExistingLoadBalancer> survey_load_balancer(AwsClients& aws, const Stack& stack,
                                                const std::vector<ResourceRecord>& known,
                                                CallOptions options) {
  const std::string& reference = stack.load_balancer.existing;
  auto call = aws.elbv2.describe_load_balancers(named(reference), options);
  auto answer = co_await if_found(std::move(call));
  if (!answer || answer->load_balancers.empty())
    throw finding("looking for load balancer " + reference, "NotFound",
                  "load_balancer.existing names it, but it does not exist here",
                  "Correct the name, or leave it out, so that a load balancer is made.");
  if (answer->load_balancers.front().type != "application")
    throw finding("looking at load balancer " + reference, "WrongType",
                  "it is a load balancer of type " + answer->load_balancers.front().type,
                  "Name an application load balancer.");
  ExistingLoadBalancer out = describe(answer->load_balancers.front());
  elbv2::DescribeListenersRequest request;
  request.load_balancer_arn = out.arn;
  auto listeners = co_await aws.elbv2.all_listeners(std::move(request), options);
  for (const elbv2::Listener& listener : listeners)
    out.listeners[listener.port] = listener.listener_arn;
  check_listeners(stack, out, known);
  for (const ListenerSpec& listener : stack.load_balancer.listeners) {
    if (!listener.existing) continue;
    const std::string arn = out.listeners.at(listener.port);
    auto taken = co_await taken_priorities(aws, arn, known, options);
    out.taken[listener.port] = std::move(taken);
  }
  co_return out;
}

Task<std::vector<ExistingInstance>> survey_instances(AwsClients& aws, const Stack& stack,
                                                     CallOptions options) {
  auto answer = co_await aws.ec2.all_instances(instances_of(stack.instances), options);
  std::vector<ExistingInstance> out;
  for (const ec2::Instance& instance : answer)
    out.push_back({instance.instance_id, instance.placement.availability_zone, instance.vpc_id});
  std::sort(out.begin(), out.end(),
            [](const ExistingInstance& a, const ExistingInstance& b) { return a.id < b.id; });
  check_instances(out);
  co_return out;
}

Task<std::map<std::string, std::string>> survey_mount_targets(
    AwsClients& aws, const Stack& stack, const std::vector<ResourceRecord>& known,
    CallOptions options) {
  efs::DescribeMountTargetsRequest request;
  request.file_system_id = stack.file_system.existing_id;
  auto call = aws.efs.all_mount_targets(std::move(request), std::move(options));
  auto answer = co_await if_found(std::move(call));
  if (!answer)
    throw finding("looking for file system " + stack.file_system.existing_id, "NotFound",
                  "storage.efs names it, but it does not exist here",
                  "Correct the id, or leave it out, so that a file system is made.");
  std::map<std::string, std::string> out;
  for (const efs::MountTarget& target : *answer) {
    if (!is_added(known, target)) out[target.availability_zone_name] = target.mount_target_id;
  }
  co_return out;
}

Task<> survey_security_groups(AwsClients& aws, const Stack& stack, std::string vpc_id,
                              CallOptions options) {
  ec2::DescribeSecurityGroupsRequest request;
  request.group_ids = stack.instances.security_groups;
  const auto& balancers = stack.load_balancer.security_groups;
  for (const std::string& id : resources::without(balancers, request.group_ids))
    request.group_ids.push_back(id);
  if (request.group_ids.empty()) co_return;
  auto answer = co_await aws.ec2.describe_security_groups(std::move(request), std::move(options));
  for (const ec2::SecurityGroup& group : answer.security_groups) {
    if (group.vpc_id == vpc_id) continue;
    throw finding("looking at security groups", "GroupInOtherVpc",
                  group.group_id + " is in " + group.vpc_id + ", not in " + vpc_id,
                  "Name groups of the stack's VPC.");
  }
}

}  // namespace albatross
