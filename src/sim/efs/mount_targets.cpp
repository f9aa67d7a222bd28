#include "sim/efs/efs.hpp"

#include <algorithm>

namespace albatross::sim::efs {
namespace {

constexpr std::size_t page_size = 10;

Json mount_json(const Request& request, const MountTarget& target) {
  const World& world = request.call.world;
  return {
      {"OwnerId", world.options.account},
      {"MountTargetId", target.id},
      {"FileSystemId", target.file_system},
      {"SubnetId", target.subnet},
      {"LifeCycleState", target.state(request.call.now)},
      {"IpAddress", ipv4_text(target.address)},
      {"NetworkInterfaceId", target.interface},
      {"AvailabilityZoneId", world.zone_id(target.zone)},
      {"AvailabilityZoneName", world.zone_name(target.zone)},
      {"VpcId", target.vpc},
  };
}

std::vector<std::string> groups_from(Request& request, const std::string& vpc) {
  std::vector<std::string> groups;
  for (const Json& given : request.body.value("SecurityGroups", Json::array())) {
    const std::string id = given.get<std::string>();
    const SecurityGroup* group = request.call.world.find(request.call.world.groups, id);
    if (group == nullptr || group->vpc != vpc) {
      refuse("SecurityGroupNotFound", cat("One or more security groups are not valid: ", id));
    }
    groups.push_back(id);
  }
  if (groups.size() > 5) {
    refuse("SecurityGroupLimitExceeded", "A mount target can have at most 5 security groups");
  }
  return groups;
}

void check_conflicts(const World& world, const FileSystem& fs, const Subnet& subnet) {
  for (const auto& [id, other] : world.mount_targets) {
    if (other.file_system != fs.id) continue;
    if (other.vpc != subnet.vpc) {
      refuse("MountTargetConflict",
             "requested subnet for new mount target is not in the same VPC as existing mount "
             "targets",
             409);
    }
    if (other.zone == subnet.zone) {
      refuse("MountTargetConflict", "mount target already exists in this AZ", 409);
    }
  }
  if (!fs.zone_name.empty() && fs.zone_name != world.zone_name(subnet.zone)) {
    refuse("AvailabilityZonesMismatch", "The mount target is not in the file system's zone");
  }
}

std::optional<std::uint32_t> wanted_address(Request& request, const Subnet& subnet) {
  const std::string text = text_of(request.body, "IpAddress");
  if (text.empty()) return std::nullopt;
  const auto address = parse_ipv4(text);
  if (!address || !subnet.cidr.contains(*address)) {
    bad_request(cat("Address ", text, " does not fall within the subnet's address range"));
  }
  if (subnet.used.contains(*address)) {
    refuse("IpAddressInUse", cat("Address ", text, " is in use."), 409);
  }
  return address;
}

MountTarget& mount_target_of(Request& request, std::string_view id) {
  World& world = request.call.world;
  if (MountTarget* target = world.find(world.mount_targets, id)) return *target;
  refuse("MountTargetNotFound", cat("Mount target '", id, "' does not exist."));
}

void check_ready(const MountTarget& target, TimePoint now) {
  if (target.state(now) == "available") return;
  refuse("IncorrectMountTargetState",
         cat("Mount target '", target.id, "' is not in the state available"), 409);
}

}  // namespace

void create_mount_target(Request& request) {
  World& world = request.call.world;
  const TimePoint now = request.call.now;
  const FileSystem& fs = file_system_of(request, text_of(request.body, "FileSystemId"));
  check_available(fs, now);
  const std::string subnet_id = text_of(request.body, "SubnetId");
  const Subnet* subnet = world.find(world.subnets, subnet_id);
  if (subnet == nullptr) {
    refuse("SubnetNotFound", cat("The subnet ID '", subnet_id, "' does not exist"));
  }
  check_conflicts(world, fs, *subnet);
  auto groups = groups_from(request, subnet->vpc);
  if (groups.empty()) groups.push_back(world.vpcs.at(subnet->vpc).default_group);
  NetworkInterface* interface =
      world.make_interface(subnet->id, groups, wanted_address(request, *subnet));
  if (interface == nullptr) {
    refuse("NoFreeAddressesInSubnet", "There are no free addresses in the subnet", 409);
  }
  MountTarget target;
  target.id = world.ids.make("fsmt-");
  target.file_system = fs.id;
  target.subnet = subnet->id;
  target.vpc = subnet->vpc;
  target.zone = subnet->zone;
  target.address = interface->address;
  target.interface = interface->id;
  target.available_at = now + world.options.times.mount_target_available;
  interface->description = cat("EFS mount target for ", fs.id, " (", target.id, ")");
  interface->requester = "amazon-efs";
  interface->interface_type = "efs";
  interface->attachment = world.ids.make("ela-attach-");
  interface->attached = request.call.wall;
  world.created(target.id, now);
  const MountTarget& made = world.mount_targets.emplace(target.id, std::move(target)).first->second;
  reply(request, mount_json(request, made));
}

void describe_mount_targets(Request& request) {
  World& world = request.call.world;
  const auto fs = request.query("FileSystemId");
  const auto id = request.query("MountTargetId");
  if (fs.empty() == id.empty()) {
    bad_request("Exactly one of FileSystemId and MountTargetId must be given");
  }
  const std::string fs_id = fs.empty() ? fs : file_system_of(request, fs).id;
  if (!id.empty()) mount_target_of(request, id);
  const auto marker = request.query("Marker");
  request.most_items();  // has to make sense, and is not heeded: AWS's pages are of ten
  Json list = Json::array();
  Json next;
  for (const auto& [key, target] : world.mount_targets) {
    const bool wanted = id.empty() ? target.file_system == fs_id : key == id;
    if (!wanted || !world.visible(key) || (!marker.empty() && key <= marker)) continue;
    if (list.size() == page_size) {
      next = list.back()["MountTargetId"];
      break;
    }
    list.push_back(mount_json(request, target));
  }
  reply(request, {{"MountTargets", list}, {"NextMarker", next}});
}

void delete_mount_target(Request& request) {
  World& world = request.call.world;
  MountTarget& target = mount_target_of(request, request.label);
  if (!target.deleted_at) {
    target.deleted_at = request.call.now;
    world.schedule(request.call.now + world.options.times.mount_target_deleted,
                   Due::forget_mount_target, target.id);
  }
  request.call.status = 204;
}

void describe_mount_groups(Request& request) {
  const MountTarget& target = mount_target_of(request, request.label);
  check_ready(target, request.call.now);
  reply(request, {{"SecurityGroups", request.call.world.interfaces.at(target.interface).groups}});
}

void modify_mount_groups(Request& request) {
  const MountTarget& target = mount_target_of(request, request.label);
  check_ready(target, request.call.now);
  auto groups = groups_from(request, target.vpc);
  if (!groups.empty()) {
    request.call.world.interfaces.at(target.interface).groups = std::move(groups);
  }
  request.call.status = 204;
}

void describe_access_points(Request& request) {
  reply(request, {{"AccessPoints", Json::array()}});
}

void describe_replications(Request& request) {
  refuse("ReplicationNotFound",
         cat("No replication is configured for ", request.query("FileSystemId")), 404);
}

}  // namespace albatross::sim::efs
