#pragma once

#include "albatross/clients/ec2/common.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace albatross::ec2 {

struct EbsBlockDevice {
  std::string snapshot_id;
  /// GiB.
  std::optional<int> volume_size;
  /// gp3 | gp2 | io1 | io2 | st1 | sc1 | standard.
  std::string volume_type;
  std::optional<int> iops;
  /// MiB/s, gp3 only.
  std::optional<int> throughput;
  std::optional<bool> encrypted;
  std::string kms_key_id;
  std::optional<bool> delete_on_termination;
};

struct BlockDeviceMapping {
  std::string device_name;
  std::string virtual_name;
  std::optional<EbsBlockDevice> ebs;
};

struct Image {
  std::string image_id;
  std::string name;
  std::string description;
  /// pending | available | invalid | deregistered | transient | failed | error | disabled.
  std::string state;
  std::string owner_id;
  std::string architecture;
  std::string creation_date;
  std::string deprecation_time;
  std::string platform;
  std::string platform_details;
  std::string root_device_name;
  std::string root_device_type;
  std::string virtualization_type;
  std::string boot_mode;
  std::string imds_support;
  bool ena_support = false;
  bool is_public = false;
  std::vector<BlockDeviceMapping> block_device_mappings;
  std::vector<Tag> tags;
};

struct DescribeImagesRequest {
  std::vector<std::string> image_ids;
  /// self | amazon | aws-marketplace | aws-backup-vault | account id.
  std::vector<std::string> owners;
  std::vector<Filter> filters;
  std::optional<bool> include_deprecated;
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeImagesResponse {
  std::vector<Image> images;
  std::string next_token;
};

struct VCpuInfo {
  int default_vcpus = 0;
};

struct MemoryInfo {
  std::int64_t size_in_mib = 0;
};

struct ProcessorInfo {
  std::vector<std::string> supported_architectures;
};

struct NetworkInfo {
  int maximum_network_interfaces = 0;
  int ipv4_addresses_per_interface = 0;
  std::string ena_support;
};

struct InstanceTypeInfo {
  std::string instance_type;
  bool current_generation = false;
  bool bare_metal = false;
  bool burstable_performance_supported = false;
  std::string hypervisor;
  VCpuInfo vcpu_info;
  MemoryInfo memory_info;
  ProcessorInfo processor_info;
  NetworkInfo network_info;
  std::vector<std::string> supported_boot_modes;
  std::vector<std::string> supported_root_device_types;
};

struct DescribeInstanceTypesRequest {
  /// At most 100.
  std::vector<std::string> instance_types;
  std::vector<Filter> filters;
  /// 5 to 100.
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeInstanceTypesResponse {
  std::vector<InstanceTypeInfo> instance_types;
  std::string next_token;
};

struct InstanceTypeOffering {
  std::string instance_type;
  std::string location_type;
  std::string location;
};

struct DescribeInstanceTypeOfferingsRequest {
  /// region | availability-zone | availability-zone-id.
  std::string location_type;
  /// instance-type, location.
  std::vector<Filter> filters;
  std::optional<int> max_results;
  std::string next_token;
};
struct DescribeInstanceTypeOfferingsResponse {
  std::vector<InstanceTypeOffering> instance_type_offerings;
  std::string next_token;
};

struct KeyPairInfo {
  std::string key_pair_id;
  std::string key_name;
  std::string key_type;
  std::string key_fingerprint;
};

/// Not paginated.
struct DescribeKeyPairsRequest {
  std::vector<std::string> key_names;
  std::vector<Filter> filters;
};
struct DescribeKeyPairsResponse {
  std::vector<KeyPairInfo> key_pairs;
};

}  // namespace albatross::ec2
