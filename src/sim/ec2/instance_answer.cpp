#include "sim/ec2/catalog.hpp"
#include "sim/ec2/instances.hpp"

namespace albatross::sim::ec2 {
namespace {

void write_attachment(Call& call, const NetworkInterface& interface, bool pending) {
  Xml& out = call.out;
  out.in("attachment", [&] {
    out.leaf("attachmentId", interface.attachment);
    out.leaf("deviceIndex", interface.device_index);
    out.leaf("status", pending ? "attaching" : "attached");
    out.leaf("attachTime", iso_time(interface.attached));
    out.leaf("deleteOnTermination", interface.delete_on_termination);
    out.leaf("networkCardIndex", 0);
  });
}

void write_public(Call& call, const NetworkInterface& interface) {
  if (interface.public_address == 0) return;
  call.out.in("association", [&] {
    call.out.leaf("publicIp", ipv4_text(interface.public_address));
    call.out.leaf("publicDnsName", public_dns(call.world, interface));
    call.out.leaf("ipOwnerId", "amazon");
  });
}

void write_interfaces(Call& call, const Instance& instance, bool pending) {
  Xml& out = call.out;
  out.in("networkInterfaceSet", [&] {
    for (const auto& id : instance.interfaces) {
      const auto it = call.world.interfaces.find(id);
      if (it == call.world.interfaces.end()) continue;
      const NetworkInterface& interface = it->second;
      out.in("item", [&] {
        out.leaf("networkInterfaceId", interface.id);
        out.leaf("subnetId", interface.subnet);
        out.leaf("vpcId", interface.vpc);
        out.leaf("description", interface.description);
        out.leaf("ownerId", call.world.options.account);
        out.leaf("status", "in-use");
        out.leaf("macAddress", interface.mac);
        out.leaf("privateIpAddress", ipv4_text(interface.address));
        out.leaf("privateDnsName", private_dns(call.world, interface.address));
        out.leaf("sourceDestCheck", interface.source_dest_check);
        write_group_set(call, interface.groups);
        write_attachment(call, interface, pending);
        if (!pending) write_public(call, interface);
        out.in("privateIpAddressesSet", [&] {
          out.in("item", [&] {
            out.leaf("privateIpAddress", ipv4_text(interface.address));
            out.leaf("privateDnsName", private_dns(call.world, interface.address));
            out.leaf("primary", true);
            if (!pending) write_public(call, interface);
          });
        });
        out.empty("ipv6AddressesSet");
        out.leaf("interfaceType", interface.interface_type);
      });
    }
  });
}

void write_volumes(Call& call, const Instance& instance) {
  Xml& out = call.out;
  out.in("blockDeviceMapping", [&] {
    for (const auto& id : instance.volumes) {
      const auto it = call.world.volumes.find(id);
      if (it == call.world.volumes.end()) continue;
      out.in("item", [&] {
        out.leaf("deviceName", it->second.device);
        out.in("ebs", [&] {
          out.leaf("volumeId", id);
          out.leaf("status", "attached");
          out.leaf("attachTime", iso_time(it->second.created));
          out.leaf("deleteOnTermination", it->second.delete_on_termination);
        });
      });
    }
  });
}

void write_metadata_options(Call& call, const Instance& instance, bool pending) {
  Xml& out = call.out;
  out.in("metadataOptions", [&] {
    out.leaf("state", pending ? "pending" : "applied");
    out.leaf("httpTokens", instance.http_tokens);
    out.leaf("httpPutResponseHopLimit", instance.hop_limit);
    out.leaf("httpEndpoint", instance.http_endpoint ? "enabled" : "disabled");
    out.leaf("httpProtocolIpv6", "disabled");
    out.leaf("instanceMetadataTags", instance.metadata_tags ? "enabled" : "disabled");
  });
}

/// "User initiated (2026-01-05 10:00:00 GMT)".
std::string reason_text(const Instance& instance) {
  if (instance.reason_code != "Client.UserInitiatedShutdown") return instance.reason;
  std::string when = iso_seconds(instance.ended_wall);
  when[10] = ' ';
  when.replace(19, 1, " GMT");
  return cat("User initiated (", when, ")");
}

void write_state_reason(Call& call, const Instance& instance, InstanceState state) {
  if (state == InstanceState::pending) {
    call.out.in("stateReason", [&] {
      call.out.leaf("code", "pending");
      call.out.leaf("message", "pending");
    });
  } else if (state != InstanceState::running && !instance.reason_code.empty()) {
    call.out.in("stateReason", [&] {
      call.out.leaf("code", instance.reason_code);
      call.out.leaf("message", instance.reason);
    });
  }
}

}  // namespace

void write_instance(Call& call, const Instance& instance) {
  Xml& out = call.out;
  const InstanceState state = instance.state(call.now);
  const bool pending = state == InstanceState::pending;
  const bool gone = state == InstanceState::terminated;
  const NetworkInterface* primary = nullptr;
  if (!gone && !instance.interfaces.empty()) {
    primary = &call.world.interfaces.at(instance.interfaces.front());
  }
  const bool has_public = primary != nullptr && primary->public_address != 0 && !pending;
  out.leaf("instanceId", instance.id);
  out.leaf("imageId", instance.image);
  out.in("instanceState", [&] {
    out.leaf("code", state_code(state));
    out.leaf("name", to_string(state));
  });
  out.leaf("privateDnsName",
           primary == nullptr ? std::string() : private_dns(call.world, instance.address));
  out.leaf("dnsName", has_public ? public_dns(call.world, *primary) : std::string());
  out.leaf("reason", state == InstanceState::running || pending ? "" : reason_text(instance));
  out.leaf_if("keyName", instance.key_name);
  out.leaf("amiLaunchIndex", instance.launch_index);
  out.empty("productCodes");
  out.leaf("instanceType", instance.type);
  out.leaf("launchTime", iso_time(instance.launched_wall));
  out.in("placement", [&] {
    out.leaf("availabilityZone", call.world.zone_name(instance.zone));
    out.empty("groupName");
    out.leaf("tenancy", instance.tenancy);
  });
  out.in("monitoring", [&] { out.leaf("state", instance.monitoring ? "enabled" : "disabled"); });
  if (primary != nullptr) {
    out.leaf("subnetId", instance.subnet);
    out.leaf("vpcId", instance.vpc);
    out.leaf("privateIpAddress", ipv4_text(instance.address));
    if (has_public) out.leaf("ipAddress", ipv4_text(primary->public_address));
    out.leaf("sourceDestCheck", primary->source_dest_check);
    write_group_set(call, primary->groups);
  }
  write_state_reason(call, instance, state);
  const Image* image = find_image(instance.image);
  out.leaf("architecture", image == nullptr ? "x86_64" : image->architecture);
  out.leaf("rootDeviceType", "ebs");
  out.leaf("rootDeviceName", image == nullptr ? "/dev/xvda" : image->root_device);
  write_volumes(call, instance);
  out.leaf("virtualizationType", "hvm");
  out.leaf("clientToken", instance.client_token);
  write_tags(call, instance.id);
  out.leaf("hypervisor", "xen");
  write_interfaces(call, instance, pending);
  if (!instance.profile.empty()) {
    const auto profile = call.world.profiles.find(instance.profile);
    out.in("iamInstanceProfile", [&] {
      out.leaf("arn", profile == call.world.profiles.end()
                          ? call.world.arn("iam", "instance-profile/" + instance.profile)
                          : profile->second.arn);
      out.leaf("id",
               profile == call.world.profiles.end() ? std::string("AIPAGONE") : profile->second.id);
    });
  }
  out.leaf("ebsOptimized", instance.ebs_optimized);
  out.leaf("enaSupport", true);
  out.in("cpuOptions", [&] {
    const InstanceType* type = find_type(instance.type);
    const int cpus = type == nullptr ? 2 : type->cpus;
    out.leaf("coreCount", cpus > 1 ? cpus / 2 : 1);
    out.leaf("threadsPerCore", cpus > 1 ? 2 : 1);
  });
  out.in("capacityReservationSpecification",
         [&] { out.leaf("capacityReservationPreference", "open"); });
  out.in("hibernationOptions", [&] { out.leaf("configured", false); });
  write_metadata_options(call, instance, pending);
  out.in("enclaveOptions", [&] { out.leaf("enabled", false); });
  out.leaf("platformDetails", "Linux/UNIX");
  out.leaf("usageOperation", "RunInstances");
  out.leaf("usageOperationUpdateTime", iso_time(instance.launched_wall));
  out.in("privateDnsNameOptions", [&] {
    out.leaf("hostnameType", "ip-name");
    out.leaf("enableResourceNameDnsARecord", false);
    out.leaf("enableResourceNameDnsAAAARecord", false);
  });
  out.in("maintenanceOptions", [&] { out.leaf("autoRecovery", instance.auto_recovery); });
  out.leaf("currentInstanceBootMode", "uefi");
}

void write_reservation(Call& call, const std::string& id, const std::vector<Instance*>& instances) {
  call.out.leaf("reservationId", id);
  call.out.leaf("ownerId", call.world.options.account);
  call.out.empty("groupSet");
  call.out.in("instancesSet", [&] {
    for (const Instance* instance : instances) {
      call.out.in("item", [&] { write_instance(call, *instance); });
    }
  });
}

}  // namespace albatross::sim::ec2
