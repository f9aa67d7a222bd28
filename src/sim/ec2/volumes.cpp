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

constexpr Action actions[] = {{"DescribeVolumes", describe_volumes}};

}  // namespace

std::span<const Action> volume_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
