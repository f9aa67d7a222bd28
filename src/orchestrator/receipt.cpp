#include "orchestrator/receipt.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/removal_command.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace albatross {
namespace {

// A receipt is a look, not a vigil.
constexpr Duration time_for_all = std::chrono::minutes{1};
constexpr Duration time_to_settle = std::chrono::seconds{20};
constexpr Duration pause_between_looks = std::chrono::seconds{2};

/// Something that says it belongs to the deployment.
struct Found {
  std::string type;
  std::string id;
  std::string node;
};

/// One service's look: what it found, or why it could not look.
struct Look {
  std::string service;
  std::function<Task<std::vector<Found>>()> ask;
  std::vector<Found> found;
  std::string trouble;
  /// Trouble that may be over at the next look.
  bool passing = false;
};

bool says(const std::vector<Tag>& tags, const char* key, const std::string& value) {
  const std::string* found = find_tag(tags, key);
  return found != nullptr && *found == value;
}

std::string text_of(const std::vector<Tag>& tags, const char* key) {
  const std::string* found = find_tag(tags, key);
  return found == nullptr ? std::string() : *found;
}

class ReceiptTaker {
 public:
  ReceiptTaker(const Run& run, RollbackScope scope, std::vector<ResourceRecord> removed,
               std::vector<Leftover> left)
      : run_(run),
        removed_(std::move(removed)),
        left_(std::move(left)),
        deadline_(run.within(time_for_all)) {
    add("ELB", [this] { return in_elb(); });
    if (scope == RollbackScope::load_balancer) return;
    add("EC2", [this] { return in_ec2(); });
    add("EFS", [this] { return in_efs(); });
    if (names_iam()) add("IAM", [this] { return in_iam(); });
  }

  Task<Receipt> run() {
    const Deadline settled = Deadline::after(run_.clock, time_to_settle);
    for (;;) {
      std::vector<Task<>> tasks;
      for (Look& look : looks_)
        tasks.push_back(take(look));
      co_await when_all(std::move(tasks));
      const bool late = settled.reached(run_.clock) || deadline_.reached(run_.clock);
      if (late || !worth_another_look()) break;
      co_await run_.clock.sleep_for(pause_between_looks);
    }
    co_return write();
  }

 private:
  void add(std::string service, std::function<Task<std::vector<Found>>()> ask) {
    Look look;
    look.service = std::move(service);
    look.ask = std::move(ask);
    looks_.push_back(std::move(look));
  }

  Task<> take(Look& look) {
    std::exception_ptr error;
    look.found.clear();
    look.trouble.clear();
    look.passing = false;
    try {
      look.found = co_await look.ask();
    } catch (const ApiError& failed) {
      // Not found: something that was listed went before it was asked about.
      look.passing = failed.retryable() || failed.error_class() == ErrorClass::not_found;
      error = std::current_exception();
    } catch (const CredentialsError&) {
      error = std::current_exception();
    }
    if (!error) co_return;
    const Failure failure = describe_failure(error, "asking " + look.service);
    look.trouble = look.service + ": " + failure.code + ": " + failure.message;
  }

  Task<> ask_tags(std::vector<ec2::TagDescription>& tags) {
    ec2::DescribeTagsRequest request;
    request.filters = {ec2::Filter{"key", {tag_deployment}},
                       ec2::Filter{"value", {run_.identity.deployment_id}}};
    tags = co_await run_.aws.ec2.all_tags(std::move(request), options());
  }

  Task<> ask_instances(std::vector<ec2::Instance>& instances) {
    ec2::DescribeInstancesRequest request;
    request.filters = {
        ec2::Filter{std::string("tag:") + tag_deployment, {run_.identity.deployment_id}}};
    request.max_results = 1000;
    instances = co_await run_.aws.ec2.all_instances(std::move(request), options());
  }

  Task<std::vector<Found>> in_ec2() {
    std::vector<ec2::TagDescription> tags;
    std::vector<ec2::Instance> instances;
    std::vector<Task<>> questions;
    questions.push_back(ask_tags(tags));
    questions.push_back(ask_instances(instances));
    co_await when_all(std::move(questions));
    std::vector<Found> out;
    for (const ec2::TagDescription& tag : tags) {
      // They are part of their group and go with it.
      if (tag.resource_type == "security-group-rule") continue;
      if (tag.resource_type == "instance" && has_ended(instances, tag.resource_id)) continue;
      out.push_back({tag.resource_type, tag.resource_id, ""});
    }
    std::vector<Task<>> checks;
    for (Found& found : out)
      checks.push_back(forget_if_gone(found));
    co_await when_all(std::move(checks));
    std::erase_if(out, [](const Found& found) { return found.id.empty(); });
    if (!out.empty()) co_await name_nodes(out);
    co_return out;
  }

  /// A terminated instance keeps its tags for an hour.
  static bool has_ended(const std::vector<ec2::Instance>& instances, const std::string& id) {
    return std::any_of(instances.begin(), instances.end(), [&](const ec2::Instance& instance) {
      return instance.instance_id == id && instance.state.name == "terminated";
    });
  }

  /// Tags outlive their things for a moment. Empties the id of what is gone.
  Task<> forget_if_gone(Found& found) {
    ResourceRecord record;
    record.kind = found.type;
    std::replace(record.kind.begin(), record.kind.end(), '-', '_');
    record.id = found.id;
    const Kind* kind = kind_with_things(record.kind);
    if (kind == nullptr) co_return;
    Session session{run_.aws, run_.identity, options()};
    auto seen = co_await kind->find(session, std::move(record));
    if (!seen || seen->readiness == Readiness::gone) found.id.clear();
  }

  static const Kind* kind_with_things(const std::string& kind) {
    static const std::set<std::string> kinds{"vpc",         "subnet",         "internet_gateway",
                                             "route_table", "security_group", "instance"};
    return kinds.contains(kind) ? &kind_of(kind) : nullptr;
  }

  Task<> name_nodes(std::vector<Found>& things) {
    ec2::DescribeTagsRequest request;
    request.filters = {ec2::Filter{"key", {tag_node}}, ec2::Filter{"resource-id", {}}};
    for (const Found& thing : things)
      request.filters.back().values.push_back(thing.id);
    auto tags = co_await run_.aws.ec2.all_tags(std::move(request), options());
    for (Found& thing : things) {
      for (const ec2::TagDescription& tag : tags) {
        if (tag.resource_id == thing.id) thing.node = tag.value;
      }
    }
  }

  Task<> ask_balancers(std::vector<std::string>& arns) {
    elbv2::DescribeLoadBalancersRequest request;
    auto all = co_await run_.aws.elbv2.all_load_balancers(std::move(request), options());
    for (const auto& balancer : all)
      arns.push_back(balancer.load_balancer_arn);
  }

  Task<> ask_groups(std::vector<std::string>& arns) {
    elbv2::DescribeTargetGroupsRequest request;
    auto all = co_await run_.aws.elbv2.all_target_groups(std::move(request), options());
    for (const auto& group : all)
      arns.push_back(group.target_group_arn);
  }

  Task<std::vector<Found>> in_elb() {
    elbv2::DescribeTagsRequest request;
    std::vector<Task<>> questions;
    questions.push_back(ask_groups(request.resource_arns));
    questions.push_back(ask_balancers(request.resource_arns));
    co_await when_all(std::move(questions));
    std::vector<Found> out;
    if (request.resource_arns.empty()) co_return out;
    auto described = co_await run_.aws.elbv2.all_tags(std::move(request), options());
    for (const auto& thing : described) {
      if (!is_ours(thing.tags)) continue;
      const bool group = thing.resource_arn.find(":targetgroup/") != std::string::npos;
      out.push_back({group ? "target-group" : "load-balancer", thing.resource_arn,
                     text_of(thing.tags, tag_node)});
    }
    co_return out;
  }

  Task<std::vector<Found>> in_efs() {
    efs::DescribeFileSystemsRequest request;
    auto systems = co_await run_.aws.efs.all_file_systems(std::move(request), options());
    std::vector<Found> out;
    for (const auto& system : systems) {
      if (system.life_cycle_state == "deleted" || !is_ours(system.tags)) continue;
      out.push_back({"file-system", system.file_system_id, text_of(system.tags, tag_node)});
    }
    co_return out;
  }

  /// IAM lists nothing by tag: the names in the records are asked for, and the tags checked.
  Task<std::vector<Found>> in_iam() {
    std::vector<Found> out;
    std::vector<Task<>> questions;
    for (const ResourceRecord& record : removed_) {
      if (is_iam(record)) questions.push_back(ask_iam(record, out));
    }
    co_await when_all(std::move(questions));
    co_return out;
  }

  Task<> ask_iam(const ResourceRecord& record, std::vector<Found>& out) {
    Session session{run_.aws, run_.identity, options()};
    auto seen = co_await kind_of(record.kind).find(session, record);
    if (seen) out.push_back({type_of_kind(record.kind), record.id, record.node});
  }

  static bool is_iam(const ResourceRecord& record) {
    return record.kind == "role" || record.kind == "instance_profile";
  }

  bool names_iam() const { return std::any_of(removed_.begin(), removed_.end(), is_iam); }

  bool is_ours(const std::vector<Tag>& tags) const {
    return says(tags, tag_deployment, run_.identity.deployment_id);
  }

  CallOptions options() const { return CallOptions(deadline_); }

  bool is_left(const Found& found) const {
    return std::any_of(left_.begin(), left_.end(), [&](const Leftover& leftover) {
      return leftover.resource.id == found.id ||
             (leftover.resource.id.empty() && leftover.resource.node == found.node);
    });
  }

  bool worth_another_look() const {
    for (const Look& look : looks_) {
      if (look.passing) return true;
      for (const Found& found : look.found) {
        if (!is_left(found)) return true;
      }
    }
    return false;
  }

  Receipt write() const {
    Receipt receipt;
    const std::string& region = run_.identity.region;
    for (const Leftover& leftover : left_) {
      const ResourceRecord& record = leftover.resource;
      receipt.remnants.push_back({type_of_kind(record.kind), record.id, record.node,
                                  leftover.failure.code + ": " + leftover.failure.message,
                                  removal_command(record, region)});
    }
    for (const Look& look : looks_) {
      if (look.trouble.empty()) {
        receipt.checked.push_back(look.service);
      } else {
        receipt.unchecked.push_back(look.trouble);
      }
      for (const Found& found : look.found) {
        if (is_left(found)) continue;
        receipt.remnants.push_back({found.type, found.id, found.node,
                                    "found by its tag; not recorded",
                                    removal_command(found.type, found.id, region)});
      }
    }
    return receipt;
  }

  const Run& run_;
  std::vector<ResourceRecord> removed_;
  std::vector<Leftover> left_;
  Deadline deadline_;
  std::vector<Look> looks_;
};

}  // namespace

Task<Receipt> take_receipt(const Run& run, RollbackScope scope, std::vector<ResourceRecord> removed,
                           std::vector<Leftover> left) {
  ReceiptTaker taker(run, scope, std::move(removed), std::move(left));
  Receipt receipt = co_await taker.run();
  co_return receipt;
}

}  // namespace albatross
