#include "orchestrator/doctor/health_doctor.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/doctor/target_facts.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace albatross {
namespace {

// Beside a wait that goes on anyway.
constexpr Duration patience = std::chrono::seconds{10};
// Consoles that are read at a look: one after the other they all get their turn to be healthy.
constexpr std::size_t most_consoles = 4;

class Doctor {
 public:
  Doctor(Session& session, std::vector<TargetState>& targets)
      : aws_(session.aws), options_(session.options), targets_(targets) {
    const Deadline soon = Deadline::after(session.aws.clock, patience);
    options_.deadline = earlier(soon, session.options.deadline);
    for (const TargetState& target : targets) {
      if (target.state != "healthy") sick_.insert(target.instance_id);
    }
  }

  Task<> run(std::string target_group_arn) {
    std::vector<Task<>> first;
    first.push_back(quietly(ask_group(std::move(target_group_arn))));
    first.push_back(quietly(ask_instances()));
    std::size_t consoles = 0;
    for (const std::string& id : sick_) {
      if (++consoles <= most_consoles) first.push_back(quietly(ask_console(id)));
    }
    co_await when_all(std::move(first));
    co_await quietly(ask_security_groups());
    for (TargetState& target : targets_) {
      if (target.state == "healthy") continue;
      std::string cause = likely_cause(target, facts_);
      if (!cause.empty()) target.hint = std::move(cause);
    }
  }

 private:
  static Task<> quietly(Task<> question) {
    try {
      co_await std::move(question);
    } catch (const ApiError&) {
      co_return;  // what it would have told is not known
    } catch (const CredentialsError&) {
      co_return;
    }
  }

  Task<> ask_group(std::string arn) {
    elbv2::DescribeTargetGroupsRequest groups;
    groups.target_group_arns = {std::move(arn)};
    auto found = co_await aws_.elbv2.describe_target_groups(std::move(groups), options_);
    if (found.target_groups.empty()) co_return;
    facts_.group = std::move(found.target_groups.front());
    if (facts_.group->load_balancer_arns.empty()) co_return;
    elbv2::DescribeLoadBalancersRequest balancers;
    balancers.load_balancer_arns = {facts_.group->load_balancer_arns.front()};
    auto answer = co_await aws_.elbv2.describe_load_balancers(std::move(balancers), options_);
    if (!answer.load_balancers.empty()) facts_.balancer = std::move(answer.load_balancers.front());
  }

  Task<> ask_instances() {
    ec2::DescribeInstancesRequest request;
    request.instance_ids = {sick_.begin(), sick_.end()};
    if (request.instance_ids.empty()) co_return;
    auto found = co_await aws_.ec2.all_instances(std::move(request), options_);
    for (ec2::Instance& instance : found) {
      const std::string id = instance.instance_id;
      facts_.instances.emplace(id, std::move(instance));
    }
  }

  Task<> ask_console(std::string id) {
    ec2::GetConsoleOutputRequest request;
    request.instance_id = id;
    auto answer = co_await aws_.ec2.get_console_output(std::move(request), options_);
    facts_.boots[std::move(id)] = read_boot_log(answer.output);
  }

  Task<> ask_security_groups() {
    std::set<std::string> ids;
    if (facts_.balancer)
      ids.insert(facts_.balancer->security_groups.begin(), facts_.balancer->security_groups.end());
    for (const auto& [instance_id, instance] : facts_.instances) {
      for (const ec2::GroupIdentifier& group : instance.security_groups)
        ids.insert(group.group_id);
    }
    if (ids.empty()) co_return;
    ec2::DescribeSecurityGroupsRequest request;
    request.group_ids = {ids.begin(), ids.end()};
    auto found = co_await aws_.ec2.describe_security_groups(std::move(request), options_);
    for (ec2::SecurityGroup& group : found.security_groups) {
      const std::string id = group.group_id;
      facts_.security_groups.emplace(id, std::move(group));
    }
  }

  AwsClients& aws_;
  CallOptions options_;
  std::vector<TargetState>& targets_;
  std::set<std::string> sick_;
  GroupFacts facts_;
};

}  // namespace

Task<> diagnose_targets(Session& session, std::string target_group_arn,
                        std::vector<TargetState>& targets) {
  Doctor doctor(session, targets);
  co_await doctor.run(std::move(target_group_arn));
}

}  // namespace albatross
