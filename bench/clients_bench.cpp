#include "albatross/clients/ec2.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/runtime/virtual_clock.hpp"

#include "figures.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <pugixml.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>

// DescribeInstances of 1,000 instances to typed structs, through the public client, against what no
// program that uses pugixml can do without: its in-place parse, and the same members fetched by
// name into strings and numbers.

namespace albatross::bench {
namespace {

constexpr int instances = 1000;

void element(std::string& out, int depth, const char* name, const std::string& text) {
  out.append(static_cast<std::size_t>(depth) * 4, ' ');
  out += std::string("<") + name + ">" + text + "</" + name + ">\n";
}

/// What a running instance looks like on the wire, indented as EC2 does it: about 7.5 kB.
void append_instance(std::string& out, int index) {
  char id[24];
  std::snprintf(id, sizeof id, "%017x", index);
  const std::string n = id;
  const std::string short_n = n.substr(13);
  out += "                <item>\n";
  element(out, 5, "instanceId", "i-" + n);
  element(out, 5, "imageId", "ami-" + n);
  out += "                    <instanceState>\n";
  element(out, 6, "code", "16");
  element(out, 6, "name", "running");
  out += "                    </instanceState>\n";
  element(out, 5, "privateDnsName", "ip-10-7-" + short_n + ".ec2.internal");
  element(out, 5, "dnsName", "ec2-198-51-" + short_n + ".compute-1.amazonaws.com");
  element(out, 5, "reason", "");
  element(out, 5, "keyName", "operations");
  element(out, 5, "amiLaunchIndex", "0");
  element(out, 5, "productCodes", "");
  element(out, 5, "instanceType", "t3.micro");
  element(out, 5, "launchTime", "2026-01-05T10:00:00.000Z");
  out += "                    <placement>\n";
  element(out, 6, "availabilityZone", "us-east-1a");
  element(out, 6, "availabilityZoneId", "use1-az4");
  element(out, 6, "groupName", "");
  element(out, 6, "tenancy", "default");
  out += "                    </placement>\n                    <monitoring>\n";
  element(out, 6, "state", "disabled");
  out += "                    </monitoring>\n";
  element(out, 5, "subnetId", "subnet-" + n);
  element(out, 5, "vpcId", "vpc-" + n);
  element(out, 5, "privateIpAddress", "10.7.1.23");
  element(out, 5, "ipAddress", "198.51.100.7");
  element(out, 5, "sourceDestCheck", "true");
  out += "                    <groupSet>\n";
  for (int group = 0; group < 2; ++group) {
    out += "                        <item>\n";
    element(out, 7, "groupId", "sg-" + n);
    element(out, 7, "groupName", "application-servers");
    out += "                        </item>\n";
  }
  out += "                    </groupSet>\n";
  element(out, 5, "architecture", "x86_64");
  element(out, 5, "rootDeviceType", "ebs");
  element(out, 5, "rootDeviceName", "/dev/xvda");
  out += "                    <blockDeviceMapping>\n";
  for (const char* const device : {"/dev/xvda", "/dev/sdb"}) {
    out += "                        <item>\n";
    element(out, 7, "deviceName", device);
    out += "                            <ebs>\n";
    element(out, 8, "volumeId", "vol-" + n);
    element(out, 8, "status", "attached");
    element(out, 8, "attachTime", "2026-01-05T10:00:01.000Z");
    element(out, 8, "deleteOnTermination", "true");
    out += "                            </ebs>\n                        </item>\n";
  }
  out += "                    </blockDeviceMapping>\n";
  element(out, 5, "virtualizationType", "hvm");
  element(out, 5, "clientToken", "albatross-" + n);
  out += "                    <tagSet>\n";
  for (const char* const key : {"Name", "albatross:deployment", "albatross:node"}) {
    out += "                        <item>\n";
    element(out, 7, "key", key);
    element(out, 7, "value", "value-" + n);
    out += "                        </item>\n";
  }
  out += "                    </tagSet>\n";
  element(out, 5, "hypervisor", "xen");
  out += "                    <networkInterfaceSet>\n                        <item>\n";
  element(out, 7, "networkInterfaceId", "eni-" + n);
  element(out, 7, "subnetId", "subnet-" + n);
  element(out, 7, "vpcId", "vpc-" + n);
  element(out, 7, "description", "");
  element(out, 7, "ownerId", "123456789012");
  element(out, 7, "status", "in-use");
  element(out, 7, "macAddress", "0a:1b:2c:3d:4e:5f");
  element(out, 7, "privateIpAddress", "10.7.1.23");
  element(out, 7, "privateDnsName", "ip-10-7-1-23.ec2.internal");
  element(out, 7, "sourceDestCheck", "true");
  out += "                            <groupSet>\n                                <item>\n";
  element(out, 9, "groupId", "sg-" + n);
  element(out, 9, "groupName", "application-servers");
  out += "                                </item>\n                            </groupSet>\n";
  out += "                            <attachment>\n";
  element(out, 8, "attachmentId", "eni-attach-" + n);
  element(out, 8, "deviceIndex", "0");
  element(out, 8, "status", "attached");
  element(out, 8, "attachTime", "2026-01-05T10:00:00.000Z");
  element(out, 8, "deleteOnTermination", "true");
  element(out, 8, "networkCardIndex", "0");
  out += "                            </attachment>\n                            <association>\n";
  element(out, 8, "publicIp", "198.51.100.7");
  element(out, 8, "publicDnsName", "ec2-198-51-100-7.compute-1.amazonaws.com");
  element(out, 8, "ipOwnerId", "amazon");
  out +=
      "                            </association>\n                            "
      "<privateIpAddressesSet>\n";
  out += "                                <item>\n";
  element(out, 9, "privateIpAddress", "10.7.1.23");
  element(out, 9, "primary", "true");
  out +=
      "                                </item>\n                            "
      "</privateIpAddressesSet>\n";
  element(out, 7, "ipv6AddressesSet", "");
  element(out, 7, "interfaceType", "interface");
  out += "                        </item>\n                    </networkInterfaceSet>\n";
  out += "                    <iamInstanceProfile>\n";
  element(out, 6, "arn", "arn:aws:iam::123456789012:instance-profile/demo");
  element(out, 6, "id", "AIPA" + n);
  out += "                    </iamInstanceProfile>\n";
  element(out, 5, "ebsOptimized", "false");
  element(out, 5, "enaSupport", "true");
  out += "                    <cpuOptions>\n";
  element(out, 6, "coreCount", "1");
  element(out, 6, "threadsPerCore", "2");
  out += "                    </cpuOptions>\n                    <metadataOptions>\n";
  element(out, 6, "state", "applied");
  element(out, 6, "httpTokens", "required");
  element(out, 6, "httpPutResponseHopLimit", "1");
  element(out, 6, "httpEndpoint", "enabled");
  element(out, 6, "httpProtocolIpv6", "disabled");
  element(out, 6, "instanceMetadataTags", "disabled");
  out += "                    </metadataOptions>\n";
  element(out, 5, "platformDetails", "Linux/UNIX");
  element(out, 5, "usageOperation", "RunInstances");
  element(out, 5, "usageOperationUpdateTime", "2026-01-05T10:00:00.000Z");
  element(out, 5, "currentInstanceBootMode", "uefi");
  out += "                </item>\n";
}

std::string describe_instances_body() {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DescribeInstancesResponse "
      "xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\n    <reservationSet>\n";
  for (int i = 0; i < instances; ++i) {
    out += "        <item>\n";
    element(out, 3, "reservationId", "r-0123456789abcdef0");
    element(out, 3, "ownerId", "123456789012");
    out += "            <groupSet/>\n            <instancesSet>\n";
    append_instance(out, i);
    out += "            </instancesSet>\n        </item>\n";
  }
  return out + "    </reservationSet>\n</DescribeInstancesResponse>\n";
}

/// Answers every request with the same body.
class Echo final : public http::Transport {
 public:
  explicit Echo(std::string body) : body_(std::move(body)) {}
  Task<http::Response> send(http::Request, Deadline) override {
    http::Response response;
    response.status = 200;
    response.body = body_;
    co_return response;
  }

 private:
  std::string body_;
};

// The bare extraction: the same members as ec2::Instance has.

std::string text(const pugi::xml_node& node, const char* name) {
  return node.child_value(name);
}

int number(const pugi::xml_node& node, const char* name) {
  return std::atoi(node.child_value(name));
}

bool flag(const pugi::xml_node& node, const char* name) {
  return std::string_view(node.child_value(name)) == "true";
}

std::vector<ec2::GroupIdentifier> groups(const pugi::xml_node& set) {
  std::vector<ec2::GroupIdentifier> out;
  for (const pugi::xml_node item : set.children("item")) {
    out.push_back({text(item, "groupId"), text(item, "groupName")});
  }
  return out;
}

ec2::InstanceNetworkInterface interface(const pugi::xml_node& item) {
  ec2::InstanceNetworkInterface out;
  out.network_interface_id = text(item, "networkInterfaceId");
  out.subnet_id = text(item, "subnetId");
  out.vpc_id = text(item, "vpcId");
  out.description = text(item, "description");
  out.owner_id = text(item, "ownerId");
  out.status = text(item, "status");
  out.private_ip_address = text(item, "privateIpAddress");
  out.groups = groups(item.child("groupSet"));
  if (const pugi::xml_node from = item.child("attachment")) {
    out.attachment = {text(from, "attachmentId"), number(from, "deviceIndex"), text(from, "status"),
                      flag(from, "deleteOnTermination")};
  }
  if (const pugi::xml_node from = item.child("association")) {
    out.association = {text(from, "publicIp"), text(from, "publicDnsName"),
                       text(from, "ipOwnerId")};
  }
  out.interface_type = text(item, "interfaceType");
  return out;
}

ec2::Instance instance(const pugi::xml_node& item) {
  ec2::Instance out;
  out.instance_id = text(item, "instanceId");
  out.image_id = text(item, "imageId");
  const pugi::xml_node state = item.child("instanceState");
  out.state = {number(state, "code"), text(state, "name")};
  out.private_dns_name = text(item, "privateDnsName");
  out.public_dns_name = text(item, "dnsName");
  out.state_transition_reason = text(item, "reason");
  out.key_name = text(item, "keyName");
  out.ami_launch_index = number(item, "amiLaunchIndex");
  out.instance_type = text(item, "instanceType");
  out.launch_time = text(item, "launchTime");
  const pugi::xml_node placement = item.child("placement");
  out.placement = {text(placement, "availabilityZone"), text(placement, "tenancy"),
                   text(placement, "groupName")};
  out.subnet_id = text(item, "subnetId");
  out.vpc_id = text(item, "vpcId");
  out.private_ip_address = text(item, "privateIpAddress");
  out.public_ip_address = text(item, "ipAddress");
  out.security_groups = groups(item.child("groupSet"));
  if (const pugi::xml_node from = item.child("stateReason")) {
    out.state_reason = {text(from, "code"), text(from, "message")};
  }
  out.architecture = text(item, "architecture");
  out.root_device_name = text(item, "rootDeviceName");
  for (const pugi::xml_node from : item.child("blockDeviceMapping").children("item")) {
    const pugi::xml_node ebs = from.child("ebs");
    out.block_device_mappings.push_back(
        {text(from, "deviceName"),
         {text(ebs, "volumeId"), text(ebs, "status"), flag(ebs, "deleteOnTermination")}});
  }
  out.client_token = text(item, "clientToken");
  for (const pugi::xml_node from : item.child("tagSet").children("item")) {
    out.tags.push_back({text(from, "key"), text(from, "value")});
  }
  for (const pugi::xml_node from : item.child("networkInterfaceSet").children("item")) {
    out.network_interfaces.push_back(interface(from));
  }
  if (const pugi::xml_node from = item.child("iamInstanceProfile")) {
    out.iam_instance_profile = {text(from, "arn"), text(from, "id")};
  }
  const pugi::xml_node options = item.child("metadataOptions");
  out.metadata_options = {text(options, "state"), text(options, "httpTokens"),
                          number(options, "httpPutResponseHopLimit"),
                          text(options, "httpEndpoint")};
  return out;
}

std::vector<ec2::Reservation> bare_extraction(std::string body) {
  pugi::xml_document document;
  document.load_buffer_inplace(body.data(), body.size());
  std::vector<ec2::Reservation> out;
  for (const pugi::xml_node item :
       document.document_element().child("reservationSet").children("item")) {
    ec2::Reservation& reservation = out.emplace_back();
    reservation.reservation_id = text(item, "reservationId");
    reservation.owner_id = text(item, "ownerId");
    for (const pugi::xml_node each : item.child("instancesSet").children("item")) {
      reservation.instances.push_back(instance(each));
    }
  }
  return out;
}

std::vector<Figure> describe_instances() {
  const std::string body = describe_instances_body();
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  SeededEntropy entropy(1);
  Echo transport(body);
  StaticCredentials credentials({"AKIDEXAMPLE", Secret("secret"), Secret()});
  ApiCaller::Options options;
  options.region = "us-east-1";
  ApiCaller caller(clock, entropy, transport, credentials, options);
  ec2::Client client(caller);

  const auto through_client = [&] {
    auto one_call = [&]() -> Task<> {
      ec2::DescribeInstancesRequest request;
      CallOptions call;
      auto answer = co_await client.describe_instances(std::move(request), std::move(call));
      keep(answer);
    };
    const auto done = [](const std::exception_ptr& error) {
      if (error) std::rethrow_exception(error);
    };
    boost::asio::co_spawn(context, std::move(one_call), done);
    clock.drive();
  };
  const auto bare = [&] {
    const auto answer = bare_extraction(body);
    keep(answer);
  };
  const Times times =
      interleave(through_client, bare, {.count = 40, .length = std::chrono::microseconds{1}});
  char name[64];
  std::snprintf(name, sizeof name, "clients/describe_instances_%.1fMB",
                static_cast<double>(body.size()) / 1e6);
  return {{.name = name,
           .value = times.work_ns / 1e6,
           .unit = "ms",
           .against = "pugixml in place and bare extraction",
           .reference = times.reference_ns / 1e6,
           .promise = "<= 1.10"}};
}

const bool added = add("clients", describe_instances);

}  // namespace
}  // namespace albatross::bench
