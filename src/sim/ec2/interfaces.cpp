#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {
namespace {

std::string owner_of(const Call& call, const NetworkInterface& interface) {
  return interface.requester.empty() ? call.world.options.account : interface.requester;
}

std::string_view status_of(const NetworkInterface& interface) {
  return interface.attachment.empty() ? "available" : "in-use";
}

constexpr Filter<NetworkInterface> filters[] = {
    {"network-interface-id",
     [](const Call&, const NetworkInterface& i, Values& out) { out.push_back(i.id); }},
    {"subnet-id",
     [](const Call&, const NetworkInterface& i, Values& out) { out.push_back(i.subnet); }},
    {"vpc-id", [](const Call&, const NetworkInterface& i, Values& out) { out.push_back(i.vpc); }},
    {"group-id", [](const Call&, const NetworkInterface& i, Values& out) { out = i.groups; }},
    {"group-name",
     [](const Call& c, const NetworkInterface& i, Values& out) {
       for (const auto& id : i.groups)
         out.push_back(c.world.groups.at(id).name);
     }},
    {"description",
     [](const Call&, const NetworkInterface& i, Values& out) { out.push_back(i.description); }},
    {"status",
     [](const Call&, const NetworkInterface& i, Values& out) { out.emplace_back(status_of(i)); }},
    {"interface-type",
     [](const Call&, const NetworkInterface& i, Values& out) { out.push_back(i.interface_type); }},
    {"requester-id",
     [](const Call&, const NetworkInterface& i, Values& out) {
       if (!i.requester.empty()) out.push_back(i.requester);
     }},
    {"requester-managed",
     [](const Call&, const NetworkInterface& i, Values& out) {
       out.emplace_back(i.requester.empty() ? "false" : "true");
     }},
    {"attachment.instance-id",
     [](const Call&, const NetworkInterface& i, Values& out) {
       if (!i.instance.empty()) out.push_back(i.instance);
     }},
    {"attachment.instance-owner-id",
     [](const Call& c, const NetworkInterface& i, Values& out) {
       if (!i.attachment.empty()) out.push_back(owner_of(c, i));
     }},
    {"attachment.attachment-id",
     [](const Call&, const NetworkInterface& i, Values& out) { out.push_back(i.attachment); }},
    {"attachment.status",
     [](const Call&, const NetworkInterface& i, Values& out) {
       if (!i.attachment.empty()) out.emplace_back("attached");
     }},
    {"attachment.device-index", [](const Call&, const NetworkInterface& i,
                                   Values& out) { out.push_back(std::to_string(i.device_index)); }},
    {"availability-zone", [](const Call& c, const NetworkInterface& i,
                             Values& out) { out.push_back(c.world.zone_name(i.zone)); }},
    {"owner-id", [](const Call& c, const NetworkInterface&,
                    Values& out) { out.push_back(c.world.options.account); }},
    {"private-ip-address", [](const Call&, const NetworkInterface& i,
                              Values& out) { out.push_back(ipv4_text(i.address)); }},
    {"addresses.private-ip-address", [](const Call&, const NetworkInterface& i,
                                        Values& out) { out.push_back(ipv4_text(i.address)); }},
    {"association.public-ip",
     [](const Call&, const NetworkInterface& i, Values& out) {
       if (i.public_address != 0) out.push_back(ipv4_text(i.public_address));
     }},
    {"mac-address",
     [](const Call&, const NetworkInterface& i, Values& out) { out.push_back(i.mac); }},
};

void describe_interfaces(Call& call) {
  static constexpr Listing<NetworkInterface> listing{"NetworkInterfaceId",
                                                     "networkInterfaceSet",
                                                     "eni-",
                                                     "InvalidNetworkInterfaceID",
                                                     "networkInterface ID",
                                                     5,
                                                     1000,
                                                     true,
                                                     filters};
  describe(call, listing, call.world.interfaces,
           [&](const NetworkInterface& interface) { write_interface(call, interface); });
}

void create_interface(Call& call) {
  World& world = call.world;
  const Subnet& subnet = subnet_of(call, call.params["SubnetId"].text());
  const auto groups = check_groups(call, call.params["SecurityGroupId"].texts(), subnet);
  const Tags tags = tags_for(call, "network-interface");
  NetworkInterface* made = world.make_interface(subnet.id, groups);
  if (made == nullptr) {
    refuse("InsufficientFreeAddressesInSubnet",
           "The specified subnet does not have enough free addresses to satisfy the request.");
  }
  made->description = call.params["Description"].text();
  if (!tags.empty()) world.tags[made->id] = tags;
  world.created(made->id, call.now);
  call.out.in("networkInterface", [&] { write_interface(call, *made); });
}

void refuse_foreign(const NetworkInterface& interface) {
  if (interface.requester.empty()) return;
  refuse("OperationNotPermitted",
         cat("You do not have permission to access the specified resource: ", interface.id,
             " is managed by ", interface.requester));
}

void delete_interface(Call& call) {
  const NetworkInterface& interface = interface_of(call, call.params["NetworkInterfaceId"].text());
  refuse_foreign(interface);
  if (!interface.attachment.empty()) {
    refuse("InvalidParameterValue",
           cat("Network interface '", interface.id, "' is currently in use."));
  }
  const std::string id = interface.id;
  call.world.release_interface(id);
  write_return(call);
}

void modify_interface(Call& call) {
  NetworkInterface& interface = interface_of(call, call.params["NetworkInterfaceId"].text());
  refuse_foreign(interface);
  const auto groups = call.params["SecurityGroupId"].texts();
  if (!groups.empty()) {
    interface.groups = check_groups(call, groups, call.world.subnets.at(interface.subnet));
  }
  if (const Param text = call.params["Description"]["Value"]) interface.description = text.str();
  if (const Param check = call.params["SourceDestCheck"]["Value"]) {
    interface.source_dest_check = check.is_true();
  }
  write_return(call);
}

constexpr Action actions[] = {
    {"DescribeNetworkInterfaces", describe_interfaces},
    {"CreateNetworkInterface", create_interface},
    {"DeleteNetworkInterface", delete_interface},
    {"ModifyNetworkInterfaceAttribute", modify_interface, true},
};

void write_attachment(Call& call, const NetworkInterface& interface) {
  if (interface.attachment.empty()) return;
  Xml& out = call.out;
  out.in("attachment", [&] {
    out.leaf("attachmentId", interface.attachment);
    out.leaf_if("instanceId", interface.instance);
    out.leaf("instanceOwnerId", owner_of(call, interface));
    out.leaf("deviceIndex", interface.device_index);
    out.leaf("networkCardIndex", 0);
    out.leaf("status", "attached");
    out.leaf("attachTime", iso_time(interface.attached));
    out.leaf("deleteOnTermination", interface.delete_on_termination);
  });
}

void write_association(Call& call, const NetworkInterface& interface) {
  if (interface.public_address == 0) return;
  call.out.in("association", [&] {
    call.out.leaf("publicIp", ipv4_text(interface.public_address));
    call.out.leaf("publicDnsName", public_dns(call.world, interface));
    call.out.leaf("ipOwnerId", interface.requester.empty() ? "amazon" : interface.requester);
  });
}

}  // namespace

std::span<const Action> interface_actions() {
  return actions;
}

void write_interface(Call& call, const NetworkInterface& interface) {
  Xml& out = call.out;
  out.leaf("networkInterfaceId", interface.id);
  out.leaf("subnetId", interface.subnet);
  out.leaf("vpcId", interface.vpc);
  out.leaf("availabilityZone", call.world.zone_name(interface.zone));
  out.leaf("description", interface.description);
  out.leaf("ownerId", call.world.options.account);
  out.leaf_if("requesterId", interface.requester);
  out.leaf("requesterManaged", !interface.requester.empty());
  out.leaf("status", status_of(interface));
  out.leaf("interfaceType", interface.interface_type);
  out.leaf("macAddress", interface.mac);
  out.leaf("privateIpAddress", ipv4_text(interface.address));
  out.leaf("privateDnsName", private_dns(call.world, interface.address));
  out.leaf("sourceDestCheck", interface.source_dest_check);
  write_group_set(call, interface.groups);
  write_attachment(call, interface);
  write_association(call, interface);
  write_tags(call, interface.id);
  out.in("privateIpAddressesSet", [&] {
    out.in("item", [&] {
      out.leaf("privateIpAddress", ipv4_text(interface.address));
      out.leaf("privateDnsName", private_dns(call.world, interface.address));
      out.leaf("primary", true);
      write_association(call, interface);
    });
  });
  out.empty("ipv6AddressesSet");
}

}  // namespace albatross::sim::ec2
