#include "orchestrator/preflight/needs.hpp"

#include <algorithm>
#include <set>

namespace albatross {
namespace {

class Records {
 public:
  explicit Records(const std::vector<ResourceRecord>& known) : known_(known) {}

  /// Also of something that was only intended: it may be there, and counts with what is used.
  const ResourceRecord* find(const std::string& node) const {
    const auto found = std::find_if(known_.begin(), known_.end(),
                                    [&](const ResourceRecord& one) { return one.node == node; });
    return found == known_.end() ? nullptr : &*found;
  }
  bool has(const std::string& node) const { return find(node) != nullptr; }

  std::set<std::string> certificates() const {
    std::set<std::string> out;
    for (const ResourceRecord& record : known_) {
      const bool listens = record.kind == "listener" || record.kind == "listener_certificate";
      if (listens) out.insert(record.property("certificate"));
    }
    return out;
  }

 private:
  const std::vector<ResourceRecord>& known_;
};

/// Another instance takes its place when one of these differs.
bool is_replaced(const ResourceRecord& record, const InstancesSpec& spec) {
  return record.property("type") != spec.type || record.property("image") != spec.image ||
         record.property("key_name") != spec.key_name;
}

std::size_t new_instances(const InstancesSpec& spec, const Records& known) {
  if (spec.existing()) return 0;
  std::size_t count = 0;
  for (int index = 0; index < spec.count; ++index) {
    const ResourceRecord* record = known.find("instance.app." + std::to_string(index));
    if (record == nullptr || is_replaced(*record, spec)) ++count;
  }
  return count;
}

std::size_t new_security_groups(const Stack& stack, const Records& known) {
  std::size_t count = 0;
  const auto add = [&](bool made, const char* role) {
    if (made && !known.has(std::string("security_group.") + role)) ++count;
  };
  const LoadBalancerSpec& balancer = stack.load_balancer;
  add(!stack.instances.existing() && stack.instances.security_groups.empty(), "app");
  add(balancer.enabled && balancer.existing.empty() && balancer.security_groups.empty(), "alb");
  add(stack.file_system.enabled && !stack.instances.existing(), "storage");
  return count;
}

std::vector<std::string> new_certificates(const Stack& stack, const Records& known) {
  const std::set<std::string> used = known.certificates();
  std::vector<std::string> out;
  for (const ListenerSpec& listener : stack.load_balancer.listeners) {
    for (const std::string& arn : listener.certificates) {
      const bool twice = std::find(out.begin(), out.end(), arn) != out.end();
      if (!twice && !used.contains(arn)) out.push_back(arn);
    }
  }
  return out;
}

}  // namespace

Needs needs_of(const Stack& stack, const std::vector<ResourceRecord>& known) {
  const Records records(known);
  const LoadBalancerSpec& balancer = stack.load_balancer;
  Needs out;
  out.instances = new_instances(stack.instances, records);
  out.network = stack.network.mode == NetworkSpec::Mode::create && !records.has("vpc");
  out.security_groups = new_security_groups(stack, records);
  out.file_system = stack.file_system.enabled && stack.file_system.existing_id.empty() &&
                    !records.has("file_system");
  if (!balancer.enabled) return out;
  out.load_balancer = balancer.existing.empty() && !records.has("load_balancer");
  for (const ServiceSpec& service : stack.services)
    out.target_groups += records.has("target_group." + service.name) ? 0U : 1U;
  out.certificates = new_certificates(stack, records);
  return out;
}

}  // namespace albatross
