#include "orchestrator/tier1.hpp"

#include "albatross/orchestrator/names.hpp"
#include "albatross/orchestrator/user_data.hpp"

#include <algorithm>

namespace albatross {

Tier1::Tier1(const Stack& stack, const Survey& survey, const StackIdentity& identity)
    : stack_(stack), survey_(survey), identity_(identity) {}

Graph Tier1::build() {
  add_network();
  add_security_groups();
  if (stack_.file_system.enabled) {
    add_storage();
    add_instance_role();
  }
  add_instances();
  add_load_balancing();
  graph_.check();
  return std::move(graph_);
}

Node& Tier1::add(std::string name, std::string kind, Step step, Inputs inputs) {
  Node node;
  node.name = std::move(name);
  node.kind = std::move(kind);
  node.step = step;
  node.inputs = std::move(inputs);
  return graph_.add(std::move(node));
}

Node& Tier1::add_reused(std::string name, std::string kind, Step step, std::string id) {
  Node& node = add(std::move(name), std::move(kind), step, {});
  node.reuse_id = std::move(id);
  return node;
}

void Tier1::add_network() {
  if (makes_network()) {
    add_made_network();
    return;
  }
  add_reused("vpc", "vpc", Step::network, survey_.network.vpc_id);
  for (const ChosenSubnet& subnet : survey_.network.subnets) {
    add_reused("subnet." + subnet.label, "subnet", Step::network, subnet.id);
  }
}

void Tier1::add_made_network() {
  const Ref vpc{"vpc"};
  add("vpc", "vpc", Step::network, {{"cidr", stack_.network.cidr}});
  add("vpc.dns_hostnames", "vpc_dns_hostnames", Step::network, {{"vpc_id", vpc}});
  add("internet_gateway", "internet_gateway", Step::network, {});
  add("internet_gateway.attachment", "internet_gateway_attachment", Step::network,
      {{"internet_gateway_id", Ref{"internet_gateway"}}, {"vpc_id", vpc}});
  add("route_table", "route_table", Step::network, {{"vpc_id", vpc}});
  Node& route = add("route.internet", "route", Step::network,
                    {{"route_table_id", Ref{"route_table"}},
                     {"destination", "0.0.0.0/0"},
                     {"gateway_id", Ref{"internet_gateway"}}});
  route.after.push_back({"internet_gateway.attachment", Milestone::created});
  for (const ChosenSubnet& subnet : survey_.network.subnets) {
    const std::string node = "subnet." + subnet.label;
    add(node, "subnet", Step::network,
        {{"vpc_id", vpc}, {"cidr", subnet.cidr}, {"zone", subnet.zone}});
    add("route_table_association." + subnet.label, "route_table_association", Step::network,
        {{"route_table_id", Ref{"route_table"}}, {"subnet_id", Ref{node}}});
  }
}

void Tier1::add_security_group(const std::string& role, const std::string& description) {
  add("security_group." + role, "security_group", Step::security_groups,
      {{"name", stack_.name + "-" + role},
       {"description", description + " of the albatross stack " + stack_.name},
       {"vpc_id", Ref{"vpc"}},
       {"added_outside", std::vector<Term>()}});
}

Node& Tier1::add_ingress(const std::string& role, std::vector<Term> ports,
                         std::vector<Term> sources, const std::string& description) {
  const std::string group = role == "ssh" ? "app" : role;
  return add("ingress." + role, "security_group_rules", Step::security_groups,
             {{"group_id", Ref{"security_group." + group}},
              {"ports", std::move(ports)},
              {"sources", std::move(sources)},
              {"description", description}});
}

std::vector<Term> Tier1::service_clients() const {
  return {stack_.load_balancer.allow_from.begin(), stack_.load_balancer.allow_from.end()};
}

std::vector<Term> Tier1::service_ports() const {
  std::vector<Term> out;
  const auto add_once = [&](std::uint16_t port) {
    const Term term = std::to_string(port);
    for (const Term& seen : out) {
      if (std::get<std::string>(seen) == std::get<std::string>(term)) return;
    }
    out.push_back(term);
  };
  for (const ServiceSpec& service : stack_.services) {
    add_once(service.port);
    if (service.health_check.port != 0) add_once(service.health_check.port);
  }
  return out;
}

void Tier1::add_reused_groups(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const std::string node = "security_group." + id;
    if (graph_.find(node) == nullptr) add_reused(node, "security_group", Step::security_groups, id);
  }
}

std::vector<Term> Tier1::group_refs(const std::string& role,
                                    const std::vector<std::string>& existing) {
  std::vector<Term> out;
  for (const std::string& id : existing)
    out.emplace_back(Ref{"security_group." + id});
  if (existing.empty()) out.emplace_back(Ref{"security_group." + role});
  return out;
}

std::vector<Term> Tier1::app_groups() const {
  return group_refs("app", stack_.instances.security_groups);
}

void Tier1::add_security_groups() {
  if (stack_.instances.existing()) return;
  const bool made = stack_.instances.security_groups.empty();
  if (made) {
    add_security_group("app", "Instances");
  } else {
    add_reused_groups(stack_.instances.security_groups);
  }
  if (made && !stack_.services.empty()) {
    Node& ingress = add_ingress("app", service_ports(), service_clients(), "services");
    ingress.handover = {{"ports", "sources"}, proofs_of_service()};
  }
  if (!stack_.instances.ssh_from.empty()) {
    const auto& from = stack_.instances.ssh_from;
    add_ingress("ssh", {Term{"22"}}, {from.begin(), from.end()}, "ssh");
  }
  if (stack_.file_system.enabled && !reuses_all_mount_targets()) add_storage_group();
}

void Tier1::add_storage_group() {
  add_security_group("storage", "File system");
  add_ingress("storage", {Term{"2049"}}, app_groups(), "nfs");
}

bool Tier1::reuses_all_mount_targets() const {
  const auto& subnets = survey_.network.subnets;
  return std::all_of(subnets.begin(), subnets.end(), [&](const ChosenSubnet& subnet) {
    return survey_.mount_targets.contains(subnet.zone);
  });
}

void Tier1::add_storage() {
  const FileSystemSpec& spec = stack_.file_system;
  if (spec.existing_id.empty()) {
    add("file_system", "file_system", Step::storage,
        {{"encrypted", spec.encrypted ? "true" : "false"},
         {"performance_mode", spec.performance_mode},
         {"throughput_mode", spec.throughput_mode}});
  } else {
    add_reused("file_system", "file_system", Step::storage, spec.existing_id);
  }
  for (const ChosenSubnet& subnet : survey_.network.subnets)
    add_mount_target(subnet);
}

void Tier1::add_mount_target(const ChosenSubnet& subnet) {
  const std::string node = "mount_target." + subnet.label;
  const auto existing = survey_.mount_targets.find(subnet.zone);
  if (existing != survey_.mount_targets.end()) {
    add_reused(node, "mount_target", Step::storage, existing->second);
    return;
  }
  add(node, "mount_target", Step::storage,
      {{"file_system_id", Ref{"file_system", "id", Milestone::ready}},
       {"subnet_id", Ref{"subnet." + subnet.label}},
       {"security_groups", std::vector<Term>{Ref{"security_group.storage"}}}});
}

void Tier1::add_instance_role() {
  // IAM is global: the region keeps stacks of the same name in two regions apart.
  const std::string name =
      fit_name(stack_.name + "-" + identity_.region + "-instance", role_name_limit);
  add("role", "role", Step::instances, {{"name", name}});
  add("role_policy", "role_policy", Step::instances,
      {{"role", Ref{"role"}},
       {"policy_name", "mount-file-system"},
       {"file_system_arn", Ref{"file_system", "arn"}}});
  add("instance_profile", "instance_profile", Step::instances, {{"name", name}});
  add("instance_profile.role", "instance_profile_role", Step::instances,
      {{"instance_profile", Ref{"instance_profile"}}, {"role", Ref{"role"}}});
}

void Tier1::add_instances() {
  for (const ExistingInstance& instance : survey_.instances)
    add_reused("instance." + instance.id, "instance", Step::instances, instance.id);
  if (stack_.instances.existing()) return;
  for (int index = 0; index < stack_.instances.count; ++index)
    add_instance(index);
}

void Tier1::add_instance(int index) {
  const auto& subnets = survey_.network.subnets;
  const auto number = static_cast<std::size_t>(index);
  const bool placed = number < survey_.placement.size();
  const ChosenSubnet& subnet =
      subnets[placed ? survey_.placement[number] : number % subnets.size()];
  const InstancesSpec& spec = stack_.instances;
  Inputs inputs{{"type", spec.type},
                {"image", spec.image},
                {"image_id", survey_.image_id},
                {"subnet_id", Ref{"subnet." + subnet.label}},
                {"security_groups", app_groups()},
                {"public_ip", spec.public_ip ? "true" : "false"},
                {"key_name", spec.key_name}};
  if (spec.root_volume_gib != 0) {
    inputs["root_device"] = survey_.root_device;
    inputs["root_volume_gib"] = std::to_string(spec.root_volume_gib);
  }
  if (stack_.file_system.enabled) inputs["instance_profile"] = Ref{"instance_profile"};
  Node& node =
      add("instance.app." + std::to_string(index), "instance", Step::instances, std::move(inputs));
  if (stack_.file_system.enabled) {
    // Its id is enough: the instance's own script waits for a mount target.
    node.after.push_back({"file_system", Milestone::created});
    node.after.push_back({"instance_profile.role", Milestone::created});
  }
  if (subnets.size() > 1) {
    for (const ChosenSubnet& other : subnets) {
      node.alternatives.push_back({other.zone, {{"subnet_id", Ref{"subnet." + other.label}}}});
    }
  }
  node.handover.properties = {"security_groups"};
  for (const char* ingress : {"ingress.app", "ingress.ssh"}) {
    if (graph_.find(ingress) != nullptr) node.handover.until.push_back({ingress});
  }
  // Public addresses hold the gateway.
  if (makes_network()) node.outlived_by.push_back("internet_gateway.attachment");
  const Stack& stack = stack_;
  const StackIdentity& identity = identity_;
  node.secrets["user_data"] = [&stack, &identity](const Resolver& resolver) {
    const std::string file_system =
        stack.file_system.enabled ? resolver(Ref{"file_system"}) : std::string();
    return Secret(render_user_data(stack, file_system, identity.region, identity.dns_suffix));
  };
}

std::vector<Term> Tier1::subnet_refs() const {
  std::vector<Term> out;
  for (const ChosenSubnet& subnet : survey_.network.subnets) {
    out.emplace_back(Ref{"subnet." + subnet.label});
  }
  return out;
}

std::vector<std::string> Tier1::instance_nodes() const {
  std::vector<std::string> out;
  for (const ExistingInstance& instance : survey_.instances)
    out.push_back("instance." + instance.id);
  if (stack_.instances.existing()) return out;
  for (int index = 0; index < stack_.instances.count; ++index) {
    out.push_back("instance.app." + std::to_string(index));
  }
  return out;
}

std::vector<Term> Tier1::instance_refs(Milestone milestone) const {
  std::vector<Term> out;
  for (const std::string& node : instance_nodes())
    out.emplace_back(Ref{node, "id", milestone});
  return out;
}

}  // namespace albatross
