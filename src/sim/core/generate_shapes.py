#!/usr/bin/env python3
"""Writes shape_table.cpp: which parameters each action takes, as AWS's service models say.

Usage: generate_shapes.py MODELS... > shape_table.cpp
MODELS are folders with <service>/service-2.json.gz, or botocore's data folder
(<service>/<version>/service-2.json[.gz]); the first that has a service counts. Only names, types,
required flags, enumerations and limits are taken; no text. Of a REST service only what its bodies
hold.
"""
import gzip
import json
import pathlib
import sys

ACTIONS = {
    "ec2": """
        AssociateIamInstanceProfile AssociateRouteTable AttachInternetGateway
        AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateInternetGateway
        CreateNetworkInterface CreateRoute CreateRouteTable CreateSecurityGroup
        CreateSubnet CreateTags CreateVpc DeleteInternetGateway DeleteKeyPair
        DeleteNetworkInterface DeleteRoute DeleteRouteTable DeleteSecurityGroup DeleteSubnet
        DeleteTags DeleteVpc DescribeAccountAttributes DescribeAddresses
        DescribeAvailabilityZones DescribeDhcpOptions DescribeEgressOnlyInternetGateways
        DescribeIamInstanceProfileAssociations DescribeImages DescribeInstanceAttribute
        DescribeInstanceCreditSpecifications DescribeInstanceStatus
        DescribeInstanceTypeOfferings DescribeInstanceTypes DescribeInstances
        DescribeInternetGateways DescribeKeyPairs DescribeLaunchTemplates
        DescribeManagedPrefixLists DescribeNatGateways DescribeNetworkAcls
        DescribeNetworkInterfaces DescribePlacementGroups DescribePrefixLists DescribeRegions
        DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeSnapshots
        DescribeSubnets DescribeTags DescribeVolumes DescribeVolumesModifications
        DescribeVpcAttribute DescribeVpcEndpoints DescribeVpcPeeringConnections DescribeVpcs
        DetachInternetGateway DisassociateIamInstanceProfile DisassociateRouteTable
        GetConsoleOutput ImportKeyPair ModifyInstanceAttribute ModifyInstanceCreditSpecification
        ModifyInstanceMaintenanceOptions ModifyInstanceMetadataOptions
        ModifyNetworkInterfaceAttribute ModifySecurityGroupRules ModifySubnetAttribute
        ModifyVolume ModifyVpcAttribute MonitorInstances RebootInstances
        ReplaceIamInstanceProfileAssociation ReplaceRoute ReplaceRouteTableAssociation
        RevokeSecurityGroupEgress RevokeSecurityGroupIngress RunInstances StartInstances
        StopInstances TerminateInstances UnmonitorInstances
        UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress""",
    "elbv2": """
        AddListenerCertificates AddTags CreateListener CreateLoadBalancer CreateRule
        CreateTargetGroup DeleteListener DeleteLoadBalancer DeleteRule DeleteTargetGroup
        DeregisterTargets DescribeAccountLimits DescribeCapacityReservation
        DescribeListenerAttributes DescribeListenerCertificates DescribeListeners
        DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeRules DescribeSSLPolicies
        DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth
        ModifyListener ModifyListenerAttributes ModifyLoadBalancerAttributes ModifyRule
        ModifyTargetGroup ModifyTargetGroupAttributes RegisterTargets RemoveListenerCertificates
        RemoveTags SetIpAddressType SetRulePriorities SetSecurityGroups SetSubnets""",
    "iam": """
        AddRoleToInstanceProfile AttachRolePolicy CreateInstanceProfile CreateRole
        CreateServiceLinkedRole DeleteInstanceProfile DeleteRole DeleteRolePermissionsBoundary
        DeleteRolePolicy DetachRolePolicy GetInstanceProfile GetRole GetRolePolicy GetUser
        ListAccountAliases ListAttachedRolePolicies ListInstanceProfileTags ListInstanceProfiles
        ListInstanceProfilesForRole ListRolePolicies ListRoleTags ListRoles
        PutRolePermissionsBoundary PutRolePolicy RemoveRoleFromInstanceProfile
        SimulatePrincipalPolicy TagInstanceProfile TagRole UntagInstanceProfile UntagRole
        UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription""",
    "sts": "AssumeRole AssumeRoleWithWebIdentity GetCallerIdentity GetSessionToken",
    "efs": """
        CreateFileSystem CreateMountTarget DeleteFileSystem DeleteFileSystemPolicy
        DeleteMountTarget DescribeAccessPoints DescribeBackupPolicy DescribeFileSystemPolicy
        DescribeFileSystems DescribeLifecycleConfiguration DescribeMountTargetSecurityGroups
        DescribeMountTargets DescribeReplicationConfigurations DescribeTags ListTagsForResource
        ModifyMountTargetSecurityGroups PutBackupPolicy PutFileSystemPolicy
        PutLifecycleConfiguration TagResource UntagResource UpdateFileSystem
        UpdateFileSystemProtection""",
    "dynamodb": """
        CreateTable DeleteItem DeleteTable DescribeTable GetItem ListTables ListTagsOfResource
        PutItem Query Scan TransactWriteItems UpdateItem""",
    "ssm": "GetParameter GetParameters GetParametersByPath",
    "acm": """
        AddTagsToCertificate DeleteCertificate DescribeCertificate ListCertificates
        ListTagsForCertificate RemoveTagsFromCertificate RequestCertificate""",
    "servicequotas": """
        GetAWSDefaultServiceQuota GetServiceQuota ListAWSDefaultServiceQuotas ListServiceQuotas
        ListServices""",
}
FOLDERS = {"servicequotas": "service-quotas"}
KINDS = {"structure": "structure", "list": "list", "map": "map", "string": "string",
         "character": "string", "integer": "integer", "long": "integer", "float": "number",
         "double": "number", "boolean": "boolean", "timestamp": "timestamp", "blob": "blob"}
LONGEST_ENUM = 60


def load(folders, service):
    name = FOLDERS.get(service, service)
    found = [sorted(pathlib.Path(folder, name).glob("**/service-2.json*")) for folder in folders]
    paths = next((paths for paths in found if paths), None) or sys.exit(f"no model of {name}")
    opener = gzip.open if paths[-1].suffix == ".gz" else open
    with opener(paths[-1], "rt", encoding="utf-8") as file:
        return json.load(file)


def ec2_wire(name, member):
    if "queryName" in member:
        return member["queryName"]
    wire = member.get("locationName", name)
    return wire[0].upper() + wire[1:]


class Table:
    def __init__(self):
        self.shapes, self.members, self.words, self.actions = [], [], [], []
        self.known, self.runs = {}, {}

    def words_at(self, values):
        key = tuple(values)
        if key not in self.runs:
            self.runs[key] = len(self.words)
            self.words += values
        return self.runs[key]

    def shape(self, service, model, name):
        if (service, name) in self.known:
            return self.known[service, name]
        spec = model["shapes"][name]
        index = self.known[service, name] = len(self.shapes)
        self.shapes.append(None)
        kind = KINDS[spec["type"]]
        first = count = 0
        low, high = spec.get("min"), spec.get("max")
        if kind == "structure":
            first, count = self.structure(service, model, spec)
        elif kind == "list":
            first = self.shape(service, model, spec["member"]["shape"])
        elif kind == "map":
            first = self.shape(service, model, spec["value"]["shape"])
        elif kind == "string" and 0 < len(spec.get("enum", [])) <= LONGEST_ENUM:
            first, count = self.words_at(spec["enum"]), len(spec["enum"])
        self.shapes[index] = (kind, first, count, limit(low, 0), limit(high, -1))
        return index

    def structure(self, service, model, spec):
        required = spec.get("required", [])
        rows = []
        for name, member in spec["members"].items():
            if "location" in member:
                continue
            wire = ec2_wire(name, member) if service == "ec2" else member.get("locationName", name)
            rows.append((wire, self.shape(service, model, member["shape"]), name in required))
        first = len(self.members)
        self.members += rows
        return first, len(rows)

    def action(self, service, model, name):
        operation = model["operations"].get(name)
        if operation is None:
            sys.exit(f"{service} has no action {name}")
        shape = operation.get("input", {}).get("shape")
        index = self.shape(service, model, shape) if shape else -1
        self.actions.append((service, name, index))


def limit(value, missing):
    return missing if value is None or abs(value) > 2**31 - 1 else int(value)


def emit(table):
    print("// Made by generate_shapes.py from AWS's service models; do not edit.")
    print('#include "sim/core/shapes.hpp"\n\nnamespace albatross::sim::shapes {\n')
    print("// clang-format off")
    print("const std::string_view words[] = {")
    for word in table.words:
        print(f'{json.dumps(word)},')
    print("};\n\nconst Member members[] = {")
    for wire, shape, required in table.members:
        print(f'{{"{wire}",{shape},{"true" if required else "false"}}},')
    print("};\n\nconst Shape shapes[] = {")
    for kind, first, count, low, high in table.shapes:
        print(f"{{Kind::{kind},{first},{count},{low},{high}}},")
    print("};\n\nconst Input inputs[] = {")
    for service, name, shape in table.actions:
        print(f'{{"{service}","{name}",{shape}}},')
    print("};")
    print(f"const std::size_t input_count = {len(table.actions)};")
    print("// clang-format on\n\n}  // namespace albatross::sim::shapes")


def main():
    table = Table()
    for service, names in ACTIONS.items():
        model = load(sys.argv[1:], service)
        for name in sorted(names.split()):
            table.action(service, model, name)
    emit(table)


main()
