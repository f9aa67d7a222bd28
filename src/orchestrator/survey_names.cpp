#include "orchestrator/survey_names.hpp"

#include "albatross/orchestrator/names.hpp"

#include "orchestrator/convergence.hpp"
#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/survey_reuse.hpp"
#include "orchestrator/tier2.hpp"

#include <algorithm>
#include <utility>

namespace albatross {
namespace {

/// Is there one of that name, of whichever generation, and known to be ours?
bool has(const std::vector<ResourceRecord>& known, const std::string& node, const std::string& name,
         std::size_t limit) {
  return std::any_of(known.begin(), known.end(), [&](const ResourceRecord& record) {
    return record.base_node() == node && !record.id.empty() && is_named(record, name, limit);
  });
}

/// Something that bears the name.
struct Named {
  std::string what;
  std::string name;
  std::string arn;
  std::string node;
};

Task<> check_owner(AwsClients& aws, const StackIdentity& identity, Named named,
                   CallOptions options) {
  Session session{aws, identity, std::move(options)};
  auto tags = co_await resources::tags_of_arn(session, named.arn);
  if (resources::is_of_node(tags, session, named.node)) co_return;
  throw finding("checking names", "NameTaken",
                "a " + named.what + " named " + named.name +
                    " exists already and is not this stack's: " + named.arn,
                "Choose another name (load_balancer.name, or the stack's name), or delete it.");
}

// A create with a name that exists answers with what exists, whoever made it: look first.
Task<> check_load_balancer_name(AwsClients& aws, const StackIdentity& identity, std::string name,
                                CallOptions options) {
  elbv2::DescribeLoadBalancersRequest request;
  request.names = {name};
  auto call = aws.elbv2.describe_load_balancers(std::move(request), options);
  auto answer = co_await resources::if_found(std::move(call));
  if (!answer || answer->load_balancers.empty()) co_return;
  Named named{"load balancer", std::move(name), answer->load_balancers.front().load_balancer_arn,
              "load_balancer"};
  co_await check_owner(aws, identity, std::move(named), std::move(options));
}

Task<> check_target_group_name(AwsClients& aws, const StackIdentity& identity, std::string name,
                               std::string node, CallOptions options) {
  elbv2::DescribeTargetGroupsRequest request;
  request.names = {name};
  auto call = aws.elbv2.describe_target_groups(std::move(request), options);
  auto answer = co_await resources::if_found(std::move(call));
  if (!answer || answer->target_groups.empty()) co_return;
  Named named{"target group", std::move(name), answer->target_groups.front().target_group_arn,
              std::move(node)};
  co_await check_owner(aws, identity, std::move(named), std::move(options));
}

}  // namespace

std::vector<Task<>> name_checks(AwsClients& aws, const Stack& stack, const StackIdentity& identity,
                                const std::vector<ResourceRecord>& known,
                                const CallOptions& options) {
  std::vector<Task<>> out;
  const LoadBalancerSpec& balancer = stack.load_balancer;
  if (!balancer.enabled) return out;
  const bool made = balancer.existing.empty();
  if (made && !has(known, "load_balancer", balancer.name, load_balancer_name_limit))
    out.push_back(check_load_balancer_name(aws, identity, balancer.name, options));
  for (const ServiceSpec& service : stack.services) {
    const std::string node = "target_group." + service.name;
    const std::string name = target_group_name(stack, service.name);
    if (!has(known, node, name, target_group_name_limit))
      out.push_back(check_target_group_name(aws, identity, name, node, options));
  }
  return out;
}

}  // namespace albatross
