#include "clients/error_hints.hpp"

#include <array>

namespace albatross {
namespace {

using enum Service;
constexpr std::nullopt_t any = std::nullopt;

/// By service, and within a service special lines before general ones. Errors without a line get
/// the advice of their class.
constexpr std::array table{
    // EC2: instances.
    Hint{ec2, "RunInstances", "InsufficientInstanceCapacity", "",
         "AWS has no such instances left in this availability zone: choose another zone or "
         "instance type, or try again in some minutes."},
    Hint{ec2, "RunInstances", "Unsupported", "",
         "This instance type is not offered in this availability zone: choose another zone or "
         "type (ec2:DescribeInstanceTypeOfferings lists them)."},
    Hint{ec2, "", "VcpuLimitExceeded", "",
         "The account's limit of vCPUs for this instance family is reached: raise 'Running "
         "On-Demand instances' in Service Quotas, or choose a smaller type."},
    Hint{ec2, "", "InstanceLimitExceeded", "",
         "The account's limit of running instances of this type is reached: raise it in Service "
         "Quotas, or terminate instances that are not needed."},
    Hint{ec2, "", "InsufficientFreeAddressesInSubnet", "",
         "The subnet has no free addresses left: use a larger or another subnet."},
    Hint{ec2, "", "InvalidAMIID.NotFound", "",
         "No such image for this account in this region: image ids differ by region, and private "
         "images must be shared with the account."},
    Hint{ec2, "", "InvalidAMIID.Unavailable", "",
         "The image is not ready, or was deregistered: wait, or choose another."},
    Hint{ec2, "", "InvalidAMIID.Malformed", "", "An image id looks like ami-0123456789abcdef0."},
    Hint{ec2, "", "InvalidKeyPair.NotFound", "",
         "No such key pair in this region: import it here, or leave it out of the stack file."},
    Hint{ec2, "", "InvalidInstanceType", "",
         "There is no such instance type: check its spelling (for example t3.micro)."},
    Hint{ec2, "RunInstances", "InvalidParameterValue", "iamInstanceProfile",
         "The instance profile is not known to EC2 yet; that takes up to two minutes after its "
         "creation. If it was not created just now, check its name."},
    Hint{ec2, "RunInstances", "InvalidParameterValue", "Invalid IAM Instance Profile",
         "The instance profile is not known to EC2 yet; that takes up to two minutes after its "
         "creation. If it was not created just now, check its name."},
    Hint{ec2, "RunInstances", "InvalidParameterValue", "User data is limited",
         "User data is limited to 16 KiB: let it fetch a longer script."},
    Hint{ec2, "RunInstances", "InvalidParameterValue", "architecture",
         "The image is made for another processor: choose an instance type of the image's "
         "architecture (types with a 'g' such as t4g are arm64), or another image."},
    Hint{ec2, "RunInstances", "InvalidParameter", "different networks",
         "Security group and subnet are in different VPCs: use ones of the same VPC."},
    Hint{ec2, "RunInstances", "InvalidParameterCombination", "Network interfaces",
         "Security groups were given both for the instance and for its network interface."},
    Hint{ec2, "", "InvalidBlockDeviceMapping", "",
         "The root volume is smaller than the image, or a device name does not fit: give at least "
         "the size the message names."},
    Hint{ec2, "", "InvalidUserData.Malformed", "", "The user data is not valid base64."},
    Hint{ec2, "", "PendingVerification", "",
         "AWS is still validating this account; that takes minutes, at most four hours. Run the "
         "command again then."},
    Hint{ec2, "RunInstances", "OptInRequired", "",
         "The account has not accepted the terms of this Marketplace image, or has not enabled "
         "this region."},
    Hint{ec2, "", "IdempotentParameterMismatch", "",
         "The same request token was used with other parameters before; nothing was launched. "
         "Please report this: it should not happen."},
    Hint{ec2, "", "IdempotentInstanceTerminated", "",
         "The instances of this request were terminated meanwhile, and its token cannot be used "
         "again: run the deployment anew."},
    Hint{ec2, "TerminateInstances", "OperationNotPermitted", "",
         "The instance has termination protection: switch disableApiTermination off if it is "
         "really to go."},
    Hint{ec2, "", "InvalidInstanceID.NotFound", "",
         "The instance does not exist in this region and account (or not yet)."},
    // EC2: networks.
    Hint{
        ec2, "", "VpcLimitExceeded", "",
        "The limit of VPCs in this region is reached (5 unless raised): use an existing VPC by its "
        "id, or raise 'VPCs per Region' in Service Quotas."},
    Hint{ec2, "", "InternetGatewayLimitExceeded", "",
         "The limit of internet gateways in this region is reached (it goes with the VPC limit): "
         "use an existing VPC, or raise it in Service Quotas."},
    Hint{ec2, "", "SubnetLimitExceeded", "",
         "The VPC has as many subnets as it may: raise 'Subnets per VPC' in Service Quotas."},
    Hint{ec2, "", "AddressLimitExceeded", "",
         "All Elastic IP addresses are in use: release one, or raise the limit in Service Quotas."},
    Hint{ec2, "", "NetworkInterfaceLimitExceeded", "",
         "The limit of network interfaces in this region is reached: raise it in Service Quotas."},
    Hint{ec2, "", "SecurityGroupLimitExceeded", "",
         "The limit of security groups is reached: delete unused ones, or raise 'VPC security "
         "groups per Region' in Service Quotas."},
    Hint{ec2, "", "RulesPerSecurityGroupLimitExceeded", "",
         "The security group has as many rules as it may (60 a direction unless raised): combine "
         "address ranges, or raise the limit in Service Quotas."},
    Hint{ec2, "", "SecurityGroupsPerInterfaceLimitExceeded", "",
         "Too many security groups on one network interface (5 unless raised)."},
    Hint{ec2, "", "RouteLimitExceeded", "",
         "The route table is full: combine routes, or raise 'Routes per route table'."},
    Hint{ec2, "", "RouteTableLimitExceeded", "",
         "The VPC has as many route tables as it may: raise 'Route tables per VPC' in Service "
         "Quotas."},
    Hint{ec2, "", "VPCIdNotSpecified", "",
         "There is no default VPC in this region: name a VPC in the stack file, or let one be "
         "created."},
    Hint{ec2, "", "MissingInput", "",
         "There is no default VPC in this region: name a VPC in the stack file, or let one be "
         "created."},
    Hint{ec2, "CreateVpc", "InvalidVpc.Range", "", "A VPC's range is between /16 and /28."},
    Hint{ec2, "CreateVpc", "InvalidVpcRange", "", "A VPC's range is between /16 and /28."},
    Hint{ec2, "CreateSubnet", "InvalidSubnet.Range", "",
         "The subnet's range must lie inside that of its VPC, between /16 and /28."},
    Hint{ec2, "CreateSubnet", "InvalidSubnet.Conflict", "",
         "Another subnet of the VPC has addresses of this range: choose a free range."},
    Hint{ec2, "CreateSubnet", "InvalidParameterValue", "availabilityZone",
         "That availability zone does not exist for this account; the message names those that "
         "do."},
    Hint{ec2, "", "InvalidVpcID.NotFound", "",
         "No such VPC in this region and account: check the id, the profile and the region."},
    Hint{ec2, "", "InvalidSubnetID.NotFound", "",
         "No such subnet in this region and account: check the id, the profile and the region."},
    Hint{ec2, "", "InvalidGroup.NotFound", "",
         "No such security group in this VPC: check its id and the region."},
    Hint{ec2, "CreateSecurityGroup", "InvalidGroup.Duplicate", "",
         "The VPC has a security group of that name that is not ours: rename the stack, or delete "
         "that group."},
    Hint{ec2, "AttachInternetGateway", "InvalidParameterValue", "already has",
         "The VPC has another internet gateway: use the VPC as it is, by naming its subnets."},
    Hint{ec2, "CreateRoute", "RouteAlreadyExists", "",
         "The route table has another route for that range: change it, or use another table."},
    Hint{ec2, "", "InvalidParameterValue", "CIDR block",
         "The address range is not canonical: all bits after the prefix length must be zero "
         "(10.0.0.0/8, not 10.0.0.5/8)."},
    Hint{ec2, "DeleteSecurityGroup", "DependencyViolation", "",
         "A network interface or a rule of another group still refers to the security group. The "
         "interfaces of a deleted load balancer take some minutes to go; "
         "ec2:DescribeNetworkInterfaces with group-id names the holder."},
    Hint{ec2, "DeleteSecurityGroup", "CannotDelete", "",
         "It is the VPC's default group, which lives as long as the VPC."},
    Hint{ec2, "DeleteSubnet", "DependencyViolation", "",
         "Something still has an address in the subnet; ec2:DescribeNetworkInterfaces with "
         "subnet-id names it."},
    Hint{ec2, "DeleteVpc", "DependencyViolation", "",
         "The VPC still holds something, often made by another service (a GuardDuty endpoint and "
         "its security group, for one): remove that first."},
    Hint{ec2, "DetachInternetGateway", "DependencyViolation", "",
         "Something in the VPC still has a public address (an instance, or a load balancer that is "
         "going): wait until it is gone."},
    Hint{ec2, "DeleteInternetGateway", "DependencyViolation", "",
         "The gateway is still attached to a VPC: detach it first."},
    Hint{ec2, "DeleteRouteTable", "DependencyViolation", "",
         "The route table is still associated with a subnet, or is the VPC's main table."},
    Hint{ec2, "", "TagLimitExceeded", "", "A resource has at most 50 tags: use fewer."},
    // ELBv2.
    Hint{elbv2, "CreateLoadBalancer", "OperationNotPermitted", "does not support creating",
         "AWS has not enabled load balancers for this (new) account: open a support case; only AWS "
         "can change that."},
    Hint{elbv2, "DeleteLoadBalancer", "OperationNotPermitted", "",
         "The load balancer has deletion protection: switch deletion_protection.enabled off if it "
         "is really to go."},
    Hint{elbv2, "CreateLoadBalancer", "AccessDenied", "CreateServiceLinkedRole",
         "The first load balancer of an account needs a role of AWS's own: allow "
         "iam:CreateServiceLinkedRole for elasticloadbalancing.amazonaws.com once."},
    Hint{elbv2, "", "TooManyLoadBalancers", "",
         "The limit of load balancers in this region is reached (50 unless raised): raise "
         "'Application Load Balancers per Region' in Service Quotas, or delete unused ones."},
    Hint{elbv2, "", "TooManyTargetGroups", "",
         "Too many target groups: at most 5 in one action, and 3000 in a region unless raised."},
    Hint{elbv2, "", "TooManyListeners", "",
         "The load balancer has as many listeners as it may (50 unless raised)."},
    Hint{elbv2, "", "TooManyRules", "",
         "The load balancer has as many rules as it may (100 unless raised): combine conditions."},
    Hint{elbv2, "", "TooManyUniqueTargetGroupsPerLoadBalancer", "",
         "The load balancer has as many target groups as it may (100 unless raised)."},
    Hint{elbv2, "", "TooManyTargets", "",
         "As many targets are registered as may be (1000 unless raised)."},
    Hint{elbv2, "", "TooManyTags", "", "A resource has at most 50 tags: use fewer."},
    Hint{elbv2, "", "InvalidSubnet", "no internet gateway",
         "An internet-facing load balancer needs subnets of a VPC with an internet gateway: attach "
         "one and route to it, or make the load balancer internal."},
    Hint{elbv2, "", "InvalidSubnet", "Not enough IP space",
         "A load balancer needs 8 free addresses in each of its subnets: use larger subnets."},
    Hint{elbv2, "", "InvalidSubnet", "",
         "A load balancer needs a /27 or larger subnet, with 8 free addresses, in each zone."},
    Hint{elbv2, "", "SubnetNotFound", "",
         "No such subnet in this region and account: check the ids and the region."},
    Hint{elbv2, "CreateLoadBalancer", "InvalidConfigurationRequest", "same Availability Zone",
         "Give one subnet for each availability zone."},
    Hint{elbv2, "", "InvalidConfigurationRequest", "not from the same VPC",
         "Subnets, security groups and target groups of a load balancer must be in one VPC."},
    Hint{elbv2, "", "InvalidConfigurationRequest", "Access Denied for bucket",
         "The bucket's policy must let the load balancer service write access logs."},
    Hint{elbv2, "CreateLoadBalancer", "ValidationError", "At least two subnets",
         "A load balancer needs subnets in at least two availability zones: give one more."},
    Hint{elbv2, "CreateTargetGroup", "ValidationError", "greater than the timeout",
         "Make the health check's interval longer than its timeout."},
    Hint{elbv2, "", "ValidationError", "certificate",
         "An HTTPS listener needs a certificate (its ARN in ACM, of the same region)."},
    Hint{elbv2, "", "AvailabilityZoneNotSupported", "",
         "Load balancers are not offered in that availability zone: use subnets of others."},
    Hint{elbv2, "", "InvalidSecurityGroup", "",
         "The security group does not exist in the load balancer's VPC (or not yet)."},
    Hint{elbv2, "", "InvalidScheme", "",
         "The scheme is 'internet-facing' or 'internal', and cannot be changed later."},
    Hint{elbv2, "", "DuplicateLoadBalancerName", "",
         "A load balancer of that name exists with other settings: rename the stack, or delete it "
         "if it is a leftover."},
    Hint{elbv2, "", "DuplicateTargetGroupName", "",
         "A target group of that name exists with other settings: rename the service, or delete it "
         "if it is a leftover."},
    Hint{elbv2, "", "DuplicateListener", "",
         "The load balancer has a listener on that port already."},
    Hint{elbv2, "", "PriorityInUse", "", "Another rule has that priority: choose a free one."},
    Hint{elbv2, "", "TargetGroupAssociationLimit", "",
         "A target group belongs to one load balancer only; after that one is deleted it takes "
         "some seconds to be free."},
    Hint{elbv2, "DeleteTargetGroup", "ResourceInUse", "",
         "A listener or rule still forwards to the target group; after its deletion that lasts up "
         "to two minutes."},
    Hint{elbv2, "DeleteLoadBalancer", "ResourceInUse", "",
         "Another service (a VPC endpoint service, for one) uses the load balancer."},
    Hint{elbv2, "RegisterTargets", "InvalidTarget", "not in a running state",
         "The instance does not run yet, or has stopped: look at its state reason."},
    Hint{elbv2, "RegisterTargets", "InvalidTarget", "not in the target group VPC",
         "The instance is in another VPC than the target group."},
    Hint{elbv2, "", "CertificateNotFound", "",
         "No such certificate: it must be issued, and be in ACM in this region."},
    Hint{elbv2, "", "UnsupportedCertificate", "",
         "Load balancers do not take certificates of this key type or size."},
    Hint{elbv2, "", "SSLPolicyNotFound", "",
         "There is no such TLS policy; ELBSecurityPolicy-TLS13-1-2-2021-06 is a good one."},
    Hint{elbv2, "", "IncompatibleProtocols", "",
         "The protocols of listener and target group do not fit each other."},
    Hint{elbv2, "", "LoadBalancerNotFound", "",
         "The load balancer does not exist in this region and account (or not yet)."},
    Hint{elbv2, "", "TargetGroupNotFound", "",
         "The target group does not exist in this region and account (or not yet)."},
    // EFS.
    Hint{efs, "", "FileSystemLimitExceeded", "",
         "The limit of file systems in this region is reached: raise it in Service Quotas, or "
         "delete unused ones."},
    Hint{efs, "", "FileSystemAlreadyExists", "",
         "A file system was created with the same token before; the error names it."},
    Hint{efs, "", "FileSystemInUse", "",
         "The file system still has mount targets: they must be gone first."},
    Hint{efs, "", "FileSystemNotFound", "",
         "The file system does not exist in this region and account (or not yet)."},
    Hint{efs, "", "IncorrectFileSystemLifeCycleState", "",
         "The file system is still being created (or deleted): wait until it is available."},
    Hint{
        efs, "UpdateFileSystem", "TooManyRequests", "throughput mode changes",
        "EFS changes the throughput mode once in 24 hours, and the message says when it can again: "
        "until then give storage.efs.throughput_mode the value that the file system has."},
    Hint{efs, "", "MountTargetConflict", "",
         "A file system has one mount target in each zone, all in one VPC, and this zone has one."},
    Hint{efs, "", "NoFreeAddressesInSubnet", "",
         "The subnet has no free addresses left: use a larger or another subnet."},
    Hint{efs, "", "IpAddressInUse", "", "That address of the subnet is taken: leave it out."},
    Hint{efs, "", "SecurityGroupLimitExceeded", "",
         "A mount target has at most 5 security groups."},
    Hint{efs, "", "UnsupportedAvailabilityZone", "",
         "EFS is not offered like this in that availability zone: use another zone."},
    Hint{efs, "", "AvailabilityZonesMismatch", "",
         "A One Zone file system can only be mounted in its own zone."},
    Hint{efs, "", "InsufficientThroughputCapacity", "",
         "EFS has no room for that throughput now: choose 'elastic' or 'bursting', or try later."},
    Hint{efs, "", "ThroughputLimitExceeded", "",
         "The account's limit of EFS throughput is reached: ask for less, or raise it."},
    // IAM.
    Hint{iam, "AddRoleToInstanceProfile", "LimitExceeded", "",
         "An instance profile holds one role, and this one has one already."},
    Hint{iam, "", "LimitExceeded", "",
         "An IAM limit of the account is reached: remove unused roles or profiles, or raise it in "
         "Service Quotas."},
    Hint{iam, "", "EntityAlreadyExists", "",
         "A role or profile of that name exists and is not ours: rename the stack, or remove it."},
    Hint{iam, "", "MalformedPolicyDocument", "Invalid principal",
         "A principal named in the policy is not known (yet): after its creation that takes up to "
         "half a minute."},
    Hint{iam, "", "MalformedPolicyDocument", "", "The policy is not valid JSON of IAM's grammar."},
    Hint{iam, "", "DeleteConflict", "instance profile",
         "The role is still in an instance profile: take it out first."},
    Hint{iam, "", "DeleteConflict", "", "Its policies must be detached or deleted first."},
    Hint{iam, "", "NoSuchEntity", "",
         "There is no such role, profile or policy in the account (or it is not known everywhere "
         "yet)."},
    // STS.
    Hint{sts, "AssumeRole", "AccessDenied", "",
         "The role cannot be assumed: its trust policy must name these credentials, they must be "
         "allowed sts:AssumeRole on it, and the external id and MFA it demands must be given. A "
         "role that does not exist gives the same answer."},
    Hint{sts, "AssumeRole", "ValidationError", "MaxSessionDuration",
         "The role does not allow sessions that long: lower duration_seconds (roles assumed by a "
         "role: one hour at most)."},
    Hint{sts, "", "RegionDisabledException", "",
         "STS is not active for this account in this region: activate the region, or use another."},
    Hint{sts, "AssumeRoleWithWebIdentity", "InvalidIdentityToken", "",
         "The identity token is not accepted: the provider must be registered in IAM, and its "
         "keys be reachable."},
    Hint{sts, "AssumeRoleWithWebIdentity", "IDPRejectedClaim", "",
         "The identity provider refused the token: its audience or subject does not fit the "
         "role's trust policy."},
    Hint{sts, "AssumeRoleWithWebIdentity", "ExpiredTokenException", "",
         "The identity token in the token file has expired: whatever writes the file must renew "
         "it."},
    Hint{sts, "", "PackedPolicyTooLarge", "", "The session policy is too long: shorten it."},
    // SSM and DynamoDB.
    Hint{ssm, "", "ParameterNotFound", "",
         "There is no such parameter in this region: AWS's public ones begin with /aws/service/."},
    Hint{ssm, "", "ParameterVersionNotFound", "", "The parameter has no such version or label."},
    Hint{dynamodb, "", "ResourceNotFoundException", "",
         "The table does not exist in this region and account, or is still being created."},
    Hint{dynamodb, "", "ConditionalCheckFailedException", "",
         "Another run changed or locked the same state meanwhile."},
    Hint{dynamodb, "", "TransactionCanceledException", "",
         "Another run changed or locked the same state meanwhile."},
    Hint{dynamodb, "", "ProvisionedThroughputExceededException", "",
         "The table's provisioned capacity is too small: switch it to on-demand."},
    // Credentials and permissions, everywhere.
    Hint{any, "", "InvalidClientTokenId", "",
         "AWS does not know the access key id: it was deleted, belongs to another partition "
         "(aws-cn, aws-us-gov), lacks its session token, or the region is not enabled."},
    Hint{any, "", "UnrecognizedClientException", "",
         "AWS does not know the access key id or its session token: deleted, of another partition, "
         "or the region is not enabled."},
    Hint{any, "", "MissingAuthenticationToken", "",
         "The request arrived without a signature: a proxy may have removed it."},
    Hint{any, "", "IncompleteSignature", "",
         "The signature arrived damaged: a proxy may have changed the headers."},
    Hint{any, "", "OptInRequired", "",
         "The account has not enabled this region or service: enable it in the console first."},
    Hint{any, "", "Blocked", "", "AWS has suspended the account: contact AWS Support."},
    Hint{any, "", "UnauthorizedOperation", "iam:PassRole",
         "Handing a role to an instance needs iam:PassRole on that role: have it added to the "
         "caller's IAM policy."},
    Hint{any, "", "UnauthorizedOperation", "Encoded authorization failure message",
         "These credentials are not allowed to call {call}: have it added to their IAM policy. "
         "'aws sts decode-authorization-message' tells which statement refused."},
    Hint{
        any, "", "", "explicit deny",
        "A policy explicitly denies {call} to these credentials (their own, the resource's, or one "
        "of the organisation): no further permission helps until that is changed."},
    // Our own limits.
    Hint{any, "", "Client.RateLimit", "",
         "More calls of this kind were asked for than AWS lets through in the time allowed: allow "
         "more time, or deploy fewer stacks at once."},
    // Below HTTP.
    Hint{any, "", "Network.resolve", "",
         "The host name has no address: check the region, the endpoint URL and the network."},
    Hint{any, "", "Network.connect", "",
         "Nobody answers there: check the network, the proxy settings and the endpoint URL (for "
         "the simulator: does 'albatross sim' run?)."},
    Hint{any, "", "Network.tls", "",
         "The server's certificate or the TLS handshake is not accepted: behind a proxy that "
         "replaces certificates, give its root in AWS_CA_BUNDLE."},
    Hint{any, "", "Network.timeout", "",
         "No answer in time: check the network, or allow more time in the stack file."},
    Hint{any, "", "Network.too_large", "",
         "The answer is larger than we take: that does not look like AWS."},
    Hint{any, "", "Network.malformed", "",
         "The answer is not HTTP: a proxy or another server seems to answer in AWS's place."},
    Hint{any, "", "Response.malformed", "",
         "The answer cannot be understood: a proxy or another server seems to answer in AWS's "
         "place."},
    // Requests that are wrong.
    Hint{any, "", "InvalidAction", "",
         "The endpoint does not know {call}: is the endpoint URL that of this service?"},
    Hint{any, "", "UnknownOperationException", "",
         "The endpoint does not know {call}: is the endpoint URL that of this service?"},
    Hint{any, "", "DuplicateTagKeys", "", "The same tag key was given twice."},
    Hint{any, "", "", "Tag keys starting with 'aws:' are reserved",
         "Tag keys that begin with 'aws:' belong to AWS: rename the tag."},
};

}  // namespace

std::span<const Hint> hint_table() {
  return table;
}

}  // namespace albatross
