#!/usr/bin/env python3
"""Other people's AWS clients against `albatross sim`: boto3 and the AWS CLI of Debian.

Exit code 77 when boto3 is not there; the CLI cases are skipped, loudly, when `aws` is not.
"""
import base64
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import time
import unittest

from aws_clients import AMI_PARAMETER, KEY, REGION, SECRET, ClientCase

import botocore
import botocore.auth
import botocore.exceptions
import botocore.parsers

AWS = "/usr/bin/aws" if pathlib.Path("/usr/bin/aws").exists() else shutil.which("aws")


class RealClients(ClientCase):
    # The whole job, written as a user of boto3 would.
    def test_a_whole_deployment_goes_up_serves_and_comes_down(self):
        before = self.sim.inventory()
        stack = self.deploy()
        self.look_at(stack)
        self.tear_down(stack)
        self.assertEqual(before, self.sim.inventory())

    def deploy(self):
        ec2, elb = self.ec2, self.elb
        stack = {}
        tags = [{"Key": "Name", "Value": "e2e <&> \u00fc"}]
        vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16", TagSpecifications=[
            {"ResourceType": "vpc", "Tags": tags}])["Vpc"]["VpcId"]
        self.waiter(ec2, "vpc_available", VpcIds=[vpc])
        ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        self.assertTrue(ec2.describe_vpc_attribute(
            VpcId=vpc, Attribute="enableDnsHostnames")["EnableDnsHostnames"]["Value"])
        subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.7.{i}.0/24",
                                     AvailabilityZone=REGION + "ab"[i])["Subnet"]["SubnetId"]
                   for i in range(2)]
        self.waiter(ec2, "subnet_available", SubnetIds=subnets)
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        links = [ec2.associate_route_table(RouteTableId=table, SubnetId=s)["AssociationId"]
                 for s in subnets]
        groups = {name: ec2.create_security_group(GroupName=name, Description=name,
                                                  VpcId=vpc)["GroupId"]
                  for name in ("alb", "app", "storage")}
        self.open(groups["alb"], 80, IpRanges=[{"CidrIp": "0.0.0.0/0", "Description": "web"}])
        self.open(groups["app"], 8080, UserIdGroupPairs=[{"GroupId": groups["alb"]}])
        self.open(groups["storage"], 2049, UserIdGroupPairs=[{"GroupId": groups["app"]}])
        stack.update(vpc=vpc, subnets=subnets, gateway=gateway, table=table, links=links,
                     groups=groups)
        stack["fs"] = self.make_storage(stack)
        stack["profile"] = self.make_profile()
        stack["instances"] = self.launch(stack)
        stack.update(self.balance(stack))
        self.waiter(ec2, "instance_running", InstanceIds=stack["instances"])
        elb.register_targets(TargetGroupArn=stack["group"], Targets=[
            {"Id": i, "Port": 8080} for i in stack["instances"]])
        self.waiter(elb, "load_balancer_available", LoadBalancerArns=[stack["lb"]])
        self.waiter(elb, "target_in_service", TargetGroupArn=stack["group"])
        return stack

    def open(self, group, port, **peers):
        self.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **peers}])

    def make_storage(self, stack):
        fs = self.efs.create_file_system(CreationToken="e2e", Encrypted=True, Tags=[
            {"Key": "Name", "Value": "e2e"}])
        self.assertEqual("creating", fs["LifeCycleState"])
        fs = fs["FileSystemId"]
        self.until("file system available", lambda: self.efs.describe_file_systems(
            FileSystemId=fs)["FileSystems"][0]["LifeCycleState"] == "available")
        for subnet in stack["subnets"]:
            self.efs.create_mount_target(FileSystemId=fs, SubnetId=subnet,
                                         SecurityGroups=[stack["groups"]["storage"]])
        self.until("mount targets available", lambda: all(
            m["LifeCycleState"] == "available" for m in self.efs.describe_mount_targets(
                FileSystemId=fs)["MountTargets"]))
        return fs

    def make_profile(self):
        trust = json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
             "Action": "sts:AssumeRole"}]})
        self.iam.create_role(RoleName="e2e", AssumeRolePolicyDocument=trust)
        self.assertEqual(json.loads(trust), self.iam.get_role(
            RoleName="e2e")["Role"]["AssumeRolePolicyDocument"])
        self.iam.put_role_policy(RoleName="e2e", PolicyName="efs", PolicyDocument=trust)
        self.iam.attach_role_policy(
            RoleName="e2e", PolicyArn="arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")
        self.iam.create_instance_profile(InstanceProfileName="e2e")
        self.iam.add_role_to_instance_profile(InstanceProfileName="e2e", RoleName="e2e")
        return "e2e"

    def launch(self, stack):
        ami = self.ssm.get_parameter(Name=AMI_PARAMETER)["Parameter"]["Value"]
        arguments = dict(
            ImageId=ami, InstanceType="t3.micro", MinCount=2, MaxCount=2, ClientToken="e2e-token",
            UserData="#!/bin/sh\necho hello\n", IamInstanceProfile={"Name": stack["profile"]},
            NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": stack["subnets"][0],
                                "Groups": [stack["groups"]["app"]],
                                "AssociatePublicIpAddress": True}],
            TagSpecifications=[{"ResourceType": "instance",
                                "Tags": [{"Key": "Name", "Value": "e2e"}]}],
            MetadataOptions={"HttpTokens": "required"},
            BlockDeviceMappings=[{"DeviceName": "/dev/xvda",
                                  "Ebs": {"VolumeSize": 20, "Encrypted": True}}])
        made = self.retrying(["InvalidParameterValue"], self.ec2.run_instances, **arguments)
        ids = [i["InstanceId"] for i in made["Instances"]]
        again = self.ec2.run_instances(**arguments)
        self.assertEqual(ids, [i["InstanceId"] for i in again["Instances"]])
        self.refuses("IdempotentParameterMismatch", 400, self.ec2.run_instances,
                     **{**arguments, "InstanceType": "t3.small"})
        return ids

    def balance(self, stack):
        elb = self.elb
        arguments = dict(Name="e2e", Subnets=stack["subnets"],
                         SecurityGroups=[stack["groups"]["alb"]])
        lb = elb.create_load_balancer(**arguments)["LoadBalancers"][0]
        self.assertEqual("provisioning", lb["State"]["Code"])
        self.assertEqual(lb["LoadBalancerArn"], elb.create_load_balancer(
            **arguments)["LoadBalancers"][0]["LoadBalancerArn"])
        self.refuses("DuplicateLoadBalancerName", 400, elb.create_load_balancer,
                     **{**arguments, "Scheme": "internal"})
        group = elb.create_target_group(
            Name="e2e", Protocol="HTTP", Port=8080, VpcId=stack["vpc"], HealthCheckPath="/healthz",
            HealthyThresholdCount=2, HealthCheckIntervalSeconds=30)["TargetGroups"][0]
        self.refuses("InvalidTarget", 400, elb.register_targets,
                     TargetGroupArn=group["TargetGroupArn"],
                     Targets=[{"Id": "i-0123456789abcdef0"}])
        forward = [{"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}]
        listener = elb.create_listener(LoadBalancerArn=lb["LoadBalancerArn"], Protocol="HTTP",
                                       Port=80, DefaultActions=forward)["Listeners"][0]
        rule = elb.create_rule(
            ListenerArn=listener["ListenerArn"], Priority=10, Actions=forward, Conditions=[
                {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a/*"]}},
                {"Field": "host-header", "HostHeaderConfig": {"Values": ["*.example.com"]}}]
        )["Rules"][0]
        self.refuses("PriorityInUse", 400, elb.create_rule, ListenerArn=listener["ListenerArn"],
                     Priority=10, Actions=forward, Conditions=[
                         {"Field": "path-pattern", "Values": ["/b"]}])
        return dict(lb=lb["LoadBalancerArn"], group=group["TargetGroupArn"],
                    listener=listener["ListenerArn"], rule=rule["RuleArn"])

    def look_at(self, stack):
        ec2, elb = self.ec2, self.elb
        vpc = ec2.describe_vpcs(VpcIds=[stack["vpc"]])["Vpcs"][0]
        self.assertEqual([{"Key": "Name", "Value": "e2e <&> \u00fc"}], vpc["Tags"])
        interfaces = ec2.describe_network_interfaces(Filters=[
            {"Name": "description", "Values": ["ELB app/e2e/*"]}])["NetworkInterfaces"]
        self.assertEqual(sorted(stack["subnets"]), sorted(i["SubnetId"] for i in interfaces))
        self.assertTrue(all(i["RequesterManaged"] for i in interfaces))
        instance = ec2.describe_instances(InstanceIds=stack["instances"][:1])[
            "Reservations"][0]["Instances"][0]
        self.assertEqual("running", instance["State"]["Name"])
        self.assertTrue(instance["PublicIpAddress"] and instance["PublicDnsName"])
        data = ec2.describe_instance_attribute(InstanceId=instance["InstanceId"],
                                               Attribute="userData")["UserData"]["Value"]
        self.assertEqual(b"#!/bin/sh\necho hello\n", base64.b64decode(data))
        volume = instance["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]
        self.assertEqual(20, ec2.describe_volumes(VolumeIds=[volume])["Volumes"][0]["Size"])
        rules = elb.describe_rules(ListenerArn=stack["listener"])["Rules"]
        self.assertEqual(["10", "default"], [r["Priority"] for r in rules])
        listener = elb.describe_listeners(LoadBalancerArn=stack["lb"])["Listeners"][0]
        self.assertEqual(stack["group"], listener["DefaultActions"][0]["TargetGroupArn"])
        group = elb.describe_target_groups(LoadBalancerArn=stack["lb"])["TargetGroups"][0]
        self.assertEqual([stack["lb"]], group["LoadBalancerArns"])
        self.refuses("ResourceInUse", 400, elb.delete_target_group, TargetGroupArn=stack["group"])
        self.refuses("DependencyViolation", 400, ec2.delete_security_group,
                     GroupId=stack["groups"]["app"])
        self.refuses("DependencyViolation", 400, ec2.delete_subnet, SubnetId=stack["subnets"][0])
        self.refuses("DependencyViolation", 400, ec2.delete_vpc, VpcId=stack["vpc"])
        self.refuses("FileSystemInUse", 409, self.efs.delete_file_system,
                     FileSystemId=stack["fs"])
        again = self.refuses("FileSystemAlreadyExists", 409, self.efs.create_file_system,
                             CreationToken="e2e")
        self.assertEqual(stack["fs"], again["FileSystemId"])

    def tear_down(self, stack):
        ec2, elb = self.ec2, self.elb
        elb.deregister_targets(TargetGroupArn=stack["group"],
                               Targets=[{"Id": stack["instances"][0], "Port": 8080}])
        health = elb.describe_target_health(TargetGroupArn=stack["group"], Targets=[
            {"Id": stack["instances"][0], "Port": 8080}])["TargetHealthDescriptions"][0]
        self.assertEqual("draining", health["TargetHealth"]["State"])
        self.waiter(elb, "target_deregistered", TargetGroupArn=stack["group"], Targets=[
            {"Id": stack["instances"][0], "Port": 8080}])
        elb.delete_rule(RuleArn=stack["rule"])
        elb.delete_listener(ListenerArn=stack["listener"])
        elb.delete_load_balancer(LoadBalancerArn=stack["lb"])
        self.refuses("DependencyViolation", 400, ec2.delete_security_group,
                     GroupId=stack["groups"]["alb"])
        self.waiter(elb, "load_balancers_deleted", LoadBalancerArns=[stack["lb"]])
        self.retrying(["ResourceInUse"], elb.delete_target_group, TargetGroupArn=stack["group"])
        ec2.terminate_instances(InstanceIds=stack["instances"])
        self.waiter(ec2, "instance_terminated", InstanceIds=stack["instances"])
        for mount in self.efs.describe_mount_targets(FileSystemId=stack["fs"])["MountTargets"]:
            self.efs.delete_mount_target(MountTargetId=mount["MountTargetId"])
        self.retrying(["FileSystemInUse"], self.efs.delete_file_system, FileSystemId=stack["fs"])
        self.refuses("DeleteConflict", 409, self.iam.delete_role, RoleName="e2e")
        self.iam.remove_role_from_instance_profile(InstanceProfileName="e2e", RoleName="e2e")
        self.iam.delete_instance_profile(InstanceProfileName="e2e")
        self.iam.delete_role_policy(RoleName="e2e", PolicyName="efs")
        self.iam.detach_role_policy(
            RoleName="e2e", PolicyArn="arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")
        self.iam.delete_role(RoleName="e2e")
        for name in ("storage", "app", "alb"):
            self.retrying(["DependencyViolation"], ec2.delete_security_group,
                          GroupId=stack["groups"][name])
        for link in stack["links"]:
            ec2.disassociate_route_table(AssociationId=link)
        ec2.delete_route_table(RouteTableId=stack["table"])
        self.retrying(["DependencyViolation"], ec2.detach_internet_gateway,
                      InternetGatewayId=stack["gateway"], VpcId=stack["vpc"])
        ec2.delete_internet_gateway(InternetGatewayId=stack["gateway"])
        for subnet in stack["subnets"]:
            ec2.delete_subnet(SubnetId=subnet)
        ec2.delete_vpc(VpcId=stack["vpc"])
        self.until("file system gone", lambda: not self.efs.describe_file_systems()["FileSystems"])

    def test_paginators_see_everything_once(self):
        names = [f"page-{i:02}" for i in range(12)]
        vpc = self.ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])[
            "Vpcs"][0]["VpcId"]
        ids = [self.ec2.create_security_group(GroupName=n, Description=n, VpcId=vpc)["GroupId"]
               for n in names]
        pages = list(self.ec2.get_paginator("describe_security_groups").paginate(
            Filters=[{"Name": "group-name", "Values": ["page-*"]}],
            PaginationConfig={"PageSize": 5}))
        self.assertEqual(3, len(pages))
        seen = [g["GroupId"] for page in pages for g in page["SecurityGroups"]]
        self.assertEqual(sorted(ids), seen)
        groups = [self.elb.create_target_group(Name=n, Protocol="HTTP", Port=80, VpcId=vpc)[
            "TargetGroups"][0]["TargetGroupArn"] for n in names]
        pages = list(self.elb.get_paginator("describe_target_groups").paginate(
            PaginationConfig={"PageSize": 5}))
        seen = [g["TargetGroupArn"] for page in pages for g in page["TargetGroups"]]
        self.assertEqual(sorted(groups), sorted(s for s in seen if "/page-" in s))
        self.assertEqual(len(seen), len(set(seen)))
        types = [t["InstanceType"] for page in self.ec2.get_paginator(
            "describe_instance_types").paginate(PaginationConfig={"PageSize": 7})
            for t in page["InstanceTypes"]]
        self.assertEqual(len(types), len(set(types)))
        self.assertIn("t3.micro", types)
        for group in ids:
            self.ec2.delete_security_group(GroupId=group)
        for group in groups:
            self.elb.delete_target_group(TargetGroupArn=group)

    def test_errors_have_aws_codes_and_status(self):
        self.refuses("InvalidVpcID.NotFound", 400, self.ec2.describe_vpcs,
                     VpcIds=["vpc-0123456789abcdef0"])
        self.refuses("InvalidInstanceID.Malformed", 400, self.ec2.describe_instances,
                     InstanceIds=["i-xyz"])
        self.refuses("InvalidParameterValue", 400, self.ec2.describe_vpcs,
                     Filters=[{"Name": "no-such-filter", "Values": ["x"]}])
        self.refuses("DryRunOperation", 412, self.ec2.create_vpc, CidrBlock="10.0.0.0/16",
                     DryRun=True)
        self.refuses("InvalidVpc.Range", 400, self.ec2.create_vpc, CidrBlock="10.0.0.0/8")
        self.refuses("LoadBalancerNotFound", 400, self.elb.describe_load_balancers, Names=["none"])
        self.refuses("TargetGroupNotFound", 400, self.elb.describe_target_groups, Names=["none"])
        self.refuses("ValidationError", 400, self.elb.create_load_balancer, Name="a" * 33,
                     Subnets=["subnet-1"])
        self.refuses("NoSuchEntity", 404, self.iam.get_role, RoleName="none")
        self.refuses("FileSystemNotFound", 404, self.efs.describe_file_systems,
                     FileSystemId="fs-0123456789abcdef0")
        self.refuses("ParameterNotFound", 400, self.ssm.get_parameter, Name="/none")

    def test_a_wrong_secret_is_refused_in_each_services_words(self):
        wrong = dict(secret="not the secret")
        self.refuses("AuthFailure", 401, self.sim.client("ec2", **wrong).describe_vpcs)
        for service, call in (("elbv2", "describe_load_balancers"), ("iam", "list_roles"),
                              ("sts", "get_caller_identity")):
            client = self.sim.client(service, **wrong)
            self.refuses("SignatureDoesNotMatch", 403, getattr(client, call))
        self.refuses("InvalidSignatureException", 403,
                     self.sim.client("efs", **wrong).describe_file_systems)
        self.refuses("InvalidSignatureException", 400,
                     self.sim.client("ssm", **wrong).get_parameter, Name="/x")

    def test_an_unknown_key_is_refused_in_each_services_words(self):
        unknown = dict(key="AKIANOBODYNOBODY1234")
        self.refuses("AuthFailure", 401, self.sim.client("ec2", **unknown).describe_vpcs)
        self.refuses("InvalidClientTokenId", 403,
                     self.sim.client("sts", **unknown).get_caller_identity)
        self.refuses("UnrecognizedClientException", 403,
                     self.sim.client("efs", **unknown).describe_file_systems)

    def test_a_request_without_signature_is_refused(self):
        client = self.sim.client("sts", signature_version=botocore.UNSIGNED)
        self.refuses("MissingAuthenticationToken", 403, client.get_caller_identity)

    def test_an_old_date_is_refused_and_the_answer_tells_the_time(self):
        class Yesterday(datetime.datetime):
            @classmethod
            def utcnow(cls):
                return datetime.datetime.utcfromtimestamp(time.time() - 3600)
        real = botocore.auth.datetime.datetime
        botocore.auth.datetime.datetime = Yesterday
        try:
            response = self.refuses("SignatureDoesNotMatch", 403,
                                    self.sim.client("sts").get_caller_identity)
            self.refuses("RequestExpired", 400, self.sim.client("ec2").describe_vpcs)
        finally:
            botocore.auth.datetime.datetime = real
        self.assertIn("Signature expired", response["Error"]["Message"])
        self.assertIn("date", response["ResponseMetadata"]["HTTPHeaders"])

    def test_an_assumed_role_signs_with_its_session(self):
        identity = self.sts.get_caller_identity()
        trust = json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"AWS": f"arn:aws:iam::{identity['Account']}:root"}}]})
        role = self.iam.create_role(RoleName="ci", AssumeRolePolicyDocument=trust)["Role"]
        self.addCleanup(self.iam.delete_role, RoleName="ci")
        session = self.sts.assume_role(RoleArn=role["Arn"], RoleSessionName="run7")
        keys = session["Credentials"]
        mine = dict(key=keys["AccessKeyId"], secret=keys["SecretAccessKey"])
        arn = self.sim.client("sts", token=keys["SessionToken"], **mine).get_caller_identity()
        self.assertTrue(arn["Arn"].endswith(":assumed-role/ci/run7"), arn)
        self.refuses("InvalidClientTokenId", 403,
                     self.sim.client("sts", token="wrong", **mine).get_caller_identity)
        self.refuses("AccessDenied", 403, self.sts.assume_role, RoleArn=role["Arn"] + "x",
                     RoleSessionName="run7")

    def test_faults_are_injected_over_http_and_counted(self):
        self.sim.control("POST", "/_albatross/faults", {"rules": [
            {"kind": "throttle", "service": "ec2", "action": "DescribeRegions"},
            {"kind": "http_error", "action": "DescribeKeyPairs", "status": 503},
            {"kind": "lost_answer", "action": "CreateInternetGateway"},
            {"kind": "truncated_body", "action": "DescribeDhcpOptions"},
            {"kind": "reset_before", "action": "DescribeAddresses"}]})
        before = len(self.ec2.describe_internet_gateways()["InternetGateways"])
        self.refuses("RequestLimitExceeded", 503, self.ec2.describe_regions)
        self.refuses("503", 503, self.ec2.describe_key_pairs)
        for call in (self.ec2.create_internet_gateway, self.ec2.describe_dhcp_options,
                     self.ec2.describe_addresses):
            with self.assertRaises((botocore.exceptions.HTTPClientError,
                                    botocore.parsers.ResponseParserError)):
                call()
        gateways = self.ec2.describe_internet_gateways()["InternetGateways"]
        self.assertEqual(before + 1, len(gateways), "the lost call took effect")
        spare = [g["InternetGatewayId"] for g in gateways if not g["Attachments"]]
        self.ec2.delete_internet_gateway(InternetGatewayId=spare[0])
        state = self.sim.control("GET", "/_albatross/state")
        self.assertEqual({"throttle": 1, "http_error": 1, "lost_answer": 1, "truncated_body": 1,
                          "reset_before": 1}, state["faults_injected"])
        self.sim.control("DELETE", "/_albatross/faults")

    def test_quotas_are_told_by_service_quotas(self):
        quotas = self.sim.client("service-quotas")
        vcpus = quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-1216C47A")["Quota"]
        self.assertEqual((1280.0, "ec2"), (vcpus["Value"], vcpus["ServiceCode"]))
        pages = quotas.get_paginator("list_service_quotas").paginate(
            ServiceCode="vpc", PaginationConfig={"PageSize": 2})
        codes = [q["QuotaCode"] for page in pages for q in page["Quotas"]]
        self.assertIn("L-F678F1CE", codes)
        self.assertEqual(len(codes), len(set(codes)))
        self.refuses("NoSuchResourceException", 400, quotas.get_service_quota, ServiceCode="ec2",
                     QuotaCode="L-0")

    def test_a_certificate_is_requested_issued_and_deleted(self):
        acm = self.sim.client("acm")
        arn = acm.request_certificate(DomainName="e2e.example.com",
                                      ValidationMethod="DNS")["CertificateArn"]
        self.waiter(acm, "certificate_validated", CertificateArn=arn)
        found = acm.describe_certificate(CertificateArn=arn)["Certificate"]
        self.assertEqual(("ISSUED", "e2e.example.com"), (found["Status"], found["DomainName"]))
        self.assertLess(found["NotBefore"], found["NotAfter"])
        self.assertIn(arn, [c["CertificateArn"] for page in acm.get_paginator(
            "list_certificates").paginate() for c in page["CertificateSummaryList"]])
        acm.delete_certificate(CertificateArn=arn)
        self.refuses("ResourceNotFoundException", 400, acm.describe_certificate,
                     CertificateArn=arn)

    def test_permissions_are_simulated(self):
        user = self.sts.get_caller_identity()["Arn"]
        results = self.iam.simulate_principal_policy(
            PolicySourceArn=user, ActionNames=["ec2:RunInstances", "iam:PassRole"])
        self.assertEqual(["allowed", "allowed"],
                         [r["EvalDecision"] for r in results["EvaluationResults"]])

    def test_a_lease_is_kept_in_a_table(self):
        dynamodb = self.sim.client("dynamodb")
        dynamodb.create_table(
            TableName="e2e", BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"},
                                  {"AttributeName": "at", "AttributeType": "N"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"},
                       {"AttributeName": "at", "KeyType": "RANGE"}])
        self.waiter(dynamodb, "table_exists", TableName="e2e")
        for at in range(7):
            item = {"id": {"S": "lease"}, "at": {"N": str(at)}, "owner": {"S": "me"}}
            dynamodb.put_item(TableName="e2e", Item=item,
                              ConditionExpression="attribute_not_exists(id)")
        self.refuses("ConditionalCheckFailedException", 400, dynamodb.put_item, TableName="e2e",
                     Item=item, ConditionExpression="attribute_not_exists(id)")
        dynamodb.update_item(
            TableName="e2e", Key={"id": {"S": "lease"}, "at": {"N": "3"}},
            UpdateExpression="SET #o = :you ADD beats :one", ConditionExpression="#o = :me",
            ExpressionAttributeNames={"#o": "owner"},
            ExpressionAttributeValues={":you": {"S": "you"}, ":me": {"S": "me"},
                                       ":one": {"N": "1"}})
        pages = dynamodb.get_paginator("query").paginate(
            TableName="e2e", KeyConditionExpression="id = :id",
            ExpressionAttributeValues={":id": {"S": "lease"}}, PaginationConfig={"PageSize": 3})
        items = [i for page in pages for i in page["Items"]]
        self.assertEqual([str(i) for i in range(7)], [i["at"]["N"] for i in items])
        self.assertEqual(("you", "1"), (items[3]["owner"]["S"], items[3]["beats"]["N"]))
        dynamodb.delete_table(TableName="e2e")
        self.waiter(dynamodb, "table_not_exists", TableName="e2e")

    def aws(self, *command):
        environment = {"PATH": os.environ["PATH"], "HOME": self.sim.folder.name,
                       "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET,
                       "AWS_DEFAULT_REGION": REGION, "AWS_PAGER": "",
                       "AWS_EC2_METADATA_DISABLED": "true"}
        run = subprocess.run([AWS, "--endpoint-url", self.sim.url, "--output", "json", *command],
                             env=environment, capture_output=True, text=True, timeout=60)
        self.assertEqual(0, run.returncode, run.stderr)
        return json.loads(run.stdout) if run.stdout.strip() else None

    @unittest.skipUnless(AWS, "the AWS CLI is not installed: its cases do not run")
    def test_the_aws_cli_reads_and_writes(self):
        self.assertEqual("123456789012", self.aws("sts", "get-caller-identity")["Account"])
        vpc = self.aws("ec2", "describe-vpcs", "--filters", "Name=is-default,Values=true")[
            "Vpcs"][0]["VpcId"]
        subnets = [s["SubnetId"] for s in self.aws(
            "ec2", "describe-subnets", "--filters", f"Name=vpc-id,Values={vpc}")["Subnets"]]
        group = self.aws("ec2", "create-security-group", "--group-name", "cli", "--description",
                         "cli", "--vpc-id", vpc)["GroupId"]
        self.aws("ec2", "authorize-security-group-ingress", "--group-id", group, "--protocol",
                 "tcp", "--port", "80", "--cidr", "0.0.0.0/0")
        lb = self.aws("elbv2", "create-load-balancer", "--name", "cli", "--subnets", *subnets[:2],
                      "--security-groups", group)["LoadBalancers"][0]["LoadBalancerArn"]
        attributes = self.aws("elbv2", "describe-load-balancer-attributes", "--load-balancer-arn",
                              lb)["Attributes"]
        self.assertIn({"Key": "idle_timeout.timeout_seconds", "Value": "60"}, attributes)
        token = self.aws("efs", "create-file-system", "--creation-token", "cli")
        self.aws("efs", "describe-file-systems", "--file-system-id", token["FileSystemId"])
        self.aws("efs", "delete-file-system", "--file-system-id", token["FileSystemId"])
        self.aws("iam", "list-roles")
        self.aws("elbv2", "delete-load-balancer", "--load-balancer-arn", lb)
        self.until("group free", lambda: not self.aws(
            "ec2", "describe-network-interfaces", "--filters",
            f"Name=group-id,Values={group}")["NetworkInterfaces"])
        self.aws("ec2", "delete-security-group", "--group-id", group)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
