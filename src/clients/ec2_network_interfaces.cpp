#include "albatross/clients/ec2/network_interfaces.hpp"

#include "clients/ec2_shapes.hpp"

namespace albatross::ec2 {

void read(XmlReader& in, GroupIdentifier& group) {
  in.member("groupId", group.group_id);
  in.member("groupName", group.group_name);
}

static void read(XmlReader& in, NetworkInterfaceAttachment& attachment) {
  in.member("attachmentId", attachment.attachment_id);
  in.member("instanceId", attachment.instance_id);
  in.member("instanceOwnerId", attachment.instance_owner_id);
  in.member("deviceIndex", attachment.device_index);
  in.member("status", attachment.status);
  in.member("deleteOnTermination", attachment.delete_on_termination);
}

void read(XmlReader& in, NetworkInterfaceAssociation& association) {
  in.member("publicIp", association.public_ip);
  in.member("publicDnsName", association.public_dns_name);
  in.member("ipOwnerId", association.ip_owner_id);
}

static void read(XmlReader& in, NetworkInterface& interface) {
  in.member("networkInterfaceId", interface.network_interface_id);
  in.member("subnetId", interface.subnet_id);
  in.member("vpcId", interface.vpc_id);
  in.member("availabilityZone", interface.availability_zone);
  in.member("description", interface.description);
  in.member("ownerId", interface.owner_id);
  in.member("requesterId", interface.requester_id);
  in.member("requesterManaged", interface.requester_managed);
  in.member("status", interface.status);
  in.member("interfaceType", interface.interface_type);
  in.member("privateIpAddress", interface.private_ip_address);
  in.member("groupSet", interface.groups);
  in.member("attachment", interface.attachment);
  in.member("association", interface.association);
  in.member("tagSet", interface.tags);
}

static void write(QueryWriter& out, const DescribeNetworkInterfacesRequest& request) {
  out.member("NetworkInterfaceId", request.network_interface_ids);
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeNetworkInterfacesResponse& response) {
  in.member("networkInterfaceSet", response.network_interfaces);
  in.member("nextToken", response.next_token);
}

static void write(QueryWriter& out, const DeleteNetworkInterfaceRequest& request) {
  out.member("NetworkInterfaceId", request.network_interface_id);
  out.member("DryRun", request.dry_run);
}

static constexpr std::tuple operations{
    Ec2Operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponse>{
        "DescribeNetworkInterfaces", Repeat::read},
    Ec2Operation<DeleteNetworkInterfaceRequest, DeleteNetworkInterfaceResponse>{
        "DeleteNetworkInterface", Repeat::harmless},
};

std::vector<OperationInfo> network_interface_operations() {
  return describe_all(operations);
}

Task<DescribeNetworkInterfacesResponse> Client::describe_network_interfaces(
    DescribeNetworkInterfacesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteNetworkInterfaceResponse> Client::delete_network_interface(
    DeleteNetworkInterfaceRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<NetworkInterface>> Client::all_network_interfaces(
    DescribeNetworkInterfacesRequest request, CallOptions options) {
  const bool has_ids = !request.network_interface_ids.empty();
  request = with_page_size(std::move(request), 1000, has_ids);
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeNetworkInterfacesResponse::network_interfaces, std::move(options));
}

}  // namespace albatross::ec2
