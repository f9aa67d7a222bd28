#!/usr/bin/python3
"""The deployment of test::whole_stack (tests/support) and its removal, call by call with boto3."""

import json
import os

import boto3
import botocore.config

CONFIG = botocore.config.Config(proxies={}, retries={"max_attempts": 1})
TAGS = [{"Key": "Name", "Value": "bench"}, {"Key": "albatross:stack", "Value": "bench"},
        {"Key": "albatross:deployment", "Value": "0123456789ab"},
        {"Key": "albatross:node", "Value": "vpc"}]
SERVICES = {"web": 8080, "api": 9090, "admin": 9091}
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
     "Action": "sts:AssumeRole"}]})


def client(name):
    # Older versions of boto3 do not read the variable.
    return boto3.client(name, config=CONFIG, endpoint_url=os.environ["AWS_ENDPOINT_URL"])


ec2, elb, efs, iam, sts = (client(n) for n in ("ec2", "elbv2", "efs", "iam", "sts"))


def tags(kind):
    return [{"ResourceType": kind, "Tags": TAGS}]


def missing(call, **arguments):
    try:
        call(**arguments)
    except call.__self__.exceptions.ClientError:
        pass


def look_around():
    sts.get_caller_identity()
    ec2.describe_availability_zones()
    missing(elb.describe_load_balancers, Names=["bench-alb"])
    for service in SERVICES:
        missing(elb.describe_target_groups, Names=["bench-" + service])


def make_network(s):
    s["vpc"] = ec2.create_vpc(CidrBlock="10.42.0.0/16", TagSpecifications=tags("vpc"))["Vpc"]["VpcId"]
    ec2.describe_vpcs(VpcIds=[s["vpc"]])
    ec2.modify_vpc_attribute(VpcId=s["vpc"], EnableDnsHostnames={"Value": True})
    s["subnets"] = [ec2.create_subnet(
        VpcId=s["vpc"], CidrBlock=f"10.42.{16 * i}.0/20", AvailabilityZone="us-east-1" + "ab"[i],
        TagSpecifications=tags("subnet"))["Subnet"]["SubnetId"] for i in range(2)]
    s["gateway"] = ec2.create_internet_gateway(
        TagSpecifications=tags("internet-gateway"))["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=s["gateway"], VpcId=s["vpc"])
    s["table"] = ec2.create_route_table(
        VpcId=s["vpc"], TagSpecifications=tags("route-table"))["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=s["table"], DestinationCidrBlock="0.0.0.0/0",
                     GatewayId=s["gateway"])
    for subnet in s["subnets"]:
        ec2.associate_route_table(RouteTableId=s["table"], SubnetId=subnet)


def open_ports(group, ports, **peers):
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **peers} for port in ports],
        TagSpecifications=tags("security-group-rule"))


def make_groups(s):
    for name in ("alb", "app", "storage"):
        s[name] = ec2.create_security_group(
            GroupName="bench-" + name, Description=name, VpcId=s["vpc"],
            TagSpecifications=tags("security-group"))["GroupId"]
    open_ports(s["alb"], [80], IpRanges=[{"CidrIp": "0.0.0.0/0"}])
    open_ports(s["app"], SERVICES.values(), UserIdGroupPairs=[{"GroupId": s["alb"]}])
    open_ports(s["storage"], [2049], UserIdGroupPairs=[{"GroupId": s["app"]}])


def make_storage(s):
    s["fs"] = efs.create_file_system(CreationToken="bench", Encrypted=True, Tags=TAGS)["FileSystemId"]
    efs.describe_file_systems(FileSystemId=s["fs"])
    s["mounts"] = [efs.create_mount_target(
        FileSystemId=s["fs"], SubnetId=subnet, SecurityGroups=[s["storage"]])["MountTargetId"]
        for subnet in s["subnets"]]
    efs.describe_mount_targets(FileSystemId=s["fs"])
    iam.create_role(RoleName="bench", AssumeRolePolicyDocument=TRUST, Tags=TAGS)
    iam.put_role_policy(RoleName="bench", PolicyName="mount", PolicyDocument=TRUST)
    iam.create_instance_profile(InstanceProfileName="bench", Tags=TAGS)
    iam.add_role_to_instance_profile(InstanceProfileName="bench", RoleName="bench")


def launch(s):
    s["instances"] = [ec2.run_instances(
        ImageId="ami-0a1b2c3d4e5f60001", InstanceType="t3.small", MinCount=1, MaxCount=1,
        ClientToken=f"bench-{os.getpid()}-{i}", UserData="#!/bin/sh\nserve\n",
        IamInstanceProfile={"Name": "bench"},
        NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": s["subnets"][i], "Groups": [s["app"]],
                            "AssociatePublicIpAddress": True}],
        TagSpecifications=tags("instance"))["Instances"][0]["InstanceId"] for i in range(2)]
    ec2.describe_instances(InstanceIds=s["instances"])


def balance(s):
    s["lb"] = elb.create_load_balancer(
        Name="bench-alb", Subnets=s["subnets"], SecurityGroups=[s["alb"]],
        Tags=TAGS)["LoadBalancers"][0]["LoadBalancerArn"]
    s["groups"] = {name: elb.create_target_group(
        Name="bench-" + name, Protocol="HTTP", Port=port, VpcId=s["vpc"], HealthCheckPath="/ready",
        TargetType="instance", Tags=TAGS)["TargetGroups"][0]["TargetGroupArn"]
        for name, port in SERVICES.items()}
    listener = elb.create_listener(
        LoadBalancerArn=s["lb"], Protocol="HTTP", Port=80, Tags=TAGS, DefaultActions=[
            {"Type": "forward", "TargetGroupArn": s["groups"]["web"]}])["Listeners"][0]
    for i, name in enumerate(("api", "admin")):
        elb.create_rule(ListenerArn=listener["ListenerArn"], Priority=10 * (i + 1), Tags=TAGS,
                        Conditions=[{"Field": "path-pattern", "Values": [f"/{name}/*"]}],
                        Actions=[{"Type": "forward", "TargetGroupArn": s["groups"][name]}])
    for name, port in SERVICES.items():
        elb.register_targets(TargetGroupArn=s["groups"][name], Targets=[
            {"Id": i, "Port": port} for i in s["instances"]])
    elb.describe_load_balancers(LoadBalancerArns=[s["lb"]])
    for group in s["groups"].values():
        elb.describe_target_health(TargetGroupArn=group)


def remove_what_runs(s):
    sts.get_caller_identity()
    elb.delete_load_balancer(LoadBalancerArn=s["lb"])
    missing(elb.describe_load_balancers, LoadBalancerArns=[s["lb"]])
    ec2.describe_network_interfaces(Filters=[{"Name": "description", "Values": ["ELB x"]}])
    for group in s["groups"].values():
        elb.delete_target_group(TargetGroupArn=group)
    for instance in s["instances"]:
        ec2.terminate_instances(InstanceIds=[instance])
    ec2.describe_instances(InstanceIds=s["instances"])
    for mount in s["mounts"]:
        efs.delete_mount_target(MountTargetId=mount)
    efs.describe_mount_targets(FileSystemId=s["fs"])
    efs.delete_file_system(FileSystemId=s["fs"])
    missing(efs.describe_file_systems, FileSystemId=s["fs"])
    iam.remove_role_from_instance_profile(InstanceProfileName="bench", RoleName="bench")
    iam.delete_instance_profile(InstanceProfileName="bench")
    iam.delete_role_policy(RoleName="bench", PolicyName="mount")
    iam.delete_role(RoleName="bench")


def remove_network(s):
    rules = ec2.describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [s["app"], s["storage"]]}])["SecurityGroupRules"]
    for group in (s["app"], s["storage"]):
        ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[
            r["SecurityGroupRuleId"] for r in rules if r["GroupId"] == group and not r["IsEgress"]])
    for group in ("storage", "app", "alb"):
        ec2.delete_security_group(GroupId=s[group])
    for subnet in s["subnets"]:
        ec2.delete_subnet(SubnetId=subnet)
    ec2.detach_internet_gateway(InternetGatewayId=s["gateway"], VpcId=s["vpc"])
    ec2.delete_internet_gateway(InternetGatewayId=s["gateway"])
    ec2.delete_route_table(RouteTableId=s["table"])
    ec2.delete_vpc(VpcId=s["vpc"])


def take_receipt():
    ec2.describe_tags(Filters=[{"Name": "key", "Values": ["albatross:deployment"]}])
    ec2.describe_instances(Filters=[{"Name": "tag:albatross:deployment", "Values": ["0123"]}])
    elb.describe_load_balancers()
    elb.describe_target_groups()
    efs.describe_file_systems()
    missing(iam.get_role, RoleName="bench")
    missing(iam.get_instance_profile, InstanceProfileName="bench")


def main():
    stack = {}
    look_around()
    for step in (make_network, make_groups, make_storage, launch, balance, remove_what_runs,
                 remove_network):
        step(stack)
    take_receipt()


if __name__ == "__main__":
    main()
