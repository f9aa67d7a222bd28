#include "sim/core/quotas.hpp"
#include "sim/elbv2/common.hpp"

#include <algorithm>
#include <set>

namespace albatross::sim::elbv2 {
namespace {

const Tags& default_attributes() {
  static const Tags attributes = {
      {"access_logs.s3.bucket", ""},
      {"access_logs.s3.enabled", "false"},
      {"access_logs.s3.prefix", ""},
      {"client_keep_alive.seconds", "3600"},
      {"connection_logs.s3.bucket", ""},
      {"connection_logs.s3.enabled", "false"},
      {"connection_logs.s3.prefix", ""},
      {"deletion_protection.enabled", "false"},
      {"health_check_logs.s3.bucket", ""},
      {"health_check_logs.s3.enabled", "false"},
      {"health_check_logs.s3.prefix", ""},
      {"idle_timeout.timeout_seconds", "60"},
      {"ipv6.deny_all_igw_traffic", "false"},
      {"load_balancing.cross_zone.enabled", "true"},
      {"routing.http.desync_mitigation_mode", "defensive"},
      {"routing.http.drop_invalid_header_fields.enabled", "false"},
      {"routing.http.preserve_host_header.enabled", "false"},
      {"routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false"},
      {"routing.http.xff_client_port.enabled", "false"},
      {"routing.http.xff_header_processing.mode", "append"},
      {"routing.http2.enabled", "true"},
      {"waf.fail_open.enabled", "false"},
      {"zonal_shift.config.enabled", "false"},
  };
  return attributes;
}

std::string_view state_of(const LoadBalancer& lb, TimePoint now) {
  if (now < lb.active_at) return "provisioning";
  return lb.failure.empty() ? "active" : "failed";
}

void write_load_balancer(Call& call, const LoadBalancer& lb) {
  Xml& out = call.out;
  out.leaf("LoadBalancerArn", lb.arn);
  out.leaf("LoadBalancerName", lb.name);
  out.leaf("DNSName", lb.dns_name);
  out.leaf("CanonicalHostedZoneId", "Z35SXDOTRQ7X7K");
  out.leaf("CreatedTime", iso_time(lb.created));
  out.leaf("Scheme", lb.scheme);
  out.leaf("VpcId", lb.vpc);
  out.in("State", [&] {
    const auto state = state_of(lb, call.now);
    out.leaf("Code", state);
    if (state == "failed") out.leaf("Reason", lb.failure);
  });
  out.leaf("Type", lb.type);
  out.leaf("IpAddressType", lb.ip_address_type);
  out.in("AvailabilityZones", [&] {
    for (const auto& id : lb.subnets) {
      const auto subnet = call.world.subnets.find(id);
      if (subnet == call.world.subnets.end()) continue;
      out.in("member", [&] {
        out.leaf("ZoneName", call.world.zone_name(subnet->second.zone));
        out.leaf("SubnetId", id);
        out.empty("LoadBalancerAddresses");
      });
    }
  });
  write_list(call, "SecurityGroups", lb.groups);
}

/// Subnets that the call names, in the order of their zones.
std::vector<std::string> read_subnets(Call& call, std::string_view type) {
  std::vector<std::string_view> ids = call.params["Subnets"].texts();
  for (const Param mapping : call.params["SubnetMappings"].items()) {
    ids.push_back(mapping["SubnetId"].text());
  }
  std::vector<const Subnet*> subnets;
  for (const auto id : ids) {
    const Subnet* subnet = call.world.find(call.world.subnets, id);
    if (subnet == nullptr) {
      refuse("SubnetNotFound", cat("The subnet ID '", id, "' does not exist"));
    }
    if (!subnets.empty() && subnets.front()->vpc != subnet->vpc) {
      refuse("InvalidConfigurationRequest",
             "All subnets of a load balancer must belong to the same VPC");
    }
    subnets.push_back(subnet);
  }
  std::sort(subnets.begin(), subnets.end(),
            [](const Subnet* a, const Subnet* b) { return a->zone < b->zone; });
  for (std::size_t i = 1; i < subnets.size(); ++i) {
    if (subnets[i]->zone == subnets[i - 1]->zone) {
      refuse("InvalidConfigurationRequest",
             "A load balancer cannot be attached to multiple subnets in the same Availability "
             "Zone");
    }
  }
  if (subnets.size() < (type == "application" ? 2U : 1U)) {
    refuse("ValidationError",
           "At least two subnets in two different Availability Zones must be specified");
  }
  std::vector<std::string> sorted;
  for (const Subnet* subnet : subnets)
    sorted.push_back(subnet->id);
  return sorted;
}

void check_subnets(Call& call, const std::vector<std::string>& subnets, std::string_view scheme) {
  for (const auto& id : subnets) {
    const Subnet& subnet = call.world.subnets.at(id);
    if (subnet.cidr.prefix > 27 || subnet.free_addresses() < 8) {
      refuse("InvalidSubnet", cat("Not enough IP space available in ", id,
                                  ". ELB requires at least 8 free IP addresses in each subnet."));
    }
  }
  const std::string& vpc = call.world.subnets.at(subnets.front()).vpc;
  if (scheme == "internet-facing" && !call.world.has_gateway(vpc)) {
    refuse("InvalidSubnet", cat("VPC ", vpc, " has no internet gateway"));
  }
}

std::vector<std::string> read_groups(Call& call, const std::string& vpc) {
  std::vector<std::string> groups;
  const auto ids = call.params["SecurityGroups"].texts();
  if (ids.size() > 5) {
    refuse("InvalidConfigurationRequest", "A load balancer can have at most 5 security groups");
  }
  for (const auto id : ids) {
    const SecurityGroup* group = call.world.find(call.world.groups, id);
    if (group == nullptr) {
      refuse("InvalidSecurityGroup", cat("The security group '", id, "' does not exist"));
    }
    if (group->vpc != vpc) {
      refuse("InvalidConfigurationRequest",
             cat("One or more security groups are invalid: SecurityGroup ", id,
                 " not from the same VPC"));
    }
    groups.emplace_back(id);
  }
  return groups;
}

void add_interface(Call& call, LoadBalancer& lb, const std::string& subnet) {
  NetworkInterface* interface = call.world.make_interface(subnet, lb.groups);
  if (interface == nullptr) return;
  interface->description = "ELB " + lb.suffix;
  interface->requester = lb.type == "network" ? "amazon-aws" : "amazon-elb";
  interface->attachment = call.world.ids.make("ela-attach-");
  interface->device_index = 1;
  interface->attached = call.wall;
  if (lb.scheme == "internet-facing") call.world.give_public_address(*interface);
  lb.interfaces.push_back(interface->id);
}

void check_address_type(const World& world, const std::vector<std::string>& subnets,
                        std::string_view type) {
  for (const auto& id : subnets) {
    if (type != "dualstack" || !world.subnets.at(id).ipv6_cidr.empty()) continue;
    refuse("ValidationError",
           cat("You must specify subnets with an associated IPv6 CIDR block: ", id));
  }
}

/// The load balancer of that name, if its settings are the ones asked for.
const LoadBalancer* same_already(Call& call, const LoadBalancer& wanted) {
  for (const auto& [arn, lb] : call.world.load_balancers) {
    if (lb.name != wanted.name || lb.deleted_at) continue;
    const bool same = lb.scheme == wanted.scheme && lb.type == wanted.type &&
                      lb.subnets == wanted.subnets && lb.groups == wanted.groups &&
                      lb.ip_address_type == wanted.ip_address_type;
    if (same) return &lb;
    refuse("DuplicateLoadBalancerName", cat("A load balancer with the same name '", wanted.name,
                                            "' exists, but with different settings"));
  }
  return nullptr;
}

LoadBalancer read_load_balancer(Call& call) {
  const Param params = call.params;
  LoadBalancer lb;
  lb.name = params["Name"].str();
  check_name(lb.name, "Load balancer");
  if (lb.name.starts_with("internal-")) {
    refuse("ValidationError",
           cat("Load balancer name '", lb.name, "' cannot begin with 'internal-'"));
  }
  lb.type = params["Type"].text_or("application");
  if (lb.type == "gateway") {
    refuse("InvalidConfigurationRequest", "Gateway load balancers are not simulated");
  }
  lb.scheme = params["Scheme"].text_or("internet-facing");
  lb.ip_address_type = params["IpAddressType"].text_or("ipv4");
  lb.subnets = read_subnets(call, lb.type);
  lb.vpc = call.world.subnets.at(lb.subnets.front()).vpc;
  lb.groups = read_groups(call, lb.vpc);
  if (lb.groups.empty() && lb.type == "application") {
    lb.groups.push_back(call.world.vpcs.at(lb.vpc).default_group);
  }
  lb.tags = read_tags(params["Tags"]);
  return lb;
}

void name_it(World& world, LoadBalancer& lb) {
  const char* family = lb.type == "network" ? "net/" : "app/";
  lb.suffix = cat(family, lb.name, "/", world.ids.hex(16));
  lb.arn = world.arn("elasticloadbalancing", "loadbalancer/" + lb.suffix);
  lb.dns_name = cat(lb.scheme == "internal" ? "internal-" : "", lb.name, "-",
                    std::to_string(1'000'000'000 + world.ids.below(1'000'000'000)), ".",
                    world.options.region, ".", world.options.load_balancer_domain);
}

void create(Call& call) {
  World& world = call.world;
  LoadBalancer lb = read_load_balancer(call);
  const auto answer = [&](const LoadBalancer& made) {
    call.out.in("LoadBalancers",
                [&] { call.out.in("member", [&] { write_load_balancer(call, made); }); });
  };
  if (const LoadBalancer* already = same_already(call, lb)) return answer(*already);
  if (static_cast<double>(world.load_balancers.size()) >= world.quota(quota::load_balancers)) {
    refuse("TooManyLoadBalancers", "The maximum number of load balancers has been reached");
  }
  check_subnets(call, lb.subnets, lb.scheme);
  check_address_type(world, lb.subnets, lb.ip_address_type);
  name_it(world, lb);
  lb.created = call.wall;
  lb.active_at = call.now + world.options.times.load_balancer_active;
  lb.attributes = default_attributes();
  const auto fault = world.faults.next_resource(FaultKind::load_balancer_failed, lb.name);
  if (fault) {
    lb.failure = fault->message.empty()
                     ? "The load balancer could not be set up: an internal error occurred"
                     : fault->message;
  }
  for (const auto& subnet : lb.subnets)
    add_interface(call, lb, subnet);
  world.created(lb.arn, call.now);
  answer(world.load_balancers.emplace(lb.arn, std::move(lb)).first->second);
}

bool still_shown(const Call& call, const LoadBalancer& lb) {
  return !lb.deleted_at || call.now < *lb.deleted_at + call.world.options.times.load_balancer_gone;
}

void describe(Call& call) {
  const auto arns = call.params["LoadBalancerArns"].texts();
  const auto names = call.params["Names"].texts();
  if (!arns.empty() && !names.empty()) {
    refuse("ValidationError",
           "Load balancer names and load balancer ARNs cannot be specified at the same time");
  }
  const auto matches = [&](const LoadBalancer& lb) {
    const bool named = std::find(names.begin(), names.end(), lb.name) != names.end();
    const bool by_arn = std::find(arns.begin(), arns.end(), lb.arn) != arns.end();
    return still_shown(call, lb) && (by_arn || named || (arns.empty() && names.empty()));
  };
  std::set<std::string, std::less<>> found;
  for (const auto& [arn, lb] : call.world.load_balancers) {
    if (!matches(lb) || !call.world.visible(arn)) continue;
    found.insert(arn);
    found.insert(lb.name);
  }
  for (const auto arn : arns) {
    if (!found.contains(arn)) {
      refuse("LoadBalancerNotFound", "One or more load balancers not found");
    }
  }
  for (const auto name : names) {
    if (!found.contains(name)) {
      refuse("LoadBalancerNotFound", cat("Load balancers '[", name, "]' not found"));
    }
  }
  page(call, call.world.load_balancers, "LoadBalancers", matches,
       [&](const LoadBalancer& lb) { write_load_balancer(call, lb); });
}

void remove(Call& call) {
  World& world = call.world;
  LoadBalancer* lb = find_load_balancer(world, call.params["LoadBalancerArn"].text());
  if (lb == nullptr) return;  // deleting what is not there succeeds
  if (lb->attributes["deletion_protection.enabled"] == "true") {
    refuse("OperationNotPermitted",
           cat("Load balancer '", lb->arn,
               "' cannot be deleted because deletion protection is enabled"));
  }
  std::vector<std::string> listeners;
  for (const auto& [arn, listener] : world.listeners) {
    if (listener.load_balancer == lb->arn) listeners.push_back(arn);
  }
  for (const auto& arn : listeners)
    remove_listener(world, arn);
  lb->deleted_at = call.now;
  for (const auto& id : lb->interfaces) {
    world.schedule(call.now + world.options.times.load_balancer_interfaces, Due::release_interface,
                   id);
  }
  world.schedule(call.now + world.options.times.load_balancer_gone, Due::forget_load_balancer,
                 lb->arn);
  world.refresh_forwarding(call.now);
}

void describe_attributes(Call& call) {
  write_attributes(call, load_balancer_of(call, call.params["LoadBalancerArn"].text()).attributes);
}

void modify(Call& call) {
  modify_attributes(call, load_balancer_of(call, call.params["LoadBalancerArn"].text()).attributes);
}

void set_groups(Call& call) {
  LoadBalancer& lb = load_balancer_of(call, call.params["LoadBalancerArn"].text());
  const auto groups = read_groups(call, lb.vpc);
  if (groups.empty()) refuse("ValidationError", "At least one security group must be specified");
  lb.groups = groups;
  for (const auto& id : lb.interfaces) {
    const auto interface = call.world.interfaces.find(id);
    if (interface != call.world.interfaces.end()) interface->second.groups = groups;
  }
  write_list(call, "SecurityGroupIds", groups);
}

void set_subnets(Call& call) {
  World& world = call.world;
  LoadBalancer& lb = load_balancer_of(call, call.params["LoadBalancerArn"].text());
  const auto subnets = read_subnets(call, lb.type);
  std::vector<std::string> added;
  for (const auto& id : subnets) {
    if (std::find(lb.subnets.begin(), lb.subnets.end(), id) == lb.subnets.end()) {
      added.push_back(id);
    }
  }
  if (!added.empty()) check_subnets(call, added, lb.scheme);
  std::vector<std::string> kept;
  for (const auto& id : lb.interfaces) {
    const auto interface = world.interfaces.find(id);
    if (interface == world.interfaces.end()) continue;
    const auto& subnet = interface->second.subnet;
    if (std::find(subnets.begin(), subnets.end(), subnet) != subnets.end()) {
      kept.push_back(id);
    } else {
      world.schedule(call.now + world.options.times.load_balancer_interfaces,
                     Due::release_interface, id);
    }
  }
  lb.interfaces = kept;
  for (const auto& id : added)
    add_interface(call, lb, id);
  lb.subnets = subnets;
  call.out.in("AvailabilityZones", [&] {
    for (const auto& id : subnets) {
      call.out.in("member", [&] {
        call.out.leaf("ZoneName", world.zone_name(world.subnets.at(id).zone));
        call.out.leaf("SubnetId", id);
      });
    }
  });
  call.out.leaf("IpAddressType", lb.ip_address_type);
}

void set_address_type(Call& call) {
  LoadBalancer& lb = load_balancer_of(call, call.params["LoadBalancerArn"].text());
  const std::string type = call.params["IpAddressType"].str();
  check_address_type(call.world, lb.subnets, type);
  lb.ip_address_type = type;
  call.out.leaf("IpAddressType", lb.ip_address_type);
}

void describe_capacity(Call& call) {
  load_balancer_of(call, call.params["LoadBalancerArn"].text());
  call.out.leaf("DecreaseRequestsRemaining", 0);
  call.out.empty("CapacityReservationState");
}

constexpr Action actions[] = {
    {"CreateLoadBalancer", create, true},
    {"DescribeLoadBalancers", describe},
    {"DeleteLoadBalancer", remove, true},
    {"DescribeLoadBalancerAttributes", describe_attributes},
    {"ModifyLoadBalancerAttributes", modify},
    {"SetSecurityGroups", set_groups, true},
    {"SetSubnets", set_subnets, true},
    {"SetIpAddressType", set_address_type},
    {"DescribeCapacityReservation", describe_capacity},
};

}  // namespace

std::span<const Action> load_balancer_actions() {
  return actions;
}

}  // namespace albatross::sim::elbv2
