#include "orchestrator/inspect.hpp"

#include "albatross/orchestrator/kind.hpp"
#include "albatross/runtime/concurrency.hpp"

#include <algorithm>
#include <tuple>

namespace albatross {
namespace {

/// What AWS says of one record now.
Task<> look_at(AwsClients& aws, const StackIdentity& identity, StackStatus::Line& line,
               std::vector<TargetState>& targets) {
  Session session{aws, identity, CallOptions()};
  const Kind& kind = kind_of(line.resource.kind);
  std::optional<Observed> seen = co_await kind.find(session, line.resource);
  line.state = seen ? seen->state : "gone";
  if (seen && seen->state.empty()) line.state = "exists";
  if (seen) line.detail = seen->detail;
  if (!seen || line.resource.kind != "registration") co_return;
  const Kind& health_kind = kind_of("target_health");
  std::optional<Observed> health = co_await health_kind.find(session, line.resource);
  if (!health) co_return;
  if (health->readiness != Readiness::ready)
    co_await health_kind.explain(session, line.resource, *health);
  for (TargetState& target : health->targets)
    targets.push_back(std::move(target));
}

}  // namespace

StackIdentity identity_of(const StackRecord& record, std::map<std::string, std::string> tags) {
  const Partition& partition = partition_of(record.region);
  StackIdentity identity;
  identity.stack = record.name;
  identity.deployment_id = record.deployment_id;
  identity.account = record.account;
  identity.region = record.region;
  identity.partition = partition.id;
  identity.dns_suffix = partition.dns_suffix;
  identity.user_tags = std::move(tags);
  return identity;
}

Task<StackStatus> inspect(AwsClients& aws, Store& store, std::string name) {
  std::optional<StackRecord> record = co_await store.stack(name);
  if (!record) throw UnknownStack(name);
  StackStatus status;
  status.stack = std::move(*record);
  std::vector<ResourceRecord> resources = co_await store.resources(name);
  for (ResourceRecord& resource : resources) {
    StackStatus::Line line;
    line.resource = std::move(resource);
    status.resources.push_back(std::move(line));
  }
  const StackIdentity identity = identity_of(status.stack, {});
  std::vector<Task<>> looks;
  for (StackStatus::Line& line : status.resources) {
    looks.push_back(look_at(aws, identity, line, status.targets));
  }
  co_await when_all(std::move(looks));
  const auto by_place = [](const TargetState& a, const TargetState& b) {
    return std::tie(a.service, a.instance_node) < std::tie(b.service, b.instance_node);
  };
  std::sort(status.targets.begin(), status.targets.end(), by_place);
  co_return status;
}

}  // namespace albatross
