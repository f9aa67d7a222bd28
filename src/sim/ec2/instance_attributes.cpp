#include "sim/ec2/catalog.hpp"
#include "sim/ec2/instances.hpp"
#include "sim/ec2/lists.hpp"

namespace albatross::sim::ec2 {
namespace {

void write_value(Call& call, std::string_view element, std::string_view value) {
  call.out.in(element, [&] { call.out.leaf("value", value); });
}

void write_flag(Call& call, std::string_view element, bool value) {
  write_value(call, element, value ? "true" : "false");
}

void describe_attribute(Call& call) {
  const Instance& instance = instance_of(call, call.params["InstanceId"].text());
  const auto name = call.params["Attribute"].text();
  call.out.leaf("instanceId", instance.id);
  if (name == "instanceType") return write_value(call, name, instance.type);
  if (name == "disableApiTermination")
    return write_flag(call, name, instance.termination_protection);
  if (name == "disableApiStop") return write_flag(call, name, instance.stop_protection);
  if (name == "instanceInitiatedShutdownBehavior")
    return write_value(call, name, instance.shutdown_behavior);
  if (name == "ebsOptimized") return write_flag(call, name, instance.ebs_optimized);
  if (name == "enaSupport") return write_flag(call, name, true);
  if (name == "sourceDestCheck") {
    const bool there = !instance.interfaces.empty();
    return write_flag(
        call, name,
        !there || call.world.interfaces.at(instance.interfaces.front()).source_dest_check);
  }
  if (name == "rootDeviceName") {
    const Image* image = find_image(instance.image);
    return write_value(call, name, image == nullptr ? "/dev/xvda" : image->root_device);
  }
  if (name == "userData") {
    if (instance.user_data.empty()) return call.out.empty(name);
    return write_value(call, name, instance.user_data);
  }
  if (name == "groupSet" && !instance.interfaces.empty()) {
    return write_group_set(call, call.world.interfaces.at(instance.interfaces.front()).groups);
  }
  call.out.empty(name);
}

void require_stopped(const Call& call, const Instance& instance, std::string_view attribute) {
  if (instance.state(call.now) == InstanceState::stopped) return;
  refuse("IncorrectInstanceState",
         cat("The instance '", instance.id, "' is not in the 'stopped' state, which changing ",
             attribute, " needs."));
}

void set_type(Call& call, Instance& instance, std::string_view type) {
  require_stopped(call, instance, "instanceType");
  if (find_type(type) == nullptr) {
    refuse("InvalidParameterValue", cat("Invalid value '", type, "' for InstanceType."));
  }
  instance.type = type;
}

void modify_attribute(Call& call) {
  Instance& instance = instance_of(call, call.params["InstanceId"].text());
  const Param params = call.params;
  if (const Param type = params["InstanceType"]["Value"]) set_type(call, instance, type.text());
  if (const Param data = params["UserData"]["Value"]) {
    require_stopped(call, instance, "userData");
    instance.user_data = data.str();
  }
  if (const Param flag = params["DisableApiTermination"]["Value"]) {
    instance.termination_protection = flag.is_true();
  }
  if (const Param flag = params["DisableApiStop"]["Value"]) {
    instance.stop_protection = flag.is_true();
  }
  if (const Param flag = params["EbsOptimized"]["Value"]) instance.ebs_optimized = flag.is_true();
  if (const Param text = params["InstanceInitiatedShutdownBehavior"]["Value"]) {
    instance.shutdown_behavior = text.str();
  }
  const auto groups = params["GroupId"].texts();
  for (const auto& id : instance.interfaces) {
    NetworkInterface& interface = call.world.interfaces.at(id);
    if (!groups.empty()) {
      interface.groups = check_groups(call, groups, call.world.subnets.at(interface.subnet));
    }
    if (const Param flag = params["SourceDestCheck"]["Value"]) {
      interface.source_dest_check = flag.is_true();
    }
  }
  write_return(call);
}

void modify_metadata(Call& call) {
  Instance& instance = instance_of(call, call.params["InstanceId"].text());
  instance.http_tokens = call.params["HttpTokens"].text_or(instance.http_tokens);
  instance.hop_limit =
      static_cast<int>(call.params["HttpPutResponseHopLimit"].number_or(instance.hop_limit));
  if (const Param endpoint = call.params["HttpEndpoint"]) {
    instance.http_endpoint = endpoint.text() == "enabled";
  }
  if (const Param tags = call.params["InstanceMetadataTags"]) {
    instance.metadata_tags = tags.text() == "enabled";
  }
  call.out.leaf("instanceId", instance.id);
  call.out.in("instanceMetadataOptions", [&] {
    call.out.leaf("state", "pending");
    call.out.leaf("httpTokens", instance.http_tokens);
    call.out.leaf("httpPutResponseHopLimit", instance.hop_limit);
    call.out.leaf("httpEndpoint", instance.http_endpoint ? "enabled" : "disabled");
  });
}

constexpr Action actions[] = {
    {"DescribeInstanceAttribute", describe_attribute},
    {"ModifyInstanceAttribute", modify_attribute, true},
    {"ModifyInstanceMetadataOptions", modify_metadata},
};

}  // namespace

std::span<const Action> instance_attribute_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
