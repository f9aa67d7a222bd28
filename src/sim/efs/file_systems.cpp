#include "sim/core/clock_text.hpp"
#include "sim/core/quotas.hpp"
#include "sim/efs/efs.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace albatross::sim::efs {
namespace {

/// How long a throughput mode stays, from its change on.
constexpr std::chrono::hours one_day{24};

Json tags_json(const Tags& tags) {
  Json list = Json::array();
  for (const auto& [key, value] : tags)
    list.push_back({{"Key", key}, {"Value", value}});
  return list;
}

Json file_system_json(const Request& request, const FileSystem& fs) {
  const World& world = request.call.world;
  std::size_t mounts = 0;
  for (const auto& [id, target] : world.mount_targets) {
    if (target.file_system == fs.id) ++mounts;
  }
  const auto name = fs.tags.find("Name");
  Json json = {
      {"OwnerId", world.options.account},
      {"CreationToken", fs.token},
      {"FileSystemId", fs.id},
      {"FileSystemArn", fs.arn},
      {"CreationTime", epoch_seconds(fs.created)},
      {"LifeCycleState", fs.state(request.call.now)},
      {"NumberOfMountTargets", mounts},
      {"SizeInBytes",
       {{"Value", 6144}, {"ValueInIA", 0}, {"ValueInStandard", 6144}, {"ValueInArchive", 0}}},
      {"PerformanceMode", fs.performance_mode},
      {"Encrypted", fs.encrypted},
      {"ThroughputMode", fs.throughput_mode},
      {"Tags", tags_json(fs.tags)},
      {"FileSystemProtection",
       {{"ReplicationOverwriteProtection", fs.replication_protection ? "ENABLED" : "DISABLED"}}},
  };
  if (name != fs.tags.end()) json["Name"] = name->second;
  if (fs.encrypted) json["KmsKeyId"] = fs.kms_key;
  if (fs.throughput_mode == "provisioned") {
    json["ProvisionedThroughputInMibps"] = fs.provisioned_throughput;
  }
  if (!fs.zone_name.empty()) {
    json["AvailabilityZoneName"] = fs.zone_name;
    json["AvailabilityZoneId"] = world.zone_id(*world.zone_index(fs.zone_name));
  }
  return json;
}

Tags tags_from(const Json& list) {
  Tags tags;
  for (const Json& tag : list) {
    const std::string key = text_of(tag, "Key");
    if (key.empty() || key.starts_with("aws:") || key.size() > 128) {
      bad_request(cat("Invalid tag key '", key, "'"));
    }
    tags[key] = text_of(tag, "Value");
  }
  if (tags.size() > 50) bad_request("Too many tags");
  return tags;
}

void check_throughput(const FileSystem& fs) {
  const bool provisioned = fs.throughput_mode == "provisioned";
  if (provisioned && fs.provisioned_throughput <= 0) {
    bad_request("ProvisionedThroughputInMibps must be given for throughput mode provisioned");
  }
  if (!provisioned && fs.provisioned_throughput != 0) {
    bad_request(
        cat("ProvisionedThroughputInMibps does not go with throughput mode ", fs.throughput_mode));
  }
}

}  // namespace

void check_available(const FileSystem& fs, TimePoint now) {
  if (fs.state(now) == "available") return;
  refuse("IncorrectFileSystemLifeCycleState",
         cat("File system '", fs.id, "' is not in the state available"), 409);
}

FileSystem& file_system_of(Request& request, std::string_view id_or_arn) {
  std::string id(id_or_arn);
  const auto slash = id.rfind('/');
  if (id.starts_with("arn:") && slash != std::string::npos) id = id.substr(slash + 1);
  FileSystem* fs = request.call.world.find(request.call.world.file_systems, id);
  if (fs == nullptr) {
    refuse("FileSystemNotFound", cat("File system '", id, "' does not exist."));
  }
  return *fs;
}

void create_file_system(Request& request) {
  World& world = request.call.world;
  const std::string token = text_of(request.body, "CreationToken");
  if (token.empty() || token.size() > 64) bad_request("CreationToken must have 1 to 64 characters");
  for (const auto& [id, fs] : world.file_systems) {
    if (fs.token != token) continue;
    throw ApiError{"FileSystemAlreadyExists",
                   cat("File system '", id, "' already exists with creation token '", token, "'"),
                   409, id};
  }
  FileSystem fs;
  fs.token = token;
  fs.performance_mode = text_of(request.body, "PerformanceMode", "generalPurpose");
  fs.throughput_mode = text_of(request.body, "ThroughputMode", "bursting");
  fs.encrypted = request.body.value("Encrypted", false);
  fs.provisioned_throughput = request.body.value("ProvisionedThroughputInMibps", 0.0);
  check_throughput(fs);
  fs.zone_name = text_of(request.body, "AvailabilityZoneName");
  fs.backup = request.body.value("Backup", false);
  if (!fs.zone_name.empty() && !world.zone_index(fs.zone_name)) {
    refuse("UnsupportedAvailabilityZone", cat("Zone '", fs.zone_name, "' is not supported"));
  }
  if (request.body.contains("Tags")) fs.tags = tags_from(request.body["Tags"]);
  if (fs.encrypted) {
    fs.kms_key = text_of(request.body, "KmsKeyId", world.arn("kms", "key/" + world.ids.uuid()));
  }
  if (static_cast<double>(world.file_systems.size()) >= world.quota(quota::file_systems)) {
    refuse("FileSystemLimitExceeded", "The maximum number of file systems has been reached", 403);
  }
  fs.id = world.ids.make("fs-");
  fs.arn = world.arn("elasticfilesystem", "file-system/" + fs.id);
  fs.created = request.call.wall;
  fs.available_at = request.call.now + world.options.times.file_system_available;
  world.created(fs.id, request.call.now);
  const FileSystem& made = world.file_systems.emplace(fs.id, std::move(fs)).first->second;
  reply(request, file_system_json(request, made), 201);
}

void describe_file_systems(Request& request) {
  World& world = request.call.world;
  const auto id = request.query("FileSystemId");
  const auto token = request.query("CreationToken");
  if (!id.empty()) file_system_of(request, id);
  Json list = Json::array();
  std::string next;
  const auto most = request.most_items();
  const auto marker = request.query("Marker");
  for (const auto& [key, fs] : world.file_systems) {
    const bool by_id = id.empty() || id == key || id == fs.arn;
    const bool by_token = token.empty() || token == fs.token;
    if (!by_id || !by_token || !world.visible(key) || (!marker.empty() && key <= marker)) continue;
    if (list.size() == most) {
      next = list.back()["FileSystemId"];
      break;
    }
    list.push_back(file_system_json(request, fs));
  }
  Json answer = {{"FileSystems", list}};
  if (!next.empty()) answer["NextMarker"] = next;
  reply(request, answer);
}

void update_file_system(Request& request) {
  FileSystem& fs = file_system_of(request, request.label);
  check_available(fs, request.call.now);
  FileSystem changed = fs;
  changed.throughput_mode = text_of(request.body, "ThroughputMode", fs.throughput_mode);
  const bool provisioned = changed.throughput_mode == "provisioned";
  changed.provisioned_throughput = request.body.value("ProvisionedThroughputInMibps",
                                                      provisioned ? fs.provisioned_throughput : 0);
  check_throughput(changed);
  if (changed.throughput_mode != fs.throughput_mode) {
    const WallTime now = request.call.wall;
    if (fs.mode_changed && now < *fs.mode_changed + one_day) {
      refuse("TooManyRequests",
             cat("You have reached the maximum number of throughput mode changes or provisioned "
                 "throughput value decreases. Wait until ",
                 iso_seconds(*fs.mode_changed + one_day), " UTC and try again."),
             429);
    }
    changed.mode_changed = now;
  }
  changed.updated_at = request.call.now + request.call.world.options.times.file_system_available;
  fs = std::move(changed);
  reply(request, file_system_json(request, fs), 202);
}

void update_protection(Request& request) {
  FileSystem& fs = file_system_of(request, request.label);
  const std::string wanted = text_of(request.body, "ReplicationOverwriteProtection", "ENABLED");
  fs.replication_protection = wanted == "ENABLED";
  reply(request, {{"ReplicationOverwriteProtection", wanted}});
}

void delete_file_system(Request& request) {
  World& world = request.call.world;
  FileSystem& fs = file_system_of(request, request.label);
  for (const auto& [id, target] : world.mount_targets) {
    if (target.file_system == fs.id) {
      refuse("FileSystemInUse", cat("File system '", fs.id,
                                    "' has mount targets and cannot be "
                                    "deleted: ",
                                    id));
    }
  }
  if (!fs.deleted_at) {
    fs.deleted_at = request.call.now;
    world.schedule(request.call.now + world.options.times.file_system_deleted,
                   Due::forget_file_system, fs.id);
  }
  request.call.status = 204;
}

void tag_resource(Request& request) {
  FileSystem& fs = file_system_of(request, request.label);
  for (const auto& [key, value] : tags_from(request.body.value("Tags", Json::array()))) {
    fs.tags[key] = value;
  }
  reply(request, Json::object());
}

void untag_resource(Request& request) {
  FileSystem& fs = file_system_of(request, request.label);
  for (const auto& key : request.query_all("tagKeys"))
    fs.tags.erase(key);
  reply(request, Json::object());
}

void list_tags(Request& request) {
  reply(request, {{"Tags", tags_json(file_system_of(request, request.label).tags)}});
}

void describe_lifecycle(Request& request) {
  const FileSystem& fs = file_system_of(request, request.label);
  Json policies = Json::array();
  for (const auto& [key, value] : fs.lifecycle)
    policies.push_back({{key, value}});
  reply(request, {{"LifecyclePolicies", policies}});
}

void put_lifecycle(Request& request) {
  FileSystem& fs = file_system_of(request, request.label);
  fs.lifecycle.clear();
  for (const Json& policy : request.body.value("LifecyclePolicies", Json::array())) {
    for (const auto& [key, value] : policy.items())
      fs.lifecycle.emplace_back(key, value);
  }
  describe_lifecycle(request);
}

void describe_backup(Request& request) {
  const FileSystem& fs = file_system_of(request, request.label);
  reply(request, {{"BackupPolicy", {{"Status", fs.backup ? "ENABLED" : "DISABLED"}}}});
}

void put_backup(Request& request) {
  FileSystem& fs = file_system_of(request, request.label);
  const Json policy = request.body.value("BackupPolicy", Json::object());
  fs.backup = text_of(policy, "Status") == "ENABLED";
  describe_backup(request);
}

void describe_policy(Request& request) {
  const FileSystem& fs = file_system_of(request, request.label);
  if (fs.policy.empty()) refuse("PolicyNotFound", "No policy is attached to the file system");
  reply(request, {{"FileSystemId", fs.id}, {"Policy", fs.policy}});
}

void put_policy(Request& request) {
  FileSystem& fs = file_system_of(request, request.label);
  const std::string policy = text_of(request.body, "Policy");
  if (!Json::parse(policy, nullptr, false).is_object()) {
    refuse("InvalidPolicyException", "The policy is no valid JSON object");
  }
  fs.policy = policy;
  describe_policy(request);
}

void delete_policy(Request& request) {
  file_system_of(request, request.label).policy.clear();
  request.call.status = 204;
}

}  // namespace albatross::sim::efs
