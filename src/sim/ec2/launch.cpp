#include "sim/core/quotas.hpp"
#include "sim/ec2/catalog.hpp"
#include "sim/ec2/instances.hpp"
#include "sim/ec2/launch_templates.hpp"
#include "sim/ec2/lists.hpp"
#include "sim/ec2/profiles.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {
namespace {

constexpr std::size_t user_data_limit = 16384;

/// All that a launch needs to know, read and checked before anything is made.
struct Launch {
  const Image* image = nullptr;
  const InstanceType* type = nullptr;
  const Subnet* subnet = nullptr;
  std::vector<std::string> groups;
  std::string profile;
  std::string user_data;
  bool public_ip = false;
  bool delete_interface = true;
  std::optional<std::uint32_t> address;
  int count = 0;
  int volume_size = 8;
  std::string volume_type = "gp3";
  bool encrypted = false;
  bool delete_volume = true;
  Tags instance_tags, volume_tags, interface_tags;
};

std::size_t decoded_size(std::string_view base64) {
  std::size_t characters = 0;
  for (const char c : base64) {
    const bool digit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       c == '+' || c == '/';
    if (digit) {
      ++characters;
    } else if (c != '=' && c != '\n' && c != '\r') {
      refuse("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data");
    }
  }
  if (characters % 4 == 1) {
    refuse("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data");
  }
  return characters * 3 / 4;
}

const Image& image_for(std::string_view id) {
  constexpr std::string_view by_parameter = "resolve:ssm:";
  if (id.starts_with(by_parameter)) {
    auto name = id.substr(by_parameter.size());
    name = name.substr(0, name.find(':'));
    if (const Image* image = image_of_parameter(name)) return *image;
    refuse("InvalidAMIID.Malformed",
           cat("Parameter ", name, " could not be resolved to an image id"));
  }
  if (const Image* image = find_image(id)) return *image;
  check_id(id, "ami-", "InvalidAMIID");
  refuse("InvalidAMIID.NotFound", cat("The image id '[", id, "]' does not exist"));
}

void choose_image_and_type(Call& call, Launch& launch) {
  const Param image = call.params["ImageId"];
  if (!image) refuse("MissingParameter", "The request must contain the parameter ImageId");
  launch.image = &image_for(image.text());
  const auto type = call.params["InstanceType"].text_or("m5.large");
  launch.type = find_type(type);
  if (launch.type == nullptr) {
    refuse("InvalidParameterValue", cat("Invalid value '", type, "' for InstanceType."));
  }
  if (std::string_view(launch.type->architecture) != launch.image->architecture) {
    refuse("InvalidParameterValue",
           cat("The architecture '", launch.type->architecture,
               "' of the specified instance type does not match the architecture '",
               launch.image->architecture,
               "' of the specified AMI. Specify an instance type and "
               "an AMI that have matching architectures, and try again."));
  }
}

const Subnet& default_subnet(Call& call) {
  const Vpc* vpc = call.world.default_vpc();
  if (vpc == nullptr) {
    refuse("MissingInput", "No subnets found for the default VPC. Please specify a subnet.");
  }
  const auto zone = call.params["Placement"]["AvailabilityZone"].text();
  if (!zone.empty() && !call.world.zone_index(zone)) {
    refuse("InvalidParameterValue", cat("Invalid availability zone: [", zone, "]"));
  }
  for (const auto& [id, subnet] : call.world.subnets) {
    const bool fits = zone.empty() || call.world.zone_name(subnet.zone) == zone;
    if (subnet.vpc == vpc->id && subnet.default_for_az && fits) return subnet;
  }
  refuse("MissingInput", "No default subnet for the availability zone");
}

void choose_network(Call& call, Launch& launch) {
  const auto interfaces = call.params["NetworkInterface"].items();
  const Param top_groups = call.params["SecurityGroupId"];
  const Param top_names = call.params["SecurityGroup"];
  const Param top_subnet = call.params["SubnetId"];
  if (!interfaces.empty() && (top_groups || top_names || top_subnet)) {
    refuse("InvalidParameterCombination",
           top_subnet && !top_groups && !top_names
               ? "Network interfaces and an instance-level subnet ID may not be specified on the "
                 "same request"
               : "Network interfaces and an instance-level security groups may not be specified "
                 "on the same request");
  }
  const Param first = interfaces.empty() ? Param{} : interfaces.front();
  if (first && !first["DeviceIndex"]) {
    refuse("InvalidParameterValue", "Each network interface requires a device index.");
  }
  const Param subnet = first ? first["SubnetId"] : top_subnet;
  launch.subnet = subnet ? &subnet_of(call, subnet.text()) : &default_subnet(call);
  auto ids = (first ? first["SecurityGroupId"] : top_groups).texts();
  for (const auto name : top_names.texts()) {
    const SecurityGroup* group = call.world.group_named(launch.subnet->vpc, name);
    if (group == nullptr) not_found("InvalidGroup", "security group", name);
    ids.push_back(group->id);
  }
  launch.groups = check_groups(call, ids, *launch.subnet);
  launch.public_ip = launch.subnet->public_ip_on_launch;
  if (const Param chosen = first["AssociatePublicIpAddress"]) launch.public_ip = chosen.is_true();
  if (const Param chosen = first["DeleteOnTermination"]) launch.delete_interface = chosen.is_true();
  const Param address = first ? first["PrivateIpAddress"] : call.params["PrivateIpAddress"];
  if (!address) return;
  launch.address = parse_ipv4(address.text());
  if (!launch.address || !launch.subnet->cidr.contains(*launch.address)) {
    refuse("InvalidParameterValue",
           cat("Address ", address.text(), " does not fall within the subnet's address range"));
  }
  if (launch.subnet->used.contains(*launch.address)) {
    refuse("InvalidIPAddress.InUse", cat("Address ", address.text(), " is in use."));
  }
}

void choose_profile(Call& call, Launch& launch) {
  if (const Param given = call.params["IamInstanceProfile"]) {
    launch.profile = usable_profile(call, given).name;
  }
}

void choose_volume(Call& call, Launch& launch) {
  launch.volume_size = launch.image->volume_size;
  for (const Param mapping : call.params["BlockDeviceMapping"].items()) {
    if (mapping["DeviceName"].text() != launch.image->root_device) continue;
    const Param ebs = mapping["Ebs"];
    launch.volume_size = static_cast<int>(ebs["VolumeSize"].number_or(launch.volume_size));
    launch.volume_type = ebs["VolumeType"].text_or("gp3");
    launch.encrypted = ebs["Encrypted"].is_true();
    if (ebs["DeleteOnTermination"]) launch.delete_volume = ebs["DeleteOnTermination"].is_true();
  }
  if (launch.volume_size < launch.image->volume_size) {
    refuse("InvalidBlockDeviceMapping",
           cat("Volume of size ", std::to_string(launch.volume_size),
               "GB is smaller than snapshot '", launch.image->snapshot,
               "', expect size>= ", std::to_string(launch.image->volume_size), "GB"));
  }
}

void check_quota(Call& call, const Launch& launch, std::int64_t most) {
  std::int64_t cpus = launch.type->cpus * most;
  for (const auto& [id, instance] : call.world.instances) {
    if (instance.terminating) continue;
    const InstanceType* type = find_type(instance.type);
    if (type != nullptr) cpus += type->cpus;
  }
  const auto most_cpus = static_cast<std::int64_t>(call.world.quota(quota::standard_vcpus));
  if (cpus <= most_cpus) return;
  refuse("VcpuLimitExceeded",
         cat("You have requested more vCPU capacity than your current vCPU limit of ",
             std::to_string(most_cpus),
             " allows for the instance bucket that the specified "
             "instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request "
             "to request an adjustment to this limit."));
}

void check_capacity(Call& call, const Launch& launch) {
  const std::string zone = call.world.zone_name(launch.subnet->zone);
  const auto fault = call.world.faults.next_resource(FaultKind::capacity, zone);
  if (!fault) return;
  refuse("InsufficientInstanceCapacity",
         fault->message.empty()
             ? cat("We currently do not have sufficient ", launch.type->name,
                   " capacity in the Availability Zone you requested (", zone,
                   "). Our system will be working on provisioning additional capacity. You can "
                   "currently get ",
                   launch.type->name,
                   " capacity by not specifying an "
                   "Availability Zone in your request or choosing another one.")
             : fault->message);
}

Launch read_launch(Call& call) {
  Launch launch;
  const auto least = call.params["MinCount"].number_or(0);
  const auto most = call.params["MaxCount"].number_or(0);
  if (least < 1 || most < least) {
    refuse("InvalidParameterValue", cat("Value (", call.params["MinCount"].text(),
                                        ") for parameter minCount is invalid. "
                                        "It must be at least 1 and at most maxCount"));
  }
  refuse_launch_template(call);
  choose_image_and_type(call, launch);
  launch.user_data = call.params["UserData"].text();
  if (decoded_size(launch.user_data) > user_data_limit) {
    refuse("InvalidParameterValue", "User data is limited to 16384 bytes");
  }
  const Param key = call.params["KeyName"];
  if (key && !call.world.key_pairs.contains(key.text())) {
    refuse("InvalidKeyPair.NotFound", cat("The key pair '", key.text(), "' does not exist"));
  }
  choose_network(call, launch);
  choose_profile(call, launch);
  choose_volume(call, launch);
  const auto tags = [&](std::string_view type) {
    return tags_for(call, type, {"instance", "volume", "network-interface"});
  };
  launch.instance_tags = tags("instance");
  launch.volume_tags = tags("volume");
  launch.interface_tags = tags("network-interface");
  check_quota(call, launch, least);
  const auto room = static_cast<std::int64_t>(launch.subnet->free_addresses());
  if (room < least) {
    refuse("InsufficientFreeAddressesInSubnet",
           cat("There are not enough free addresses in subnet '", launch.subnet->id,
               "' to satisfy the requested number of instances."));
  }
  check_capacity(call, launch);
  launch.count = static_cast<int>(std::min(most, room));
  return launch;
}

void attach_interface(Call& call, const Launch& launch, Instance& instance) {
  World& world = call.world;
  NetworkInterface& interface =
      *world.make_interface(launch.subnet->id, launch.groups, launch.address);
  interface.attachment = world.ids.make("eni-attach-");
  interface.instance = instance.id;
  interface.delete_on_termination = launch.delete_interface;
  interface.attached = call.wall;
  if (launch.public_ip) world.give_public_address(interface);
  if (!launch.interface_tags.empty()) world.tags[interface.id] = launch.interface_tags;
  instance.interfaces.push_back(interface.id);
  instance.address = interface.address;
}

void attach_volume(Call& call, const Launch& launch, Instance& instance) {
  Volume volume;
  volume.id = call.world.ids.make("vol-");
  volume.instance = instance.id;
  volume.device = launch.image->root_device;
  volume.zone = call.world.zone_name(instance.zone);
  volume.type = launch.volume_type;
  volume.snapshot = launch.image->snapshot;
  volume.size = launch.volume_size;
  volume.encrypted = launch.encrypted;
  volume.delete_on_termination = launch.delete_volume;
  volume.created = call.wall;
  if (!launch.volume_tags.empty()) call.world.tags[volume.id] = launch.volume_tags;
  instance.volumes.push_back(volume.id);
  call.world.volumes.emplace(volume.id, std::move(volume));
}

void read_settings(Call& call, Instance& instance) {
  const Param metadata = call.params["MetadataOptions"];
  instance.http_tokens = metadata["HttpTokens"].text_or("required");
  instance.hop_limit = static_cast<int>(metadata["HttpPutResponseHopLimit"].number_or(2));
  instance.http_endpoint = metadata["HttpEndpoint"].text_or("enabled") == "enabled";
  instance.metadata_tags = metadata["InstanceMetadataTags"].text() == "enabled";
  instance.shutdown_behavior = call.params["InstanceInitiatedShutdownBehavior"].text_or("stop");
  instance.termination_protection = call.params["DisableApiTermination"].is_true();
  instance.stop_protection = call.params["DisableApiStop"].is_true();
  instance.monitoring = call.params["Monitoring"]["Enabled"].is_true();
  instance.ebs_optimized = call.params["EbsOptimized"].is_true();
  instance.tenancy = call.params["Placement"]["Tenancy"].text_or("default");
  const bool t2 = instance.type.starts_with("t2.");
  instance.credits =
      call.params["CreditSpecification"]["CpuCredits"].text_or(t2 ? "standard" : "unlimited");
}

Instance& launch_one(Call& call, const Launch& launch, const std::string& reservation, int index) {
  World& world = call.world;
  Instance instance;
  instance.id = world.ids.make("i-");
  instance.reservation = reservation;
  instance.launch_index = index;
  instance.image = launch.image->id;
  instance.type = launch.type->name;
  instance.client_token = call.params["ClientToken"].text();
  instance.user_data = launch.user_data;
  instance.key_name = call.params["KeyName"].text();
  instance.profile = launch.profile;
  if (!launch.profile.empty()) instance.profile_association = world.ids.make("iip-assoc-");
  instance.subnet = launch.subnet->id;
  instance.vpc = launch.subnet->vpc;
  instance.zone = launch.subnet->zone;
  instance.auto_public_ip = launch.public_ip;
  instance.launched_wall = call.wall;
  instance.started = call.now;
  instance.running_at = call.now + world.options.times.instance_running;
  read_settings(call, instance);
  attach_interface(call, launch, instance);
  attach_volume(call, launch, instance);
  if (!launch.instance_tags.empty()) world.tags[instance.id] = launch.instance_tags;
  world.created(instance.id, call.now);
  const auto fault = world.faults.next_resource(FaultKind::instance_terminates, launch.subnet->id);
  if (fault) {
    begin_termination(
        world, instance, call.now + world.options.times.instance_running / 2, call.wall,
        fault->code.empty() ? "Server.InternalError" : fault->code,
        fault->message.empty() ? "Server.InternalError: Internal error on launch" : fault->message);
  }
  return world.instances.emplace(instance.id, std::move(instance)).first->second;
}

/// Launch tokens hold for a zone when the call names one, else for the region.
std::string token_key(Call& call) {
  const auto token = call.params["ClientToken"].text();
  if (token.empty()) return {};
  if (token.size() > 64) {
    refuse("InvalidParameterValue", "Client token is too long: at most 64 characters");
  }
  std::string scope;
  const auto interfaces = call.params["NetworkInterface"].items();
  const Param subnet =
      interfaces.empty() ? call.params["SubnetId"] : interfaces.front()["SubnetId"];
  const auto it = call.world.subnets.find(subnet.text());
  if (it != call.world.subnets.end()) {
    scope = call.world.zone_name(it->second.zone);
  } else {
    scope = call.params["Placement"]["AvailabilityZone"].text();
  }
  return cat(scope, "/", token);
}

/// Answers a repeated launch from memory; false when the token is new.
bool answer_again(Call& call, const std::string& key) {
  const auto it = call.world.launch_tokens.find(key);
  if (key.empty() || it == call.world.launch_tokens.end()) return false;
  const LaunchToken& token = it->second;
  if (token.digest != call.form->digest({"ClientToken", "DryRun", "Version"})) {
    refuse("IdempotentParameterMismatch",
           "Arguments on this idempotent request are inconsistent with arguments used in previous "
           "request(s).");
  }
  std::vector<Instance*> instances;
  for (const auto& id : token.instances) {
    const auto instance = call.world.instances.find(id);
    const auto* ends =
        instance == call.world.instances.end() ? nullptr : &instance->second.terminating;
    // One that is going to end by itself has not yet.
    if (ends == nullptr || (*ends && call.now >= **ends)) {
      refuse("IdempotentInstanceTerminated",
             "The client token you have provided is associated with an instance that has been "
             "terminated. Please use a different client token.");
    }
    instances.push_back(&instance->second);
  }
  write_reservation(call, token.reservation, instances);
  return true;
}

void run_instances(Call& call) {
  const std::string key = token_key(call);
  if (answer_again(call, key)) return;
  const Launch launch = read_launch(call);
  const std::string reservation = call.world.ids.make("r-");
  std::vector<Instance*> instances;
  LaunchToken token;
  for (int i = 0; i < launch.count; ++i) {
    instances.push_back(&launch_one(call, launch, reservation, i));
    token.instances.push_back(instances.back()->id);
  }
  if (!key.empty()) {
    token.digest = call.form->digest({"ClientToken", "DryRun", "Version"});
    token.reservation = reservation;
    call.world.launch_tokens.emplace(key, std::move(token));
  }
  write_reservation(call, reservation, instances);
}

constexpr Action actions[] = {{"RunInstances", run_instances}};

}  // namespace

std::span<const Action> launch_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
