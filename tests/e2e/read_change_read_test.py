#!/usr/bin/env python3
"""The life that a tool such as Terraform gives each resource: apply, read everything and find what
was asked for, read again and find no difference, change one thing and find that and nothing else,
destroy, and find nothing. All of it with boto3, by the calls that such a tool makes.
"""
import json
import unittest

from aws_clients import AMI_PARAMETER, REGION, ClientCase
from resource_reads import Reads, changes, flat

TAGS = [{"Key": "Name", "Value": "rcr"}, {"Key": "team", "Value": "a b/c+d=e"}]
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
     "Action": "sts:AssumeRole"}]})
KEY_MATERIAL = b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAlbatrossAlbatrossAlbatrossAlbatross me@here"


def tagged(kind):
    return [{"ResourceType": kind, "Tags": TAGS}]


class ReadChangeRead(ClientCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reads = Reads(cls.ec2, cls.elb, cls.efs, cls.iam)

    def setUp(self):
        before = self.sim.inventory()
        self.addCleanup(self.until, "nothing is left", lambda: self.sim.inventory() == before)

    def has(self, answer, **wanted):
        """What was asked for is what is read; tags in whatever list they come."""
        leaves = flat(answer)
        for name, value in wanted.items():
            found = [v for p, v in leaves.items() if p.rsplit("/", 1)[-1] == name]
            self.assertIn(value, found, f"{name} in {json.dumps(answer, default=str)[:2000]}")

    def stays(self, read, *arguments, **wanted):
        """Reads twice: the same both times, and as wanted."""
        first = read(*arguments)
        self.assertEqual(set(), changes(first, read(*arguments)))
        self.has(first, **wanted)
        return first

    def changed(self, before, paths, read, *arguments, **wanted):
        """Since `before`, what ends in these names has changed, and nothing else."""
        after = self.stays(read, *arguments, **wanted)
        found = {p.rsplit("/", 1)[-1] for p in changes(before, after)}
        self.assertEqual(set(paths), found, changes(before, after))
        return after

    def network(self):
        """A VPC with two subnets, a gateway and a route, taken down at the end of the test."""
        ec2 = self.ec2
        vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        self.addCleanup(ec2.delete_vpc, VpcId=vpc)
        subnets = []
        for i in range(2):
            subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.9.{i}.0/24",
                                       AvailabilityZone=REGION + "ab"[i])["Subnet"]["SubnetId"]
            self.addCleanup(self.retrying, ["DependencyViolation"], ec2.delete_subnet,
                            SubnetId=subnet)
            subnets.append(subnet)
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        self.addCleanup(ec2.delete_internet_gateway, InternetGatewayId=gateway)
        self.addCleanup(self.retrying, ["DependencyViolation"], ec2.detach_internet_gateway,
                        InternetGatewayId=gateway, VpcId=vpc)
        return vpc, subnets

    def test_vpc(self):
        ec2 = self.ec2
        vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16", InstanceTenancy="default",
                             TagSpecifications=tagged("vpc"))["Vpc"]["VpcId"]
        self.waiter(ec2, "vpc_available", VpcIds=[vpc])
        read = self.stays(self.reads.vpc, vpc, CidrBlock="10.9.0.0/16", IsDefault=False,
                          InstanceTenancy="default", State="available")
        self.assertEqual(TAGS, read["describe_vpcs"]["Vpcs"][0]["Tags"])
        for part in ("describe_network_acls", "describe_route_tables", "describe_security_groups"):
            self.assertEqual(1, sum(len(v) for v in read[part].values() if isinstance(v, list)),
                             f"one default of each: {part}")
        self.assertEqual(1, len(read["describe_dhcp_options"]["DhcpOptions"]))
        ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        read = self.changed(read, ["Value"], self.reads.vpc, vpc)
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": "team", "Value": "b"}])
        read = self.changed(read, ["Value"], self.reads.vpc, vpc, Value="b")
        ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "team"}])
        self.changed(read, ["Key", "Value"], self.reads.vpc, vpc)
        ec2.delete_vpc(VpcId=vpc)
        self.refuses("InvalidVpcID.NotFound", 400, ec2.describe_vpcs, VpcIds=[vpc])

    def test_subnet(self):
        ec2 = self.ec2
        vpc, _ = self.network()
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.7.0/24", AvailabilityZone=REGION + "c",
                                   TagSpecifications=tagged("subnet"))["Subnet"]["SubnetId"]
        self.waiter(ec2, "subnet_available", SubnetIds=[subnet])
        read = self.stays(self.reads.subnet, subnet, CidrBlock="10.9.7.0/24", VpcId=vpc,
                          MapPublicIpOnLaunch=False, AvailableIpAddressCount=251,
                          AssignIpv6AddressOnCreation=False)
        ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
        self.changed(read, ["MapPublicIpOnLaunch"], self.reads.subnet, subnet)
        ec2.delete_subnet(SubnetId=subnet)
        self.refuses("InvalidSubnetID.NotFound", 400, ec2.describe_subnets, SubnetIds=[subnet])

    def test_internet_gateway(self):
        ec2 = self.ec2
        vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        gateway = ec2.create_internet_gateway(TagSpecifications=tagged("internet-gateway"))
        gateway = gateway["InternetGateway"]["InternetGatewayId"]
        read = self.stays(self.reads.gateway, gateway, Value="rcr")
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        self.changed(read, ["Attachments", "State", "VpcId"], self.reads.gateway, gateway,
                     State="available", VpcId=vpc)
        self.refuses("DependencyViolation", 400, ec2.delete_internet_gateway,
                     InternetGatewayId=gateway)
        ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        self.assertEqual(set(), changes(read, self.reads.gateway(gateway)))
        ec2.delete_internet_gateway(InternetGatewayId=gateway)
        ec2.delete_vpc(VpcId=vpc)
        self.refuses("InvalidInternetGatewayID.NotFound", 400, ec2.describe_internet_gateways,
                     InternetGatewayIds=[gateway])

    def test_route_table_and_association(self):
        ec2 = self.ec2
        vpc, subnets = self.network()
        gateway = ec2.describe_internet_gateways(**self.reads.where(attachment__vpc_id=vpc))
        gateway = gateway["InternetGateways"][0]["InternetGatewayId"]
        table = ec2.create_route_table(VpcId=vpc, TagSpecifications=tagged("route-table"))
        table = table["RouteTable"]["RouteTableId"]
        read = self.stays(self.reads.table, table, GatewayId="local", Origin="CreateRouteTable")
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        read = self.changed(read, ["DestinationCidrBlock", "GatewayId", "Origin", "State"],
                            self.reads.table, table, GatewayId=gateway, Origin="CreateRoute")
        link = ec2.associate_route_table(RouteTableId=table, SubnetId=subnets[0])["AssociationId"]
        self.stays(self.reads.association, link, SubnetId=subnets[0], State="associated",
                   RouteTableAssociationId=link, Main=False)
        new = ec2.replace_route_table_association(AssociationId=link, RouteTableId=table)
        link = new["NewAssociationId"]
        self.refuses("DependencyViolation", 400, ec2.delete_route_table, RouteTableId=table)
        ec2.disassociate_route_table(AssociationId=link)
        self.assertEqual([], self.reads.association(link)["describe_route_tables"]["RouteTables"])
        self.assertEqual(set(), changes(read, self.reads.table(table)))
        ec2.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
        ec2.delete_route_table(RouteTableId=table)
        self.refuses("InvalidRouteTableID.NotFound", 400, ec2.describe_route_tables,
                     RouteTableIds=[table])

    def test_security_group_and_rules(self):
        ec2 = self.ec2
        vpc, _ = self.network()
        group = ec2.create_security_group(GroupName="rcr", Description="d", VpcId=vpc,
                                          TagSpecifications=tagged("security-group"))["GroupId"]
        everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        ec2.revoke_security_group_egress(GroupId=group, IpPermissions=everything)
        read = self.stays(self.reads.group, group, Description="d", IpPermissionsEgress=[],
                          SecurityGroupRules=[])
        rule = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
             "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "web"}]}],
            TagSpecifications=tagged("security-group-rule"))["SecurityGroupRules"][0]
        rule = rule["SecurityGroupRuleId"]
        read = self.stays(self.reads.group, group, FromPort=80, CidrIp="10.0.0.0/8",
                          CidrIpv4="10.0.0.0/8", IsEgress=False, SecurityGroupRuleId=rule)
        self.assertEqual(TAGS, read["describe_security_group_rules"]["SecurityGroupRules"][0]["Tags"])
        ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[
            {"SecurityGroupRuleId": rule, "SecurityGroupRule": {
                "IpProtocol": "tcp", "FromPort": 80, "ToPort": 81, "CidrIpv4": "10.0.0.0/8",
                "Description": "web"}}])
        read = self.changed(read, ["ToPort"], self.reads.group, group, ToPort=81)
        ec2.update_security_group_rule_descriptions_ingress(
            GroupId=group, SecurityGroupRuleDescriptions=[
                {"SecurityGroupRuleId": rule, "Description": "site"}])
        read = self.changed(read, ["Description"], self.reads.group, group, Description="site")
        ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule])
        self.has(self.reads.group(group), IpPermissions=[], SecurityGroupRules=[])
        ec2.delete_security_group(GroupId=group)
        self.refuses("InvalidGroup.NotFound", 400, ec2.describe_security_groups, GroupIds=[group])

    def profile(self, name):
        self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
        self.iam.create_instance_profile(InstanceProfileName=name)
        self.iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=name)
        self.addCleanup(self.iam.delete_role, RoleName=name)
        self.addCleanup(self.iam.delete_instance_profile, InstanceProfileName=name)
        self.addCleanup(self.iam.remove_role_from_instance_profile, InstanceProfileName=name,
                        RoleName=name)

    def launch(self, subnet, **more):
        ami = self.ssm.get_parameter(Name=AMI_PARAMETER)["Parameter"]["Value"]
        made = self.ec2.run_instances(ImageId=ami, InstanceType="t3.micro", MinCount=1, MaxCount=1,
                                      SubnetId=subnet, **more)["Instances"][0]["InstanceId"]
        self.waiter(self.ec2, "instance_running", InstanceIds=[made])
        return made

    def terminate(self, instance):
        self.ec2.terminate_instances(InstanceIds=[instance])
        self.waiter(self.ec2, "instance_terminated", InstanceIds=[instance])

    def test_instance(self):
        ec2 = self.ec2
        _, subnets = self.network()
        for name in ("rcr-1", "rcr-2"):
            self.profile(name)
        key = ec2.import_key_pair(KeyName="rcr", PublicKeyMaterial=KEY_MATERIAL,
                                  TagSpecifications=tagged("key-pair"))
        self.stays(self.reads.key_pair, "rcr", KeyType="ed25519",
                   KeyFingerprint=key["KeyFingerprint"], KeyPairId=key["KeyPairId"])
        instance = self.launch(
            subnets[0], KeyName="rcr", UserData="#!/bin/sh\necho hello\n",
            TagSpecifications=tagged("instance") + tagged("volume"),
            MetadataOptions={"HttpTokens": "required", "HttpPutResponseHopLimit": 1},
            CreditSpecification={"CpuCredits": "standard"})
        read = self.stays(self.reads.instance, instance, KeyName="rcr", CpuCredits="standard",
                          HttpTokens="required", HttpPutResponseHopLimit=1, CoreCount=1,
                          VolumeType="gp3", RootDeviceName="/dev/xvda")
        volume = read["describe_volumes"]["Volumes"][0]
        self.assertEqual(TAGS, volume["Tags"])
        ec2.modify_instance_attribute(InstanceId=instance, DisableApiTermination={"Value": True})
        read = self.changed(read, ["Value"], self.reads.instance, instance)
        self.refuses("OperationNotPermitted", 400, ec2.terminate_instances, InstanceIds=[instance])
        ec2.modify_instance_attribute(InstanceId=instance, DisableApiTermination={"Value": False})
        ec2.modify_instance_attribute(InstanceId=instance, SourceDestCheck={"Value": False})
        ec2.modify_instance_metadata_options(InstanceId=instance, HttpPutResponseHopLimit=2)
        ec2.monitor_instances(InstanceIds=[instance])
        ec2.modify_instance_credit_specification(InstanceCreditSpecifications=[
            {"InstanceId": instance, "CpuCredits": "unlimited"}])
        read = self.changed(read, ["Value", "SourceDestCheck", "HttpPutResponseHopLimit", "State",
                                   "CpuCredits"], self.reads.instance, instance,
                            HttpPutResponseHopLimit=2, CpuCredits="unlimited", State="enabled")
        self.associate_profile(instance, read)
        self.resize(instance, volume)
        self.terminate(instance)
        ec2.delete_key_pair(KeyName="rcr")
        self.refuses("InvalidKeyPair.NotFound", 400, ec2.describe_key_pairs, KeyNames=["rcr"])

    def associate_profile(self, instance, read):
        ec2 = self.ec2
        one = self.retrying(["InvalidParameterValue"], ec2.associate_iam_instance_profile,
                            InstanceId=instance, IamInstanceProfile={"Name": "rcr-1"})
        one = one["IamInstanceProfileAssociation"]["AssociationId"]
        with_one = self.stays(self.reads.instance, instance, AssociationId=one, State="associated")
        two = self.retrying(["InvalidParameterValue"], ec2.replace_iam_instance_profile_association,
                            AssociationId=one, IamInstanceProfile={"Name": "rcr-2"})
        two = two["IamInstanceProfileAssociation"]["AssociationId"]
        self.changed(with_one, ["AssociationId", "Arn", "Id"], self.reads.instance, instance,
                     AssociationId=two)
        ec2.disassociate_iam_instance_profile(AssociationId=two)
        self.assertEqual(set(), changes(read, self.reads.instance(instance)))

    def resize(self, instance, volume):
        ec2 = self.ec2
        before = self.reads.instance(instance)
        ec2.modify_volume(VolumeId=volume["VolumeId"], Size=volume["Size"] + 4)
        self.until("volume modified", lambda: ec2.describe_volumes_modifications(
            VolumeIds=[volume["VolumeId"]])["VolumesModifications"][0][
                "ModificationState"] == "completed")
        self.changed(before, ["Size"], self.reads.instance, instance, Size=volume["Size"] + 4)
        ec2.stop_instances(InstanceIds=[instance])
        self.waiter(ec2, "instance_stopped", InstanceIds=[instance])
        ec2.modify_instance_attribute(InstanceId=instance, InstanceType={"Value": "t3.small"})
        ec2.start_instances(InstanceIds=[instance])
        self.waiter(ec2, "instance_running", InstanceIds=[instance])
        self.stays(self.reads.instance, instance, InstanceType="t3.small")

    def balancer(self, subnets, **more):
        arn = self.elb.create_load_balancer(Name="rcr", Subnets=subnets, Tags=TAGS,
                                            **more)["LoadBalancers"][0]["LoadBalancerArn"]
        self.waiter(self.elb, "load_balancer_available", LoadBalancerArns=[arn])
        return arn

    def remove_balancer(self, arn):
        self.elb.delete_load_balancer(LoadBalancerArn=arn)
        self.waiter(self.elb, "load_balancers_deleted", LoadBalancerArns=[arn])
        self.refuses("LoadBalancerNotFound", 400, self.elb.describe_load_balancer_attributes,
                     LoadBalancerArn=arn)

    def test_load_balancer(self):
        elb = self.elb
        vpc, subnets = self.network()
        group = self.ec2.create_security_group(GroupName="lb", Description="lb",
                                               VpcId=vpc)["GroupId"]
        self.addCleanup(self.retrying, ["DependencyViolation"], self.ec2.delete_security_group,
                        GroupId=group)
        arn = self.balancer(subnets)
        read = self.stays(self.reads.load_balancer, arn, Scheme="internet-facing", Code="active",
                          Type="application", IpAddressType="ipv4", Value="rcr")
        elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[
            {"Key": "idle_timeout.timeout_seconds", "Value": "120"}])
        read = self.changed(read, ["Value"], self.reads.load_balancer, arn, Value="120")
        elb.set_security_groups(LoadBalancerArn=arn, SecurityGroups=[group])
        lb = self.stays(self.reads.load_balancer, arn)["describe_load_balancers"]
        self.assertEqual([group], lb["LoadBalancers"][0]["SecurityGroups"])
        elb.add_tags(ResourceArns=[arn], Tags=[{"Key": "team", "Value": "b"}])
        elb.remove_tags(ResourceArns=[arn], TagKeys=["Name"])
        tags = self.stays(self.reads.load_balancer, arn)["describe_tags"]["TagDescriptions"]
        self.assertEqual([{"Key": "team", "Value": "b"}], tags[0]["Tags"])
        self.remove_balancer(arn)

    def test_target_group_and_attachment(self):
        elb = self.elb
        vpc, subnets = self.network()
        made = elb.create_target_group(Name="rcr", Protocol="HTTP", Port=8080, VpcId=vpc,
                                       TargetType="instance", HealthCheckPath="/up",
                                       Matcher={"HttpCode": "200-299"}, Tags=TAGS)["TargetGroups"][0]
        arn = made["TargetGroupArn"]
        read = self.stays(self.reads.target_group, arn, HealthCheckPath="/up", HttpCode="200-299",
                          HealthCheckIntervalSeconds=30, ProtocolVersion="HTTP1", Value="rcr")
        elb.modify_target_group(TargetGroupArn=arn, HealthCheckPath="/ready",
                                HealthCheckIntervalSeconds=15)
        read = self.changed(read, ["HealthCheckPath", "HealthCheckIntervalSeconds"],
                            self.reads.target_group, arn, HealthCheckPath="/ready")
        elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[
            {"Key": "deregistration_delay.timeout_seconds", "Value": "5"},
            {"Key": "stickiness.enabled", "Value": "true"}])
        self.changed(read, ["Value"], self.reads.target_group, arn, Value="5")
        target = {"Id": self.launch(subnets[0]), "Port": 8080}
        elb.register_targets(TargetGroupArn=arn, Targets=[target])
        self.stays(self.reads.attachment, arn, target, State="unused", Reason="Target.NotInUse")
        elb.deregister_targets(TargetGroupArn=arn, Targets=[target])
        self.waiter(elb, "target_deregistered", TargetGroupArn=arn, Targets=[target])
        self.terminate(target["Id"])
        elb.delete_target_group(TargetGroupArn=arn)
        self.refuses("TargetGroupNotFound", 400, elb.describe_target_groups, TargetGroupArns=[arn])

    def test_listener_and_rule(self):
        elb = self.elb
        vpc, subnets = self.network()
        lb = self.balancer(subnets)
        group = elb.create_target_group(Name="rcr", Protocol="HTTP", Port=80,
                                        VpcId=vpc)["TargetGroups"][0]["TargetGroupArn"]
        forward = [{"Type": "forward", "TargetGroupArn": group}]
        listener = elb.create_listener(LoadBalancerArn=lb, Protocol="HTTP", Port=80, Tags=TAGS,
                                       DefaultActions=forward)["Listeners"][0]["ListenerArn"]
        read = self.stays(self.reads.listener, listener, Port=80, Protocol="HTTP",
                          TargetGroupArn=group, Value="rcr")
        elb.modify_listener(ListenerArn=listener, Port=8080)
        self.changed(read, ["Port"], self.reads.listener, listener, Port=8080)
        rule = elb.create_rule(ListenerArn=listener, Priority=7, Actions=forward, Tags=TAGS,
                               Conditions=[{"Field": "path-pattern", "PathPatternConfig": {
                                   "Values": ["/a/*"]}}])["Rules"][0]["RuleArn"]
        read = self.stays(self.reads.rule, rule, Priority="7", Field="path-pattern",
                          IsDefault=False, Type="forward")
        elb.set_rule_priorities(RulePriorities=[{"RuleArn": rule, "Priority": 8}])
        read = self.changed(read, ["Priority"], self.reads.rule, rule, Priority="8")
        elb.modify_rule(RuleArn=rule, Actions=[{"Type": "fixed-response", "FixedResponseConfig": {
            "StatusCode": "404", "ContentType": "text/plain", "MessageBody": "no"}}])
        self.stays(self.reads.rule, rule, StatusCode="404", MessageBody="no", Type="fixed-response")
        elb.delete_rule(RuleArn=rule)
        self.refuses("RuleNotFound", 400, elb.describe_rules, RuleArns=[rule])
        elb.delete_listener(ListenerArn=listener)
        self.refuses("ListenerNotFound", 400, elb.describe_listeners, ListenerArns=[listener])
        self.remove_balancer(lb)
        self.retrying(["ResourceInUse"], elb.delete_target_group, TargetGroupArn=group)

    def test_file_system_and_mount_target(self):
        efs = self.efs
        vpc, subnets = self.network()
        fs = efs.create_file_system(CreationToken="rcr", Encrypted=True, Tags=TAGS,
                                    ThroughputMode="elastic")["FileSystemId"]
        self.until("available", lambda: self.reads.file_system(fs)["describe_file_systems"][
            "FileSystems"][0]["LifeCycleState"] == "available")
        read = self.stays(self.reads.file_system, fs, Encrypted=True, ThroughputMode="elastic",
                          PerformanceMode="generalPurpose", CreationToken="rcr", Name="rcr")
        self.refuses("PolicyNotFound", 404, efs.describe_file_system_policy, FileSystemId=fs)
        efs.put_lifecycle_configuration(FileSystemId=fs, LifecyclePolicies=[
            {"TransitionToIA": "AFTER_30_DAYS"}])
        read = self.changed(read, ["LifecyclePolicies", "TransitionToIA"], self.reads.file_system,
                            fs, TransitionToIA="AFTER_30_DAYS")
        efs.put_backup_policy(FileSystemId=fs, BackupPolicy={"Status": "ENABLED"})
        self.changed(read, ["Status"], self.reads.file_system, fs, Status="ENABLED")
        groups = [self.ec2.create_security_group(GroupName=f"fs{i}", Description="fs",
                                                 VpcId=vpc)["GroupId"] for i in range(2)]
        mount = efs.create_mount_target(FileSystemId=fs, SubnetId=subnets[0],
                                        SecurityGroups=groups[:1])["MountTargetId"]
        # Its groups cannot be read before.
        self.until("mounted", lambda: efs.describe_mount_targets(MountTargetId=mount)[
            "MountTargets"][0]["LifeCycleState"] == "available")
        read = self.stays(self.reads.mount_target, mount, SubnetId=subnets[0], FileSystemId=fs,
                          AvailabilityZoneName=REGION + "a", VpcId=vpc)
        efs.modify_mount_target_security_groups(MountTargetId=mount, SecurityGroups=groups[1:])
        after = self.stays(self.reads.mount_target, mount)
        self.assertEqual(groups[1:], after["describe_mount_target_security_groups"][
            "SecurityGroups"])
        efs.delete_mount_target(MountTargetId=mount)
        self.retrying(["FileSystemInUse"], efs.delete_file_system, FileSystemId=fs)
        self.until("gone", lambda: not efs.describe_file_systems(CreationToken="rcr")[
            "FileSystems"])
        self.refuses("FileSystemNotFound", 404, efs.describe_file_systems, FileSystemId=fs)
        for group in groups:
            self.retrying(["DependencyViolation"], self.ec2.delete_security_group, GroupId=group)

    def test_role_and_instance_profile(self):
        iam = self.iam
        boundary = "arn:aws:iam::aws:policy/PowerUserAccess"
        iam.create_role(RoleName="rcr", AssumeRolePolicyDocument=TRUST, Path="/stack/",
                        MaxSessionDuration=7200, Tags=TAGS)
        read = self.stays(self.reads.role, "rcr", Path="/stack/", MaxSessionDuration=7200)
        iam.update_role(RoleName="rcr", Description="new", MaxSessionDuration=3600)
        read = self.changed(read, ["Description", "MaxSessionDuration"], self.reads.role, "rcr")
        iam.put_role_permissions_boundary(RoleName="rcr", PermissionsBoundary=boundary)
        self.changed(read, ["PermissionsBoundaryArn", "PermissionsBoundaryType"], self.reads.role,
                     "rcr", PermissionsBoundaryArn=boundary)
        iam.delete_role_permissions_boundary(RoleName="rcr")
        self.assertEqual(set(), changes(read, self.reads.role("rcr")))
        iam.put_role_policy(RoleName="rcr", PolicyName="own", PolicyDocument=TRUST)
        iam.attach_role_policy(RoleName="rcr", PolicyArn=boundary)
        self.stays(self.reads.role, "rcr", PolicyArn=boundary, PolicyName="PowerUserAccess")
        self.assertEqual(json.loads(TRUST), iam.get_role_policy(
            RoleName="rcr", PolicyName="own")["PolicyDocument"])
        iam.create_instance_profile(InstanceProfileName="rcr", Tags=TAGS)
        iam.add_role_to_instance_profile(InstanceProfileName="rcr", RoleName="rcr")
        self.stays(self.reads.profile, "rcr", RoleName="rcr", Value="rcr")
        self.stays(self.reads.role, "rcr", InstanceProfileName="rcr")
        iam.remove_role_from_instance_profile(InstanceProfileName="rcr", RoleName="rcr")
        iam.delete_instance_profile(InstanceProfileName="rcr")
        iam.detach_role_policy(RoleName="rcr", PolicyArn=boundary)
        iam.delete_role_policy(RoleName="rcr", PolicyName="own")
        iam.delete_role(RoleName="rcr")
        self.refuses("NoSuchEntity", 404, iam.get_role, RoleName="rcr")
        self.refuses("NoSuchEntity", 404, iam.get_instance_profile, InstanceProfileName="rcr")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
