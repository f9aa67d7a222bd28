#include "sim/ec2/catalog.hpp"

#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {
namespace {

constexpr const char* amazon = "137112412989";
constexpr const char* canonical = "099720109477";
constexpr const char* debian = "136693071363";

constexpr Image image_table[] = {
    {"ami-0a1b2c3d4e5f60001", "al2023-ami-2023.9.20260105.0-kernel-6.1-x86_64",
     "Amazon Linux 2023 AMI 2023.9.20260105.0 x86_64 HVM kernel-6.1", "x86_64", "/dev/xvda",
     "snap-0a1b2c3d4e5f60001", 8, amazon, "amazon", "2026-01-05T22:10:09.000Z",
     "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"},
    {"ami-0a1b2c3d4e5f60002", "al2023-ami-2023.9.20260105.0-kernel-6.1-arm64",
     "Amazon Linux 2023 AMI 2023.9.20260105.0 arm64 HVM kernel-6.1", "arm64", "/dev/xvda",
     "snap-0a1b2c3d4e5f60002", 8, amazon, "amazon", "2026-01-05T22:10:09.000Z",
     "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"},
    {"ami-0a1b2c3d4e5f60003", "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260102",
     "Canonical, Ubuntu, 22.04 LTS, amd64 jammy image", "x86_64", "/dev/sda1",
     "snap-0a1b2c3d4e5f60003", 8, canonical, "amazon", "2026-01-02T03:12:44.000Z",
     "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id"},
    {"ami-0a1b2c3d4e5f60004", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260102",
     "Canonical, Ubuntu, 24.04 LTS, amd64 noble image", "x86_64", "/dev/sda1",
     "snap-0a1b2c3d4e5f60004", 8, canonical, "amazon", "2026-01-02T05:30:12.000Z",
     "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"},
    {"ami-0a1b2c3d4e5f60005", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20260102",
     "Canonical, Ubuntu, 24.04 LTS, arm64 noble image", "arm64", "/dev/sda1",
     "snap-0a1b2c3d4e5f60005", 8, canonical, "amazon", "2026-01-02T05:31:40.000Z",
     "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id"},
    {"ami-0a1b2c3d4e5f60006", "debian-12-amd64-20260103-1984", "Debian 12 (20260103-1984)",
     "x86_64", "/dev/xvda", "snap-0a1b2c3d4e5f60006", 8, debian, "", "2026-01-03T11:00:00.000Z",
     "/aws/service/debian/release/12/latest/amd64"},
    {"ami-0a1b2c3d4e5f60007", "amzn2-ami-kernel-5.10-hvm-2.0.20260101.0-x86_64-gp2",
     "Amazon Linux 2 Kernel 5.10 AMI 2.0.20260101.0 x86_64 HVM gp2", "x86_64", "/dev/xvda",
     "snap-0a1b2c3d4e5f60007", 8, amazon, "amazon", "2026-01-01T20:00:00.000Z",
     "/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2"},
    {"ami-0a1b2c3d4e5f60008", "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-arm64-server-20260102",
     "Canonical, Ubuntu, 22.04 LTS, arm64 jammy image", "arm64", "/dev/sda1",
     "snap-0a1b2c3d4e5f60008", 8, canonical, "amazon", "2026-01-02T03:13:50.000Z",
     "/aws/service/canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id"},
};

constexpr InstanceType type_table[] = {
    {"t2.micro", "x86_64", 1, 1024, 2, 2, true},
    {"t2.small", "x86_64", 1, 2048, 3, 4, true},
    {"t2.medium", "x86_64", 2, 4096, 3, 6, true},
    {"t2.large", "x86_64", 2, 8192, 3, 12, true},
    {"t3.nano", "x86_64", 2, 512, 2, 2, true},
    {"t3.micro", "x86_64", 2, 1024, 2, 2, true},
    {"t3.small", "x86_64", 2, 2048, 3, 4, true},
    {"t3.medium", "x86_64", 2, 4096, 3, 6, true},
    {"t3.large", "x86_64", 2, 8192, 3, 12, true},
    {"t3.xlarge", "x86_64", 4, 16384, 4, 15, true},
    {"t3.2xlarge", "x86_64", 8, 32768, 4, 15, true},
    {"t3a.medium", "x86_64", 2, 4096, 3, 6, true},
    {"t3a.large", "x86_64", 2, 8192, 3, 12, true},
    {"t4g.nano", "arm64", 2, 512, 2, 2, true},
    {"t4g.micro", "arm64", 2, 1024, 2, 2, true},
    {"t4g.small", "arm64", 2, 2048, 3, 4, true},
    {"t4g.medium", "arm64", 2, 4096, 3, 6, true},
    {"t4g.large", "arm64", 2, 8192, 3, 12, true},
    {"m5.large", "x86_64", 2, 8192, 3, 10, false},
    {"m5.xlarge", "x86_64", 4, 16384, 4, 15, false},
    {"m5.2xlarge", "x86_64", 8, 32768, 4, 15, false},
    {"m6i.large", "x86_64", 2, 8192, 3, 10, false},
    {"m6i.xlarge", "x86_64", 4, 16384, 4, 15, false},
    {"m6i.2xlarge", "x86_64", 8, 32768, 4, 15, false},
    {"m6g.large", "arm64", 2, 8192, 3, 10, false},
    {"m7i.large", "x86_64", 2, 8192, 3, 10, false},
    {"m7g.large", "arm64", 2, 8192, 3, 10, false},
    {"c5.large", "x86_64", 2, 4096, 3, 10, false},
    {"c5.xlarge", "x86_64", 4, 8192, 4, 15, false},
    {"c6i.large", "x86_64", 2, 4096, 3, 10, false},
    {"c6i.xlarge", "x86_64", 4, 8192, 4, 15, false},
    {"c7g.large", "arm64", 2, 4096, 3, 10, false},
    {"r5.large", "x86_64", 2, 16384, 3, 10, false},
    {"r6i.large", "x86_64", 2, 16384, 3, 10, false},
    {"r6i.xlarge", "x86_64", 4, 32768, 4, 15, false},
    {"g4dn.xlarge", "x86_64", 4, 16384, 3, 10, false},
    {"g4dn.2xlarge", "x86_64", 8, 32768, 3, 10, false},
    {"g5.xlarge", "x86_64", 4, 16384, 4, 15, false},
    {"g5.2xlarge", "x86_64", 8, 32768, 4, 15, false},
    {"g6.xlarge", "x86_64", 4, 16384, 4, 15, false},
};

constexpr Filter<Image> image_filters[] = {
    {"image-id", [](const Call&, const Image& i, Values& out) { out.emplace_back(i.id); }},
    {"name", [](const Call&, const Image& i, Values& out) { out.emplace_back(i.name); }},
    {"description",
     [](const Call&, const Image& i, Values& out) { out.emplace_back(i.description); }},
    {"architecture",
     [](const Call&, const Image& i, Values& out) { out.emplace_back(i.architecture); }},
    {"owner-id", [](const Call&, const Image& i, Values& out) { out.emplace_back(i.owner); }},
    {"owner-alias",
     [](const Call&, const Image& i, Values& out) { out.emplace_back(i.owner_alias); }},
    {"state", [](const Call&, const Image&, Values& out) { out.emplace_back("available"); }},
    {"image-type", [](const Call&, const Image&, Values& out) { out.emplace_back("machine"); }},
    {"is-public", [](const Call&, const Image&, Values& out) { out.emplace_back("true"); }},
    {"root-device-type", [](const Call&, const Image&, Values& out) { out.emplace_back("ebs"); }},
    {"virtualization-type",
     [](const Call&, const Image&, Values& out) { out.emplace_back("hvm"); }},
    {"hypervisor", [](const Call&, const Image&, Values& out) { out.emplace_back("xen"); }},
    {"ena-support", [](const Call&, const Image&, Values& out) { out.emplace_back("true"); }},
    {"root-device-name",
     [](const Call&, const Image& i, Values& out) { out.emplace_back(i.root_device); }},
    {"creation-date",
     [](const Call&, const Image& i, Values& out) { out.emplace_back(i.created); }},
    {"block-device-mapping.volume-type",
     [](const Call&, const Image&, Values& out) { out.emplace_back("gp3"); }},
};

void write_image(Call& call, const Image& image) {
  Xml& out = call.out;
  out.leaf("imageId", image.id);
  out.leaf("imageLocation", cat("amazon/", image.name));
  out.leaf("imageState", "available");
  out.leaf("imageOwnerId", image.owner);
  out.leaf_if("imageOwnerAlias", image.owner_alias);
  out.leaf("creationDate", image.created);
  out.leaf("isPublic", true);
  out.leaf("architecture", image.architecture);
  out.leaf("imageType", "machine");
  out.leaf("name", image.name);
  out.leaf("description", image.description);
  out.leaf("rootDeviceType", "ebs");
  out.leaf("rootDeviceName", image.root_device);
  out.in("blockDeviceMapping", [&] {
    out.in("item", [&] {
      out.leaf("deviceName", image.root_device);
      out.in("ebs", [&] {
        out.leaf("snapshotId", image.snapshot);
        out.leaf("volumeSize", image.volume_size);
        out.leaf("deleteOnTermination", true);
        out.leaf("volumeType", "gp3");
        out.leaf("iops", 3000);
        out.leaf("throughput", 125);
        out.leaf("encrypted", false);
      });
    });
  });
  out.leaf("virtualizationType", "hvm");
  out.leaf("hypervisor", "xen");
  out.leaf("enaSupport", true);
  out.leaf("sriovNetSupport", "simple");
  out.leaf("bootMode", "uefi-preferred");
  out.leaf("imdsSupport", "v2.0");
  out.leaf("platformDetails", "Linux/UNIX");
  out.leaf("usageOperation", "RunInstances");
  out.leaf("deprecationTime", "2028-01-05T22:10:09.000Z");
  out.empty("tagSet");
}

bool owned_as_asked(const Call& call, const Image& image) {
  const auto owners = call.params["Owner"].texts();
  if (owners.empty()) return true;
  return std::any_of(owners.begin(), owners.end(), [&](std::string_view owner) {
    return owner == image.owner || (owner == image.owner_alias && owner == "amazon");
  });
}

void describe_images(Call& call) {
  static constexpr Listing<Image> listing{
      "ImageId", "imagesSet", "ami-", "InvalidAMIID", "image id", 1, 1000, false, image_filters};
  const auto filters = known_filters(call, listing);
  const auto ids = call.params["ImageId"].texts();
  for (const auto id : ids) {
    if (find_image(id) != nullptr) continue;
    check_id(id, "ami-", "InvalidAMIID");
    refuse("InvalidAMIID.NotFound", cat("The image id '[", id, "]' does not exist"));
  }
  const Page page = parse_page(call, 1, 1000);
  std::size_t shown = 0;
  std::string last;
  call.out.open("imagesSet");
  for (const Image& image : image_table) {
    const bool asked = ids.empty() || std::find(ids.begin(), ids.end(), image.id) != ids.end();
    if (!asked || image.id <= page.after || !owned_as_asked(call, image)) continue;
    if (!passes(call, listing, image.id, image, filters)) continue;
    if (page.size != 0 && shown == page.size) {
      call.out.close("imagesSet");
      return write_next_token(call, last);
    }
    call.out.in("item", [&] { write_image(call, image); });
    last = image.id;
    ++shown;
  }
  call.out.close("imagesSet");
}

constexpr Filter<InstanceType> type_filters[] = {
    {"instance-type",
     [](const Call&, const InstanceType& t, Values& out) { out.emplace_back(t.name); }},
    {"processor-info.supported-architecture",
     [](const Call&, const InstanceType& t, Values& out) { out.emplace_back(t.architecture); }},
    {"current-generation",
     [](const Call&, const InstanceType&, Values& out) { out.emplace_back("true"); }},
    {"vcpu-info.default-vcpus", [](const Call&, const InstanceType& t,
                                   Values& out) { out.push_back(std::to_string(t.cpus)); }},
    {"memory-info.size-in-mib", [](const Call&, const InstanceType& t,
                                   Values& out) { out.push_back(std::to_string(t.memory_mib)); }},
    {"burstable-performance-supported",
     [](const Call&, const InstanceType& t, Values& out) {
       out.emplace_back(t.burstable ? "true" : "false");
     }},
    {"bare-metal",
     [](const Call&, const InstanceType&, Values& out) { out.emplace_back("false"); }},
    {"supported-virtualization-type",
     [](const Call&, const InstanceType&, Values& out) { out.emplace_back("hvm"); }},
};

void write_type(Call& call, const InstanceType& type) {
  Xml& out = call.out;
  const auto list = [&](const char* name, const char* value) {
    out.in(name, [&] { out.leaf("item", value); });
  };
  out.leaf("instanceType", type.name);
  out.leaf("currentGeneration", true);
  out.leaf("freeTierEligible", std::string_view(type.name) == "t3.micro");
  list("supportedUsageClasses", "on-demand");
  list("supportedRootDeviceTypes", "ebs");
  list("supportedVirtualizationTypes", "hvm");
  out.leaf("bareMetal", false);
  out.leaf("hypervisor", "nitro");
  out.in("processorInfo", [&] { list("supportedArchitectures", type.architecture); });
  out.in("vCpuInfo", [&] {
    out.leaf("defaultVCpus", type.cpus);
    out.leaf("defaultCores", std::max(1, type.cpus / 2));
    out.leaf("defaultThreadsPerCore", type.cpus > 1 ? 2 : 1);
  });
  out.in("memoryInfo", [&] { out.leaf("sizeInMiB", type.memory_mib); });
  out.leaf("instanceStorageSupported", false);
  out.in("ebsInfo", [&] {
    out.leaf("ebsOptimizedSupport", "default");
    out.leaf("encryptionSupport", "supported");
    out.leaf("nvmeSupport", "required");
  });
  out.in("networkInfo", [&] {
    out.leaf("networkPerformance", "Up to 5 Gigabit");
    out.leaf("maximumNetworkInterfaces", type.interfaces);
    out.leaf("maximumNetworkCards", 1);
    out.leaf("ipv4AddressesPerInterface", type.addresses);
    out.leaf("ipv6AddressesPerInterface", type.addresses);
    out.leaf("ipv6Supported", true);
    out.leaf("enaSupport", "required");
  });
  out.leaf("hibernationSupported", false);
  out.leaf("burstablePerformanceSupported", type.burstable);
  out.leaf("dedicatedHostsSupported", false);
  out.leaf("autoRecoverySupported", true);
  list("supportedBootModes", "uefi");
}

void describe_types(Call& call) {
  static constexpr Listing<InstanceType> listing{
      "InstanceType", "instanceTypeSet", "", "InvalidInstanceType", "", 5, 100,
      false,          type_filters};
  const auto filters = known_filters(call, listing);
  const auto names = call.params["InstanceType"].texts();
  if (names.size() > 100) {
    refuse("InvalidParameterValue", "The maximum number of instance types is 100");
  }
  std::string missing;
  for (const auto name : names) {
    if (find_type(name) == nullptr) missing += cat(missing.empty() ? "" : ", ", name);
  }
  if (!missing.empty()) {
    refuse("InvalidInstanceType",
           cat("The following supplied instance types do not exist: [", missing, "]"));
  }
  const Page page = parse_page(call, 5, 100);
  Table<const InstanceType*> sorted;
  for (const InstanceType& type : type_table)
    sorted.emplace(type.name, &type);
  std::size_t shown = 0;
  std::string last;
  call.out.open("instanceTypeSet");
  for (auto it = sorted.upper_bound(page.after); it != sorted.end(); ++it) {
    const bool asked =
        names.empty() || std::find(names.begin(), names.end(), it->first) != names.end();
    if (!asked || !passes(call, listing, it->first, *it->second, filters)) continue;
    if (page.size != 0 && shown++ == page.size) {
      call.out.close("instanceTypeSet");
      return write_next_token(call, last);
    }
    call.out.in("item", [&] { write_type(call, *it->second); });
    last = it->first;
  }
  call.out.close("instanceTypeSet");
}

struct Offering {
  std::string type;
  std::string location;
};

constexpr Filter<Offering> offering_filters[] = {
    {"instance-type", [](const Call&, const Offering& o, Values& out) { out.push_back(o.type); }},
    {"location", [](const Call&, const Offering& o, Values& out) { out.push_back(o.location); }},
};

void describe_offerings(Call& call) {
  const auto kind = call.params["LocationType"].text_or("region");
  Table<Offering> offerings;
  for (const InstanceType& type : type_table) {
    if (kind == "region") {
      offerings.emplace(type.name, Offering{type.name, call.world.options.region});
      continue;
    }
    for (std::size_t zone = 0; zone < call.world.options.zones.size(); ++zone) {
      const std::string place =
          kind == "availability-zone-id" ? call.world.zone_id(zone) : call.world.zone_name(zone);
      offerings.emplace(cat(type.name, "/", place), Offering{type.name, place});
    }
  }
  static constexpr Listing<Offering> listing{"-",   "instanceTypeOfferingSet", "", "", "", 5, 1000,
                                             false, offering_filters};
  describe(call, listing, offerings, [&](const Offering& offering) {
    call.out.leaf("instanceType", offering.type);
    call.out.leaf("locationType", kind);
    call.out.leaf("location", offering.location);
  });
}

constexpr Action actions[] = {
    {"DescribeImages", describe_images},
    {"DescribeInstanceTypes", describe_types},
    {"DescribeInstanceTypeOfferings", describe_offerings},
};

}  // namespace

std::span<const Action> catalog_actions() {
  return actions;
}
std::span<const Image> images() {
  return image_table;
}
std::span<const InstanceType> instance_types() {
  return type_table;
}

const Image* find_image(std::string_view id) {
  const auto it = std::find_if(std::begin(image_table), std::end(image_table),
                               [&](const Image& image) { return image.id == id; });
  return it == std::end(image_table) ? nullptr : &*it;
}

const InstanceType* find_type(std::string_view name) {
  const auto it = std::find_if(std::begin(type_table), std::end(type_table),
                               [&](const InstanceType& type) { return type.name == name; });
  return it == std::end(type_table) ? nullptr : &*it;
}

const Image* image_of_parameter(std::string_view name) {
  const auto it = std::find_if(std::begin(image_table), std::end(image_table),
                               [&](const Image& image) { return image.parameter == name; });
  return it == std::end(image_table) ? nullptr : &*it;
}

}  // namespace albatross::sim::ec2
