#include "sim/world.hpp"

#include "sim/core/error.hpp"
#include "sim/core/quotas.hpp"
#include "sim/elbv2/target_health.hpp"
#include "sim/iam/policy.hpp"

#include <algorithm>

namespace albatross::sim {

std::string_view to_string(InstanceState state) {
  static constexpr std::string_view names[] = {"pending",    "running",  "shutting-down",
                                               "terminated", "stopping", "stopped"};
  return names[static_cast<std::size_t>(state)];
}

int state_code(InstanceState state) {
  static constexpr int codes[] = {0, 16, 32, 48, 64, 80};
  return codes[static_cast<std::size_t>(state)];
}

namespace {

/// us-east-1 has the zone ids use1-az1…: first letters of each part and the number.
std::string zone_id_prefix(std::string_view region) {
  std::string id;
  bool first = true;
  while (!region.empty()) {
    const auto dash = std::min(region.find('-'), region.size());
    const auto part = region.substr(0, dash);
    const bool number = part.find_first_not_of("0123456789") == std::string_view::npos;
    id += number || first ? part : part.substr(0, 1);
    first = false;
    region.remove_prefix(std::min(dash + 1, region.size()));
  }
  return id + "-az";
}

}  // namespace

World::World(CloudOptions given) : options(std::move(given)), ids(options.seed) {
  check_quotas(options.quotas);
  iam::check_caller_policy(options.caller_policy);
  const std::string prefix = zone_id_prefix(options.region);
  for (const auto& letter : options.zones)
    zones_.push_back({options.region + letter, prefix + std::to_string(zones_.size() + 1)});
  if (options.default_vpc) make_default_vpc();
}

void World::schedule(TimePoint at, Due what, std::string id, std::string extra) {
  due_.emplace(at, Event{what, std::move(id), std::move(extra)});
}

void World::settle(TimePoint now) {
  while (!due_.empty() && due_.begin()->first <= now) {
    const Event event = std::move(due_.begin()->second);
    due_.erase(due_.begin());
    happen(event);
  }
  if (!hidden_.empty()) std::erase_if(hidden_, [&](const auto& e) { return e.second <= now; });
}

void World::happen(const Event& event) {
  switch (event.what) {
    case Due::release_interface:
      release_interface(event.id);
      break;
    case Due::release_instance: {
      Instance& instance = instances.at(event.id);
      for (const auto& id : instance.interfaces)
        release_interface(id);
      for (const auto& id : instance.volumes) {
        const auto volume = volumes.find(id);
        if (volume == volumes.end()) continue;
        volume->second.instance.clear();
        if (!volume->second.delete_on_termination) continue;
        tags.erase(id);
        volumes.erase(volume);
      }
      instance.interfaces.clear();
      instance.volumes.clear();
      instance.released = true;
      break;
    }
    case Due::forget_instance:
      instances.erase(event.id);
      tags.erase(event.id);
      break;
    case Due::forget_load_balancer:
      load_balancers.erase(event.id);
      break;
    case Due::forget_target:
      forget_drained_target(*this, event.id, event.extra);
      break;
    case Due::forget_file_system:
      file_systems.erase(event.id);
      break;
    case Due::forget_mount_target: {
      const auto it = mount_targets.find(event.id);
      if (it == mount_targets.end()) break;
      release_interface(it->second.interface);
      mount_targets.erase(it);
      break;
    }
  }
}

void World::created(const std::string& id, TimePoint now) {
  if (!options.eventual_consistency) return;
  const auto span = static_cast<std::uint64_t>(options.times.visibility_lag.count());
  hidden_[id] = now + Duration(static_cast<Duration::rep>(ids.below(span + 1)));
}

std::optional<std::size_t> World::zone_index(std::string_view name_or_id) const {
  for (std::size_t i = 0; i < zones_.size(); ++i) {
    if (name_or_id == zone_name(i) || name_or_id == zone_id(i)) return i;
  }
  return std::nullopt;
}

std::string World::arn(std::string_view service, std::string_view rest) const {
  const bool global = service == "iam";
  return cat("arn:", options.partition, ":", service, ":",
             global ? std::string_view{} : std::string_view(options.region), ":", options.account,
             ":", rest);
}

double World::quota(std::string_view code) const {
  const auto given = options.quotas.find(std::string(code));
  if (given != options.quotas.end()) return given->second;
  const Quota* known = find_quota(code);
  return known == nullptr ? 0 : known->value;
}

Duration World::caller_seconds(int seconds) const {
  return Duration(std::chrono::seconds(seconds)) / options.times.caller_seconds_divisor;
}

const Tags& World::tags_of(std::string_view id) const {
  static const Tags none;
  const auto it = tags.find(id);
  return it == tags.end() ? none : it->second;
}

SecurityGroup& World::make_group(const std::string& vpc, std::string name,
                                 std::string description) {
  SecurityGroup group;
  group.id = ids.make("sg-");
  group.name = std::move(name);
  group.description = std::move(description);
  group.vpc = vpc;
  SecurityRule out;
  out.id = ids.make("sgr-");
  out.egress = true;
  out.protocol = "-1";
  out.ipv4 = "0.0.0.0/0";
  group.rules.push_back(std::move(out));
  return groups.emplace(group.id, std::move(group)).first->second;
}

Vpc& World::make_vpc(Cidr cidr, bool is_default, TimePoint now) {
  Vpc vpc;
  vpc.id = ids.make("vpc-");
  vpc.cidr = {cidr.network(), cidr.prefix};
  vpc.is_default = is_default;
  vpc.dns_hostnames = is_default;
  vpc.available_at = now + options.times.vpc_available;
  vpc.cidr_association = ids.make("vpc-cidr-assoc-");
  vpc.acl = ids.make("acl-");
  RouteTable table;
  table.id = ids.make("rtb-");
  table.vpc = vpc.id;
  table.routes.push_back({vpc.cidr.str(), "local", "CreateRouteTable"});
  table.associations.push_back({ids.make("rtbassoc-"), ""});
  vpc.main_table = table.id;
  route_tables.emplace(table.id, std::move(table));
  SecurityGroup& group = make_group(vpc.id, "default", "default VPC security group");
  group.is_default = true;
  SecurityRule in;
  in.id = ids.make("sgr-");
  in.protocol = "-1";
  in.group = group.id;
  group.rules.push_back(std::move(in));
  vpc.default_group = group.id;
  return vpcs.emplace(vpc.id, std::move(vpc)).first->second;
}

Subnet& World::make_subnet(const Vpc& vpc, Cidr cidr, std::size_t zone, TimePoint now) {
  Subnet subnet;
  subnet.id = ids.make("subnet-");
  subnet.vpc = vpc.id;
  subnet.cidr = {cidr.network(), cidr.prefix};
  subnet.zone = zone;
  subnet.available_at = now + options.times.subnet_available;
  subnet.acl_association = ids.make("aclassoc-");
  return subnets.emplace(subnet.id, std::move(subnet)).first->second;
}

void World::make_default_vpc() {
  // It has always been there: available long before any clock starts.
  const TimePoint long_ago = TimePoint::min() + std::chrono::hours{24};
  Vpc& vpc = make_vpc(*parse_cidr("172.31.0.0/16"), true, long_ago);
  InternetGateway gateway{ids.make("igw-"), vpc.id};
  route_tables.at(vpc.main_table).routes.push_back({"0.0.0.0/0", gateway.id, "CreateRoute"});
  gateways.emplace(gateway.id, gateway);
  for (std::size_t zone = 0; zone < options.zones.size() && zone < 16; ++zone) {
    const Cidr cidr{vpc.cidr.network() + static_cast<std::uint32_t>(zone) * 4096, 20};
    Subnet& subnet = make_subnet(vpc, cidr, zone, long_ago);
    subnet.default_for_az = true;
    subnet.public_ip_on_launch = true;
  }
}

NetworkInterface* World::make_interface(const std::string& subnet_id,
                                        std::vector<std::string> group_ids,
                                        std::optional<std::uint32_t> wanted) {
  Subnet& subnet = subnets.at(subnet_id);
  if (subnet.free_addresses() == 0) return nullptr;
  const std::uint32_t base = subnet.cidr.network() + 4;
  const auto span = static_cast<std::uint32_t>(subnet.cidr.size() - 5);
  std::uint32_t offset = static_cast<std::uint32_t>(ids.below(span));
  while (!wanted && subnet.used.contains(base + offset))
    offset = (offset + 1) % span;
  NetworkInterface made;
  made.id = ids.make("eni-");
  made.subnet = subnet.id;
  made.vpc = subnet.vpc;
  made.zone = subnet.zone;
  made.address = wanted.value_or(base + offset);
  made.groups = std::move(group_ids);
  const std::string hex = ids.hex(10);
  made.mac = "02";
  for (std::size_t i = 0; i < 10; i += 2)
    made.mac += cat(":", hex.substr(i, 2));
  subnet.used.insert(made.address);
  return &interfaces.emplace(made.id, std::move(made)).first->second;
}

void World::release_interface(const std::string& id) {
  const auto it = interfaces.find(id);
  if (it == interfaces.end()) return;
  const auto subnet = subnets.find(it->second.subnet);
  if (subnet != subnets.end()) subnet->second.used.erase(it->second.address);
  tags.erase(id);
  interfaces.erase(it);
}

void World::give_public_address(NetworkInterface& interface) {
  interface.public_address = parse_ipv4(options.public_addresses).value() + public_given_++;
}

const Vpc* World::default_vpc() const {
  for (const auto& [id, vpc] : vpcs) {
    if (vpc.is_default) return &vpc;
  }
  return nullptr;
}

const RouteTable* World::effective_table(const Subnet& subnet) const {
  for (const auto& [id, table] : route_tables) {
    for (const auto& association : table.associations) {
      if (association.subnet == subnet.id) return &table;
    }
  }
  const auto vpc = vpcs.find(subnet.vpc);
  return vpc == vpcs.end() ? nullptr : &route_tables.at(vpc->second.main_table);
}

bool World::has_gateway(std::string_view vpc) const {
  return std::any_of(gateways.begin(), gateways.end(),
                     [&](const auto& entry) { return entry.second.vpc == vpc; });
}

const SecurityGroup* World::group_named(std::string_view vpc, std::string_view name) const {
  for (const auto& [id, group] : groups) {
    if (group.vpc == vpc && group.name == name) return &group;
  }
  return nullptr;
}

}  // namespace albatross::sim
