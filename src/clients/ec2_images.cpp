#include "albatross/clients/ec2/images.hpp"

#include "clients/ec2_shapes.hpp"

namespace albatross::ec2 {

static void write(QueryWriter& out, const EbsBlockDevice& ebs) {
  out.member("SnapshotId", ebs.snapshot_id);
  out.member("VolumeSize", ebs.volume_size);
  out.member("VolumeType", ebs.volume_type);
  out.member("Iops", ebs.iops);
  out.member("Throughput", ebs.throughput);
  out.member("Encrypted", ebs.encrypted);
  out.member("KmsKeyId", ebs.kms_key_id);
  out.member("DeleteOnTermination", ebs.delete_on_termination);
}

static void read(XmlReader& in, EbsBlockDevice& ebs) {
  in.member("deleteOnTermination", ebs.delete_on_termination);
  in.member("iops", ebs.iops);
  in.member("snapshotId", ebs.snapshot_id);
  in.member("volumeSize", ebs.volume_size);
  in.member("volumeType", ebs.volume_type);
  in.member("throughput", ebs.throughput);
  in.member("kmsKeyId", ebs.kms_key_id);
  in.member("encrypted", ebs.encrypted);
}

void write(QueryWriter& out, const BlockDeviceMapping& mapping) {
  out.member("DeviceName", mapping.device_name);
  out.member("VirtualName", mapping.virtual_name);
  out.member("Ebs", mapping.ebs);
}

static void read(XmlReader& in, BlockDeviceMapping& mapping) {
  in.member("deviceName", mapping.device_name);
  in.member("virtualName", mapping.virtual_name);
  in.member("ebs", mapping.ebs);
}

static void read(XmlReader& in, Image& image) {
  in.member("imageId", image.image_id);
  in.member("imageState", image.state);
  in.member("imageOwnerId", image.owner_id);
  in.member("creationDate", image.creation_date);
  in.member("isPublic", image.is_public);
  in.member("architecture", image.architecture);
  in.member("platform", image.platform);
  in.member("name", image.name);
  in.member("description", image.description);
  in.member("rootDeviceType", image.root_device_type);
  in.member("rootDeviceName", image.root_device_name);
  in.member("blockDeviceMapping", image.block_device_mappings);
  in.member("virtualizationType", image.virtualization_type);
  in.member("tagSet", image.tags);
  in.member("enaSupport", image.ena_support);
  in.member("bootMode", image.boot_mode);
  in.member("imdsSupport", image.imds_support);
  in.member("platformDetails", image.platform_details);
  in.member("deprecationTime", image.deprecation_time);
}

static void write(QueryWriter& out, const DescribeImagesRequest& request) {
  out.member("ImageId", request.image_ids);
  out.member("Owner", request.owners);
  out.member("IncludeDeprecated", request.include_deprecated);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeImagesResponse& response) {
  in.member("imagesSet", response.images);
  in.member("nextToken", response.next_token);
}

static void read(XmlReader& in, VCpuInfo& info) {
  in.member("defaultVCpus", info.default_vcpus);
}

static void read(XmlReader& in, MemoryInfo& info) {
  in.member("sizeInMiB", info.size_in_mib);
}

static void read(XmlReader& in, ProcessorInfo& info) {
  in.member("supportedArchitectures", info.supported_architectures);
}

static void read(XmlReader& in, NetworkInfo& info) {
  in.member("maximumNetworkInterfaces", info.maximum_network_interfaces);
  in.member("ipv4AddressesPerInterface", info.ipv4_addresses_per_interface);
  in.member("enaSupport", info.ena_support);
}

static void read(XmlReader& in, InstanceTypeInfo& info) {
  in.member("instanceType", info.instance_type);
  in.member("currentGeneration", info.current_generation);
  in.member("supportedRootDeviceTypes", info.supported_root_device_types);
  in.member("bareMetal", info.bare_metal);
  in.member("hypervisor", info.hypervisor);
  in.member("processorInfo", info.processor_info);
  in.member("vCpuInfo", info.vcpu_info);
  in.member("memoryInfo", info.memory_info);
  in.member("networkInfo", info.network_info);
  in.member("burstablePerformanceSupported", info.burstable_performance_supported);
  in.member("supportedBootModes", info.supported_boot_modes);
}

static void write(QueryWriter& out, const DescribeInstanceTypesRequest& request) {
  out.member("InstanceType", request.instance_types);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeInstanceTypesResponse& response) {
  in.member("instanceTypeSet", response.instance_types);
  in.member("nextToken", response.next_token);
}

static void read(XmlReader& in, InstanceTypeOffering& offering) {
  in.member("instanceType", offering.instance_type);
  in.member("locationType", offering.location_type);
  in.member("location", offering.location);
}

static void write(QueryWriter& out, const DescribeInstanceTypeOfferingsRequest& request) {
  out.member("LocationType", request.location_type);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeInstanceTypeOfferingsResponse& response) {
  in.member("instanceTypeOfferingSet", response.instance_type_offerings);
  in.member("nextToken", response.next_token);
}

static void read(XmlReader& in, KeyPairInfo& pair) {
  in.member("keyPairId", pair.key_pair_id);
  in.member("keyName", pair.key_name);
  in.member("keyType", pair.key_type);
  in.member("keyFingerprint", pair.key_fingerprint);
}

static void write(QueryWriter& out, const DescribeKeyPairsRequest& request) {
  out.member("KeyName", request.key_names);
  out.member("Filter", request.filters);
}

static void read(XmlReader& in, DescribeKeyPairsResponse& response) {
  in.member("keySet", response.key_pairs);
}

static constexpr std::tuple operations{
    Ec2Operation<DescribeImagesRequest, DescribeImagesResponse>{"DescribeImages", Repeat::read},
    Ec2Operation<DescribeInstanceTypesRequest, DescribeInstanceTypesResponse>{
        "DescribeInstanceTypes", Repeat::read},
    Ec2Operation<DescribeInstanceTypeOfferingsRequest, DescribeInstanceTypeOfferingsResponse>{
        "DescribeInstanceTypeOfferings", Repeat::read},
    Ec2Operation<DescribeKeyPairsRequest, DescribeKeyPairsResponse>{"DescribeKeyPairs",
                                                                    Repeat::read},
};

std::vector<OperationInfo> image_operations() {
  return describe_all(operations);
}

Task<DescribeImagesResponse> Client::describe_images(DescribeImagesRequest request,
                                                     CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeInstanceTypesResponse> Client::describe_instance_types(
    DescribeInstanceTypesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeInstanceTypeOfferingsResponse> Client::describe_instance_type_offerings(
    DescribeInstanceTypeOfferingsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeKeyPairsResponse> Client::describe_key_pairs(DescribeKeyPairsRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<Image>> Client::all_images(DescribeImagesRequest request, CallOptions options) {
  const bool has_ids = !request.image_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request), &DescribeImagesResponse::images,
                      std::move(options));
}

Task<std::vector<InstanceTypeInfo>> Client::all_instance_types(DescribeInstanceTypesRequest request,
                                                               CallOptions options) {
  const bool has_ids = !request.instance_types.empty();
  request = with_page_size(std::move(request), 100, has_ids);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeInstanceTypesResponse::instance_types, std::move(options));
}

Task<std::vector<InstanceTypeOffering>> Client::all_instance_type_offerings(
    DescribeInstanceTypeOfferingsRequest request, CallOptions options) {
  request = with_page_size(std::move(request), 1000, false);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeInstanceTypeOfferingsResponse::instance_type_offerings,
                      std::move(options));
}

}  // namespace albatross::ec2
