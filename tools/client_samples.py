"""Sample inputs of every operation that the clients call, in AWS's own member names.

The tests build the same requests with the typed structs and compare the bodies. A key may carry a
variant after a slash ("CreateListener/https").
"""

ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012:"
LB = ARN + "loadbalancer/app/demo/0123456789abcdef"
TG = ARN + "targetgroup/n8n/0123456789abcdef"
LISTENER = ARN + "listener/app/demo/0123456789abcdef/fedcba9876543210"
RULE = ARN + "listener-rule/app/demo/0123456789abcdef/fedcba9876543210/aaaabbbbccccdddd"
SUBNET, GROUP, MOUNT = "subnet-0a1b2c3d", "sg-0a1b2c3d", "fsmt-0a1b2c3d"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1-2"

VPC_TAGS = [{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "a b&c=ü"}, {"Key": "k", "Value": ""}]}]
FILTERS = [{"Name": "tag:x", "Values": ["a", "b*"]}, {"Name": "vpc-id", "Values": ["vpc-1"]}]
PERMISSIONS = [
    {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 443,
     "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "web"}, {"CidrIp": "10.0.0.0/8"}],
     "Ipv6Ranges": [{"CidrIpv6": "::/0", "Description": "web6"}],
     "UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "123456789012", "Description": "peers"}],
     "PrefixListIds": [{"PrefixListId": "pl-1", "Description": "list"}]},
    {"IpProtocol": "icmp", "FromPort": 0, "ToPort": -1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
    {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
]
RULE_TAGS = [{"ResourceType": "security-group-rule", "Tags": [{"Key": "k", "Value": "v"}]}]
FORWARD = {"Type": "forward", "Order": 1, "ForwardConfig": {
    "TargetGroups": [{"TargetGroupArn": TG, "Weight": 0}, {"TargetGroupArn": TG + "2", "Weight": 9}],
    "TargetGroupStickinessConfig": {"Enabled": False, "DurationSeconds": 60}}}
REDIRECT = {"Type": "redirect", "RedirectConfig": {
    "Protocol": "HTTPS", "Port": "443", "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}",
    "StatusCode": "HTTP_301"}}
FIXED = {"Type": "fixed-response", "FixedResponseConfig": {
    "MessageBody": "not here", "StatusCode": "404", "ContentType": "text/plain"}}
CONDITIONS = [
    {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a/*", "/b"]}},
    {"Field": "host-header", "HostHeaderConfig": {"Values": ["*.example.com"]}},
    {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "X-A", "Values": ["1"]}},
    {"Field": "query-string", "QueryStringConfig": {"Values": [{"Key": "k", "Value": "v"}, {"Value": "w"}]}},
    {"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["GET"]}},
    {"Field": "source-ip", "SourceIpConfig": {"Values": ["10.0.0.0/8"]}},
    {"Field": "path-pattern", "Values": ["/old"]},
]
HEALTH = {"HealthCheckEnabled": True, "HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port",
          "HealthCheckPath": "/healthz?a=b", "HealthCheckIntervalSeconds": 30,
          "HealthCheckTimeoutSeconds": 5, "HealthyThresholdCount": 2, "UnhealthyThresholdCount": 3,
          "Matcher": {"HttpCode": "200-299"}}


def listing(**ids):
    return {**ids, "Filters": FILTERS, "MaxResults": 100, "NextToken": "to+ken/="}

# DynamoDB: an item with a value of each type, and what a conditional write stands on.
ITEM = {"pk": {"S": "stack#\"demo\"\n"}, "version": {"N": "-12"}, "blob": {"B": b"\x00\xff"},
        "done": {"BOOL": False}, "nothing": {"NULL": True}, "list": {"L": [{"S": ""}, {"N": "1"}]},
        "map": {"M": {"inner": {"M": {"deep": {"L": []}}}}}, "names": {"SS": ["a", "b"]},
        "numbers": {"NS": ["1", "2.5"]}}
KEY = {"pk": {"S": "stack#demo"}, "sk": {"S": "lock"}}
CONDITION = {"ConditionExpression": "attribute_not_exists(pk) OR #owner = :me",
             "ExpressionAttributeNames": {"#owner": "owner"},
             "ExpressionAttributeValues": {":me": {"S": "pid 1"}},
             "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
QUERY = {"TableName": "state", "KeyConditionExpression": "pk = :pk AND begins_with(sk, :p)",
         "FilterExpression": "#v > :zero", "ProjectionExpression": "sk, #v", "ConsistentRead": True,
         "Limit": 25, "ScanIndexForward": False, "ExclusiveStartKey": KEY,
         "ExpressionAttributeNames": {"#v": "version"},
         "ExpressionAttributeValues": {":pk": {"S": "stack#demo"}, ":p": {"S": "node#"}, ":zero": {"N": "0"}}}


SAMPLES = {
    "ec2": {
        "DescribeVpcs": listing(VpcIds=["vpc-1", "vpc-2"]),
        "CreateVpc": {"CidrBlock": "10.7.0.0/16", "InstanceTenancy": "default",
                      "AmazonProvidedIpv6CidrBlock": False, "TagSpecifications": VPC_TAGS, "DryRun": True},
        "ModifyVpcAttribute": {"VpcId": "vpc-1", "EnableDnsHostnames": {"Value": True}},
        "ModifyVpcAttribute/support": {"VpcId": "vpc-1", "EnableDnsSupport": {"Value": False}},
        "DescribeVpcAttribute": {"VpcId": "vpc-1", "Attribute": "enableDnsSupport"},
        "DeleteVpc": {"VpcId": "vpc-1", "DryRun": True},
        "DescribeSubnets": listing(SubnetIds=["subnet-1"]),
        "CreateSubnet": {"VpcId": "vpc-1", "CidrBlock": "10.7.1.0/24", "AvailabilityZone": "us-east-1a",
                         "AvailabilityZoneId": "use1-az1", "TagSpecifications": VPC_TAGS, "DryRun": True},
        "ModifySubnetAttribute": {"SubnetId": "subnet-1", "MapPublicIpOnLaunch": {"Value": True}},
        "DeleteSubnet": {"SubnetId": "subnet-1", "DryRun": True},
        "DescribeAvailabilityZones": {"ZoneNames": ["us-east-1a"], "ZoneIds": ["use1-az1"],
                                      "Filters": FILTERS, "AllAvailabilityZones": True},
        "DescribeInternetGateways": listing(InternetGatewayIds=["igw-1"]),
        "CreateInternetGateway": {"TagSpecifications": VPC_TAGS, "DryRun": True},
        "AttachInternetGateway": {"InternetGatewayId": "igw-1", "VpcId": "vpc-1", "DryRun": True},
        "DetachInternetGateway": {"InternetGatewayId": "igw-1", "VpcId": "vpc-1", "DryRun": True},
        "DeleteInternetGateway": {"InternetGatewayId": "igw-1", "DryRun": True},
        "DescribeRouteTables": listing(RouteTableIds=["rtb-1"]),
        "CreateRouteTable": {"VpcId": "vpc-1", "ClientToken": "tok", "TagSpecifications": VPC_TAGS, "DryRun": True},
        "DeleteRouteTable": {"RouteTableId": "rtb-1", "DryRun": True},
        "CreateRoute": {"RouteTableId": "rtb-1", "DestinationCidrBlock": "0.0.0.0/0",
                        "DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-1", "NatGatewayId": "nat-1",
                        "NetworkInterfaceId": "eni-1", "DryRun": True},
        "ReplaceRoute": {"RouteTableId": "rtb-1", "DestinationCidrBlock": "0.0.0.0/0",
                         "DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-1", "NatGatewayId": "nat-1",
                         "NetworkInterfaceId": "eni-1", "DryRun": True},
        "DeleteRoute": {"RouteTableId": "rtb-1", "DestinationCidrBlock": "0.0.0.0/0",
                        "DestinationIpv6CidrBlock": "::/0", "DryRun": True},
        "AssociateRouteTable": {"RouteTableId": "rtb-1", "SubnetId": "subnet-1", "DryRun": True},
        "ReplaceRouteTableAssociation": {"AssociationId": "rtbassoc-1", "RouteTableId": "rtb-1", "DryRun": True},
        "DisassociateRouteTable": {"AssociationId": "rtbassoc-1", "DryRun": True},
        "DescribeSecurityGroups": listing(GroupIds=["sg-1"]),
        "DescribeSecurityGroupRules": listing(SecurityGroupRuleIds=["sgr-1"]),
        "CreateSecurityGroup": {"GroupName": "demo", "Description": "d: (x) & y", "VpcId": "vpc-1",
                                "TagSpecifications": VPC_TAGS, "DryRun": True},
        "DeleteSecurityGroup": {"GroupId": "sg-1", "DryRun": True},
        "AuthorizeSecurityGroupIngress": {"GroupId": "sg-1", "IpPermissions": PERMISSIONS,
                                          "TagSpecifications": RULE_TAGS, "DryRun": True},
        "AuthorizeSecurityGroupEgress": {"GroupId": "sg-1", "IpPermissions": PERMISSIONS,
                                         "TagSpecifications": RULE_TAGS, "DryRun": True},
        "RevokeSecurityGroupIngress": {"GroupId": "sg-1", "SecurityGroupRuleIds": ["sgr-1", "sgr-2"], "DryRun": True},
        "RevokeSecurityGroupEgress": {"GroupId": "sg-1", "IpPermissions": PERMISSIONS},
        "DescribeNetworkInterfaces": listing(NetworkInterfaceIds=["eni-1"]),
        "DeleteNetworkInterface": {"NetworkInterfaceId": "eni-1", "DryRun": True},
        "DescribeImages": {**listing(ImageIds=["ami-1"], Owners=["self", "amazon"]), "IncludeDeprecated": False},
        "DescribeInstanceTypes": listing(InstanceTypes=["t3.micro"]),
        "DescribeInstanceTypeOfferings": listing(LocationType="availability-zone"),
        "DescribeKeyPairs": {"KeyNames": ["k"], "Filters": FILTERS},
        "DescribeInstances": listing(InstanceIds=["i-1", "i-2"]),
        "DescribeInstanceStatus": {**listing(InstanceIds=["i-1"]), "IncludeAllInstances": True},
        "GetConsoleOutput": {"InstanceId": "i-1", "Latest": True},
        "RunInstances": {
            "ImageId": "ami-1", "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 2,
            "UserData": "IyEvYmluL3NoCg==", "ClientToken": "tok", "KeyName": "key",
            "IamInstanceProfile": {"Name": "p"},
            "NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": "subnet-1", "Groups": ["sg-1", "sg-2"],
                                   "AssociatePublicIpAddress": True, "DeleteOnTermination": False,
                                   "PrivateIpAddress": "10.7.1.9", "Description": "first"}],
            "BlockDeviceMappings": [
                {"DeviceName": "/dev/xvda", "Ebs": {
                    "SnapshotId": "snap-1", "VolumeSize": 8, "VolumeType": "gp3", "Iops": 3000,
                    "Throughput": 125, "Encrypted": True, "KmsKeyId": "alias/k", "DeleteOnTermination": True}},
                {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}],
            "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 2,
                                "HttpEndpoint": "enabled", "InstanceMetadataTags": "enabled"},
            "Monitoring": {"Enabled": False}, "DisableApiTermination": False, "EbsOptimized": True,
            "InstanceInitiatedShutdownBehavior": "terminate",
            "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "a b"}]},
                                  {"ResourceType": "volume", "Tags": [{"Key": "Name", "Value": "v"}]}],
            "DryRun": True},
        "RunInstances/plain": {"ImageId": "resolve:ssm:/a/b", "InstanceType": "t3.micro", "MinCount": 1,
                               "MaxCount": 1, "SubnetId": "subnet-1", "SecurityGroupIds": ["sg-1"],
                               "IamInstanceProfile": {"Arn": "arn:aws:iam::123456789012:instance-profile/p"},
                               "Placement": {"AvailabilityZone": "us-east-1a"}},
        "TerminateInstances": {"InstanceIds": ["i-1", "i-2"], "DryRun": True},
        "ModifyInstanceAttribute": {"InstanceId": "i-1", "DisableApiTermination": {"Value": False}},
        "ModifyInstanceAttribute/groups": {"InstanceId": "i-1", "Groups": ["sg-1", "sg-2"], "DryRun": True},
        "DescribeTags": listing(),
        "CreateTags": {"Resources": ["i-1", "vpc-1"], "Tags": [{"Key": "k", "Value": ""}], "DryRun": True},
        "DeleteTags": {"Resources": ["i-1"], "Tags": [{"Key": "k"}, {"Key": "l", "Value": ""}], "DryRun": True},
    },
    "elbv2": {
        "DescribeLoadBalancers": {"LoadBalancerArns": [LB], "Names": ["demo"], "PageSize": 20, "Marker": "m"},
        "CreateLoadBalancer": {"Name": "demo", "Subnets": ["subnet-1", "subnet-2"], "SecurityGroups": ["sg-1"],
                               "Scheme": "internet-facing", "Type": "application", "IpAddressType": "ipv4",
                               "Tags": [{"Key": "k", "Value": ""}]},
        "DeleteLoadBalancer": {"LoadBalancerArn": LB},
        "DescribeLoadBalancerAttributes": {"LoadBalancerArn": LB},
        "ModifyLoadBalancerAttributes": {"LoadBalancerArn": LB, "Attributes": [
            {"Key": "idle_timeout.timeout_seconds", "Value": "60"}, {"Key": "access_logs.s3.bucket", "Value": ""}]},
        "SetSecurityGroups": {"LoadBalancerArn": LB, "SecurityGroups": ["sg-1", "sg-2"]},
        "SetIpAddressType": {"LoadBalancerArn": LB, "IpAddressType": "dualstack"},
        "SetSubnets": {"LoadBalancerArn": LB, "Subnets": ["subnet-1"], "IpAddressType": "dualstack"},
        "DescribeAccountLimits": {"PageSize": 20, "Marker": "m"},
        "DescribeTargetGroups": {"LoadBalancerArn": LB, "TargetGroupArns": [TG], "Names": ["n8n"], "PageSize": 20,
                                 "Marker": "m"},
        "CreateTargetGroup": {"Name": "n8n", "Protocol": "HTTP", "ProtocolVersion": "HTTP1", "Port": 5678,
                              "VpcId": "vpc-1", "TargetType": "instance", "IpAddressType": "ipv4", **HEALTH,
                              "Tags": [{"Key": "k", "Value": "v"}]},
        "ModifyTargetGroup": {"TargetGroupArn": TG, **HEALTH},
        "DescribeTargetGroupAttributes": {"TargetGroupArn": TG},
        "ModifyTargetGroupAttributes": {"TargetGroupArn": TG, "Attributes": [
            {"Key": "deregistration_delay.timeout_seconds", "Value": "0"}]},
        "DeleteTargetGroup": {"TargetGroupArn": TG},
        "RegisterTargets": {"TargetGroupArn": TG, "Targets": [
            {"Id": "i-1", "Port": 5678}, {"Id": "10.0.0.1", "AvailabilityZone": "all"}]},
        "DeregisterTargets": {"TargetGroupArn": TG, "Targets": [{"Id": "i-1", "Port": 5678}]},
        "DescribeTargetHealth": {"TargetGroupArn": TG, "Targets": [{"Id": "i-1", "Port": 5678}]},
        "DescribeListeners": {"LoadBalancerArn": LB, "ListenerArns": [LISTENER], "PageSize": 20, "Marker": "m"},
        "CreateListener": {"LoadBalancerArn": LB, "Protocol": "HTTP", "Port": 80, "DefaultActions": [FORWARD],
                           "Tags": [{"Key": "k", "Value": "v"}]},
        "CreateListener/https": {"LoadBalancerArn": LB, "Protocol": "HTTPS", "Port": 443,
                                 "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                                 "Certificates": [{"CertificateArn": CERTIFICATE}], "DefaultActions": [FIXED]},
        "ModifyListener": {"ListenerArn": LISTENER, "Protocol": "HTTPS", "Port": 8443, "SslPolicy": "p",
                           "Certificates": [{"CertificateArn": CERTIFICATE}], "DefaultActions": [REDIRECT]},
        "DeleteListener": {"ListenerArn": LISTENER},
        "DescribeRules": {"ListenerArn": LISTENER, "RuleArns": [RULE], "PageSize": 20, "Marker": "m"},
        "CreateRule": {"ListenerArn": LISTENER, "Conditions": CONDITIONS, "Priority": 10,
                       "Actions": [{"Type": "forward", "TargetGroupArn": TG}], "Tags": [{"Key": "k", "Value": "v"}]},
        "ModifyRule": {"RuleArn": RULE, "Conditions": CONDITIONS[:1], "Actions": [FORWARD]},
        "SetRulePriorities": {"RulePriorities": [{"RuleArn": RULE, "Priority": 1}, {"RuleArn": RULE + "2", "Priority": 2}]},
        "DeleteRule": {"RuleArn": RULE},
        "DescribeListenerCertificates": {"ListenerArn": LISTENER, "PageSize": 20, "Marker": "m"},
        "AddListenerCertificates": {"ListenerArn": LISTENER, "Certificates": [{"CertificateArn": "c"}]},
        "RemoveListenerCertificates": {"ListenerArn": LISTENER, "Certificates": [{"CertificateArn": "c"}]},
        "DescribeSSLPolicies": {"Names": ["p"], "LoadBalancerType": "application", "PageSize": 20, "Marker": "m"},
        "AddTags": {"ResourceArns": [LB, TG], "Tags": [{"Key": "k", "Value": "v"}]},
        "RemoveTags": {"ResourceArns": [LB], "TagKeys": ["k", "l"]},
        "DescribeTags": {"ResourceArns": [LB, TG]},
    },
    "efs": {
        "CreateFileSystem": {"CreationToken": "demo", "PerformanceMode": "generalPurpose", "Encrypted": True,
                             "KmsKeyId": "alias/k", "ThroughputMode": "provisioned",
                             "ProvisionedThroughputInMibps": 1.5, "AvailabilityZoneName": "us-east-1a",
                             "Backup": False, "Tags": [{"Key": "Name", "Value": "\"quoted\"\n\\ é"}, {"Key": "k", "Value": ""}]},
        "DescribeFileSystems": {"CreationToken": "a/b", "FileSystemId": "fs-1", "MaxItems": 10, "Marker": "m+/="},
        "UpdateFileSystem": {"FileSystemId": "fs-1", "ThroughputMode": "provisioned", "ProvisionedThroughputInMibps": 2.5},
        "DeleteFileSystem": {"FileSystemId": "fs-1"},
        "TagResource": {"ResourceId": "arn:aws:elasticfilesystem:r:1:file-system/fs-1", "Tags": [{"Key": "k", "Value": "v"}]},
        "UntagResource": {"ResourceId": "fs-1", "TagKeys": ["k", "l"]},
        "CreateMountTarget": {"FileSystemId": "fs-1", "SubnetId": SUBNET, "IpAddress": "10.0.0.9", "SecurityGroups": [GROUP]},
        "DescribeMountTargets": {"FileSystemId": "fs-1", "MaxItems": 10, "Marker": "m"},
        "DescribeMountTargets/one": {"MountTargetId": MOUNT},
        "DeleteMountTarget": {"MountTargetId": MOUNT},
        "DescribeMountTargetSecurityGroups": {"MountTargetId": MOUNT},
        "ModifyMountTargetSecurityGroups": {"MountTargetId": MOUNT, "SecurityGroups": [GROUP, GROUP]},
    },
    "iam": {
        "CreateRole": {"RoleName": "demo", "Path": "/a/", "AssumeRolePolicyDocument": "{\"Version\":\"2012-10-17\"}",
                       "Description": "d", "MaxSessionDuration": 3600,
                       "PermissionsBoundary": "arn:aws:iam::aws:policy/B-boundary", "Tags": [{"Key": "k", "Value": ""}]},
        "GetRole": {"RoleName": "demo"},
        "DeleteRole": {"RoleName": "demo"},
        "TagRole": {"RoleName": "demo", "Tags": [{"Key": "k", "Value": "v"}]},
        "UntagRole": {"RoleName": "demo", "TagKeys": ["k", "l"]},
        "PutRolePolicy": {"RoleName": "demo", "PolicyName": "p", "PolicyDocument": "{\"a\": [1, 2]}"},
        "GetRolePolicy": {"RoleName": "demo", "PolicyName": "p"},
        "DeleteRolePolicy": {"RoleName": "demo", "PolicyName": "p"},
        "ListRolePolicies": {"RoleName": "demo", "MaxItems": 10, "Marker": "m"},
        "AttachRolePolicy": {"RoleName": "demo", "PolicyArn": "arn:aws:iam::aws:policy/P-policies"},
        "DetachRolePolicy": {"RoleName": "demo", "PolicyArn": "arn:aws:iam::aws:policy/P-policies"},
        "SimulatePrincipalPolicy": {"PolicySourceArn": "arn:aws:iam::123456789012:user/me", "ActionNames": ["ec2:RunInstances"],
                                    "ResourceArns": ["*"], "ContextEntries": [
                                        {"ContextKeyName": "aws:RequestTag/a", "ContextKeyValues": ["b"], "ContextKeyType": "string"}]},
        "ListAttachedRolePolicies": {"RoleName": "demo", "MaxItems": 10, "Marker": "m"},
        "CreateInstanceProfile": {"InstanceProfileName": "demo", "Path": "/a/", "Tags": [{"Key": "k", "Value": "v"}]},
        "GetInstanceProfile": {"InstanceProfileName": "demo"},
        "DeleteInstanceProfile": {"InstanceProfileName": "demo"},
        "TagInstanceProfile": {"InstanceProfileName": "demo", "Tags": [{"Key": "k", "Value": "v"}]},
        "UntagInstanceProfile": {"InstanceProfileName": "demo", "TagKeys": ["k", "l"]},
        "AddRoleToInstanceProfile": {"InstanceProfileName": "demo", "RoleName": "role"},
        "RemoveRoleFromInstanceProfile": {"InstanceProfileName": "demo", "RoleName": "role"},
        "ListInstanceProfilesForRole": {"RoleName": "demo", "MaxItems": 10, "Marker": "m"},
    },
    "sts": {
        "GetCallerIdentity": {},
        "AssumeRole": {"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "session",
                       "DurationSeconds": 900, "ExternalId": "ext", "SerialNumber": "arn:aws:iam::1:mfa/x",
                       "TokenCode": "123456", "SourceIdentity": "me", "Policy": "{\"a\":1}",
                       "PolicyArns": [{"arn": "arn:aws:iam::aws:policy/P-policies"}], "Tags": [{"Key": "k", "Value": "v"}]},
        "AssumeRoleWithWebIdentity": {"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "session",
                                      "WebIdentityToken": "a.b.c", "DurationSeconds": 900},
        "DecodeAuthorizationMessage": {"EncodedMessage": "abc-_="},
    },
    "ssm": {
        "GetParameter": {"Name": "/aws/service/x", "WithDecryption": True},
        "GetParameters": {"Names": ["/a", "/b"], "WithDecryption": True},
    },
    "acm": {"DescribeCertificate": {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001"}},
    "service-quotas": {"GetServiceQuota": {"ServiceCode": "ec2", "QuotaCode": "L-1216C47A"}},
    "dynamodb": {
        "CreateTable": {"TableName": "state", "BillingMode": "PAY_PER_REQUEST", "DeletionProtectionEnabled": False,
                        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
                                                 {"AttributeName": "sk", "AttributeType": "S"}],
                        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"},
                                      {"AttributeName": "sk", "KeyType": "RANGE"}],
                        "SSESpecification": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": "alias/k"},
                        "Tags": [{"Key": "k", "Value": ""}]},
        "DescribeTable": {"TableName": "state"},
        "GetItem": {"TableName": "state", "Key": KEY, "ConsistentRead": True, "ProjectionExpression": "#v",
                    "ExpressionAttributeNames": {"#v": "version"}},
        "PutItem": {"TableName": "state", "Item": ITEM, "ReturnValues": "ALL_OLD", **CONDITION},
        "UpdateItem": {"TableName": "state", "Key": KEY, "UpdateExpression": "SET #owner = :me",
                       "ReturnValues": "ALL_NEW", **CONDITION},
        "DeleteItem": {"TableName": "state", "Key": KEY, "ReturnValues": "NONE", **CONDITION},
        "Query": QUERY,
        "TransactWriteItems": {"ClientRequestToken": "tok", "TransactItems": [
            {"ConditionCheck": {"TableName": "state", "Key": KEY, **CONDITION}},
            {"Put": {"TableName": "state", "Item": ITEM, **CONDITION}},
            {"Update": {"TableName": "state", "Key": KEY, "UpdateExpression": "SET #owner = :me", **CONDITION}},
            {"Delete": {"TableName": "state", "Key": KEY}}]},
    },
}
