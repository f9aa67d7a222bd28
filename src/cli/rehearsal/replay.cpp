#include "cli/rehearsal/replay.hpp"

#include "albatross/orchestrator/kind.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace albatross::cli {
namespace {

constexpr Duration between_looks = std::chrono::seconds{1};
constexpr int most_looks = 600;
/// After which whatever was made has settled: targets are healthy, nothing drains.
constexpr Duration settling = std::chrono::minutes{10};

/// Every record after those that it must not outlive.
std::vector<ResourceRecord> in_order(std::vector<ResourceRecord> records) {
  std::erase_if(records, [](const ResourceRecord& record) {
    return record.superseded() || record.id.empty() || !kind_of(record.kind).mutates();
  });
  std::set<std::string> waiting;
  for (const ResourceRecord& record : records)
    waiting.insert(record.node);
  std::vector<ResourceRecord> out;
  while (!records.empty()) {
    const auto free = std::find_if(records.begin(), records.end(), [&](const auto& record) {
      return std::none_of(record.outlived_by.begin(), record.outlived_by.end(),
                          [&](const std::string& other) { return waiting.contains(other); });
    });
    if (free == records.end()) break;
    waiting.erase(free->node);
    out.push_back(std::move(*free));
    records.erase(free);
  }
  return out;
}

StackIdentity identity_in(const AccountPicture& picture, const Stack& stack) {
  StackIdentity out;
  out.stack = stack.name;
  out.deployment_id = picture.stack.deployment_id;
  out.account = picture.account;
  out.region = picture.region;
  // The simulator's.
  out.partition = "aws";
  out.dns_suffix = "amazonaws.com";
  out.user_tags = stack.tags;
  return out;
}

class Replay {
 public:
  Replay(AwsClients& aws, Clock& clock, Store& store, StackIdentity identity)
      : aws_(aws), clock_(clock), store_(store), identity_(std::move(identity)) {}

  Task<> make(ResourceRecord record) {
    const ResourceRecord before = record;
    for (auto& [name, value] : record.properties)
      value = translated(value);
    record.id.clear();
    record.outputs.clear();
    record.token = record.node;
    Observed made;
    if (record.provenance == Provenance::reused) {
      made = co_await stand_in(before);
    } else {
      made = co_await create(record);
    }
    record.id = made.id;
    record.outputs = made.outputs;
    record.status = RecordStatus::ready;
    learn(before, record);
    co_await store_.put_resource(std::move(record));
  }

 private:
  /// What the account has in the place of something that was there before the stack.
  Task<Observed> stand_in(ResourceRecord record) {
    Observed out;
    if (record.kind == "vpc") {
      ec2::DescribeVpcsRequest request;
      auto answer = co_await aws_.ec2.describe_vpcs(std::move(request));
      if (!answer.vpcs.empty()) out.id = answer.vpcs.front().vpc_id;
    } else if (record.kind == "subnet") {
      ec2::DescribeSubnetsRequest request;
      request.filters = {ec2::Filter{"availability-zone", {record.output("zone")}}};
      auto answer = co_await aws_.ec2.describe_subnets(std::move(request));
      if (!answer.subnets.empty()) out.id = answer.subnets.front().subnet_id;
      out.outputs["zone"] = record.output("zone");
    }
    co_return out;
  }

  Task<Observed> create(ResourceRecord record) {
    const Kind& kind = kind_of(record.kind);
    Session session{aws_, identity_, CallOptions()};
    Observed made;
    for (int look = 0;; ++look) {
      std::exception_ptr error;
      try {
        Secrets secrets;
        made = co_await kind.create(session, record, std::move(secrets));
      } catch (const ApiError&) {
        error = std::current_exception();
      }
      if (!error) break;
      if (look == most_looks) std::rethrow_exception(error);
      co_await clock_.sleep_for(between_looks);
    }
    record.id = made.id;
    for (int look = 0; look < most_looks && made.readiness != Readiness::ready; ++look) {
      co_await clock_.sleep_for(between_looks);
      std::optional<Observed> seen = co_await kind.find(session, record);
      if (seen) made = std::move(*seen);
    }
    co_return made;
  }

  void learn(const ResourceRecord& before, const ResourceRecord& now) {
    ids_[before.id] = now.id;
    for (const auto& [name, value] : before.outputs) {
      if (std::holds_alternative<std::string>(value) && !before.output(name).empty()) {
        ids_[before.output(name)] = now.output(name);
      }
    }
  }

  std::string translated(const std::string& text) const {
    const auto found = ids_.find(text);
    return found == ids_.end() || text.empty() ? text : found->second;
  }

  Value translated(const Value& value) const {
    if (const auto* text = std::get_if<std::string>(&value)) return translated(*text);
    std::vector<std::string> out;
    for (const std::string& text : std::get<std::vector<std::string>>(value))
      out.push_back(translated(text));
    return out;
  }

  AwsClients& aws_;
  Clock& clock_;
  Store& store_;
  StackIdentity identity_;
  /// Ids and other outputs, from there to here.
  std::map<std::string, std::string> ids_;
};

using Changes = std::map<std::pair<std::string, std::string>, PlanChange>;

Changes changes_of(const Plan& plan) {
  Changes out;
  for (const PlanNode& node : plan.nodes) {
    const bool differs = node.action == PlanAction::update || node.action == PlanAction::replace;
    if (!differs) continue;
    for (const PlanChange& change : node.changes)
      out.emplace(std::pair(node.node, change.property), change);
  }
  return out;
}

void set_text(ResourceRecord& record, const std::string& property, const std::string& text) {
  Value& value = record.properties[property];
  if (std::holds_alternative<std::string>(value)) value = text;
}

/// Fingerprints of user data and stand-ins of images differ between accounts where nothing is to
/// change: what the plan of the picture does not call a change is made none here, and what it does
/// is made one.
Task<> agree(Store& store, std::string stack, Changes there, Changes here) {
  std::vector<ResourceRecord> records = co_await store.resources(stack);
  for (ResourceRecord& record : records) {
    for (const auto& [key, change] : here) {
      if (key.first == record.node && !there.contains(key)) {
        set_text(record, key.second, change.after);
      }
    }
    for (const auto& [key, change] : there) {
      if (key.first == record.node && !here.contains(key)) {
        set_text(record, key.second, change.before);
      }
    }
    co_await store.put_resource(record);
  }
}

}  // namespace

Task<> replay(AwsClients& aws, Clock& clock, Store& store, Deployer& deployer, Stack stack,
              AccountPicture picture) {
  co_await store.put_stack(picture.stack);
  Replay replaying(aws, clock, store, identity_in(picture, stack));
  const std::vector<ResourceRecord> records = in_order(picture.resources);
  for (const ResourceRecord& record : records)
    co_await replaying.make(record);
  co_await clock.sleep_for(settling);
  const Plan here = co_await deployer.plan(stack);
  co_await agree(store, stack.name, changes_of(picture.plan), changes_of(here));
}

}  // namespace albatross::cli
