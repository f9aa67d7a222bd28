#pragma once

#include "sim/world.hpp"

#include <span>
#include <string>
#include <string_view>

namespace albatross::sim::ec2 {

/// A public machine image and the SSM parameter that names it.
struct Image {
  const char* id;
  const char* name;
  const char* description;
  const char* architecture;
  const char* root_device;
  const char* snapshot;
  int volume_size;
  const char* owner;
  const char* owner_alias;
  const char* created;
  const char* parameter;
};

struct InstanceType {
  const char* name;
  const char* architecture;
  int cpus;
  int memory_mib;
  int interfaces;
  int addresses;
  bool burstable;
};

std::span<const Image> images();
std::span<const InstanceType> instance_types();
const Image* find_image(std::string_view id);
const InstanceType* find_type(std::string_view name);
/// The image that a public SSM parameter names; null when there is no such parameter.
const Image* image_of_parameter(std::string_view name);

}  // namespace albatross::sim::ec2
