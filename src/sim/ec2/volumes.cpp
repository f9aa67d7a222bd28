#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

namespace albatross::sim::ec2 {
namespace {

std::string_view status_of(const Volume& volume) {
  return volume.instance.empty() ? "available" : "in-use";
}

constexpr Filter<Volume> filters[] = {
    {"volume-id", [](const Call&, const Volume& v, Values& out) { out.push_back(v.id); }},
    {"attachment.instance-id",
     [](const Call&, const Volume& v, Values& out) { out.push_back(v.instance); }},
    {"attachment.device",
     [](const Call&, const Volume& v, Values& out) { out.push_back(v.device); }},
    {"availability-zone", [](const Call&, const Volume& v, Values& out) { out.push_back(v.zone); }},
    {"status", [](const Call&, const Volume& v, Values& out) { out.emplace_back(status_of(v)); }},
    {"volume-type", [](const Call&, const Volume& v, Values& out) { out.push_back(v.type); }},
    {"size",
     [](const Call&, const Volume& v, Values& out) { out.push_back(std::to_string(v.size)); }},
    {"encrypted", [](const Call&, const Volume& v,
                     Values& out) { out.emplace_back(v.encrypted ? "true" : "false"); }},
    {"snapshot-id", [](const Call&, const Volume& v, Values& out) { out.push_back(v.snapshot); }},
};

void write_volume(Call& call, const Volume& volume) {
  Xml& out = call.out;
  out.leaf("volumeId", volume.id);
  out.leaf("size", volume.size);
  out.leaf("snapshotId", volume.snapshot);
  out.leaf("availabilityZone", volume.zone);
  out.leaf("status", status_of(volume));
  out.leaf("createTime", iso_time(volume.created));
  out.in("attachmentSet", [&] {
    if (volume.instance.empty()) return;
    out.in("item", [&] {
      out.leaf("volumeId", volume.id);
      out.leaf("instanceId", volume.instance);
      out.leaf("device", volume.device);
      out.leaf("status", "attached");
      out.leaf("attachTime", iso_time(volume.created));
      out.leaf("deleteOnTermination", volume.delete_on_termination);
    });
  });
  out.leaf("volumeType", volume.type);
  out.leaf("iops", volume.iops);
  out.leaf("throughput", volume.throughput);
  out.leaf("encrypted", volume.encrypted);
  out.leaf("multiAttachEnabled", false);
  write_tags(call, volume.id);
}

void describe_volumes(Call& call) {
  static constexpr Listing<Volume> listing{
      "VolumeId", "volumeSet", "vol-", "InvalidVolume", "volume", 5, 1000, true, filters};
  describe(call, listing, call.world.volumes,
           [&](const Volume& volume) { write_volume(call, volume); });
}

std::string_view state_of(const VolumeChange& change, TimePoint now) {
  if (now < change.optimizing_at) return "modifying";
  return now < change.completed_at ? "optimizing" : "completed";
}

void write_change(Call& call, const Volume& volume) {
  Xml& out = call.out;
  const VolumeChange& change = *volume.change;
  const auto state = state_of(change, call.now);
  out.leaf("volumeId", volume.id);
  out.leaf("modificationState", state);
  out.leaf("targetSize", volume.size);
  out.leaf("targetIops", volume.iops);
  out.leaf("targetVolumeType", volume.type);
  out.leaf("targetThroughput", volume.throughput);
  out.leaf("originalSize", change.size);
  out.leaf("originalIops", change.iops);
  out.leaf("originalVolumeType", change.type);
  out.leaf("originalThroughput", change.throughput);
  out.leaf("progress", state == "completed" ? 100 : state == "optimizing" ? 50 : 0);
  out.leaf("startTime", iso_time(change.began));
}

void modify_volume(Call& call) {
  const auto id = call.params["VolumeId"].text();
  Volume& volume = existing(call.world, call.world.volumes, id, "vol-", "InvalidVolume", "volume");
  const auto size = static_cast<int>(call.params["Size"].number_or(volume.size));
  if (size < volume.size) {
    refuse("InvalidParameterValue", "New size cannot be smaller than existing size");
  }
  if (volume.change && call.now < volume.change->completed_at) {
    refuse("IncorrectModificationState",
           cat("Volume ", id, " is already being modified: wait until it is completed."));
  }
  const auto step = call.world.options.times.volume_modified;
  volume.change = VolumeChange{volume.type, volume.size,     volume.iops,        volume.throughput,
                               call.wall,   call.now + step, call.now + 2 * step};
  volume.size = size;
  volume.type = call.params["VolumeType"].text_or(volume.type);
  volume.iops = static_cast<int>(call.params["Iops"].number_or(volume.iops));
  volume.throughput = static_cast<int>(call.params["Throughput"].number_or(volume.throughput));
  call.out.in("volumeModification", [&] { write_change(call, volume); });
}

constexpr Filter<Volume> change_filters[] = {
    {"volume-id", filters[0].values},
    {"modification-state", [](const Call& c, const Volume& v,
                              Values& out) { out.emplace_back(state_of(*v.change, c.now)); }},
};

void describe_changes(Call& call) {
  Table<Volume> changed;
  for (const auto& [id, volume] : call.world.volumes) {
    if (volume.change) changed.emplace(id, volume);
  }
  static constexpr Listing<Volume> listing{"VolumeId",
                                           "volumeModificationSet",
                                           "vol-",
                                           "InvalidVolumeModification",
                                           "volume modification",
                                           1,
                                           500,
                                           false,
                                           change_filters};
  describe(call, listing, changed, [&](const Volume& volume) { write_change(call, volume); });
}

constexpr Action actions[] = {
    {"DescribeVolumes", describe_volumes},
    {"ModifyVolume", modify_volume},
    {"DescribeVolumesModifications", describe_changes},
};

}  // namespace

std::span<const Action> volume_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
