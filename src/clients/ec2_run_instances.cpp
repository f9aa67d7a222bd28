#include "clients/ec2_shapes.hpp"

namespace albatross::ec2 {

static void write(QueryWriter& out, const InstanceNetworkInterfaceSpecification& interface) {
  out.member("DeviceIndex", interface.device_index);
  out.member("SubnetId", interface.subnet_id);
  out.member("SecurityGroupId", interface.groups);
  out.member("AssociatePublicIpAddress", interface.associate_public_ip_address);
  out.member("DeleteOnTermination", interface.delete_on_termination);
  out.member("PrivateIpAddress", interface.private_ip_address);
  out.member("Description", interface.description);
}

static void write(QueryWriter& out, const InstanceMetadataOptionsRequest& options) {
  out.member("HttpTokens", options.http_tokens);
  out.member("HttpPutResponseHopLimit", options.http_put_response_hop_limit);
  out.member("HttpEndpoint", options.http_endpoint);
  out.member("InstanceMetadataTags", options.instance_metadata_tags);
}

void write(QueryWriter& out, const RunInstancesRequest& request) {
  out.member("ImageId", request.image_id);
  out.member("InstanceType", request.instance_type);
  out.member("MinCount", request.min_count);
  out.member("MaxCount", request.max_count);
  out.base64("UserData", request.user_data);
  out.member("ClientToken", request.client_token);
  out.member("KeyName", request.key_name);
  out.nested("IamInstanceProfile", "Name", request.iam_instance_profile_name);
  out.nested("IamInstanceProfile", "Arn", request.iam_instance_profile_arn);
  out.member("SubnetId", request.subnet_id);
  out.member("SecurityGroupId", request.security_group_ids);
  out.member("NetworkInterface", request.network_interfaces);
  out.member("BlockDeviceMapping", request.block_device_mappings);
  out.member("MetadataOptions", request.metadata_options);
  out.nested("Placement", "AvailabilityZone", request.availability_zone);
  out.member("DisableApiTermination", request.disable_api_termination);
  out.member("InstanceInitiatedShutdownBehavior", request.instance_initiated_shutdown_behavior);
  out.nested("Monitoring", "Enabled", request.monitoring);
  out.member("EbsOptimized", request.ebs_optimized);
  out.member("TagSpecification", request.tag_specifications);
  out.member("DryRun", request.dry_run);
}

}  // namespace albatross::ec2
