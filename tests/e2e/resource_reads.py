"""What a tool that keeps infrastructure as code reads of each kind of resource, before and after
each change: all that it compares with what it wants, not only what a deployment needs."""


class Reads:
    """Every method gives one dictionary: call to answer, without what says nothing of the resource.

    Clients that are too old to know a call leave it out.
    """

    def __init__(self, ec2, elb, efs, iam):
        self.ec2, self.elb, self.efs, self.iam = ec2, elb, efs, iam

    @staticmethod
    def ask(client, calls):
        answers = {}
        for name, arguments in calls:
            operation = name.split(" ")[0]
            if hasattr(client, operation):
                answer = getattr(client, operation)(**arguments)
                answer.pop("ResponseMetadata")
                answers[name] = answer
        return answers

    @staticmethod
    def where(**filters):
        return {"Filters": [{"Name": k.replace("_", "-").replace("--", "."), "Values": [v]}
                            for k, v in filters.items()]}

    def vpc(self, vpc):
        attributes = [(f"describe_vpc_attribute {name}", dict(VpcId=vpc, Attribute=name))
                      for name in ("enableDnsSupport", "enableDnsHostnames")]
        return self.ask(self.ec2, attributes + [
            ("describe_vpcs", dict(VpcIds=[vpc])),
            ("describe_network_acls", self.where(vpc_id=vpc, default="true")),
            ("describe_route_tables", self.where(vpc_id=vpc, association__main="true")),
            ("describe_security_groups", self.where(vpc_id=vpc, group_name="default")),
            ("describe_dhcp_options", {})])

    def subnet(self, subnet):
        return self.ask(self.ec2, [("describe_subnets", dict(SubnetIds=[subnet])),
                                   ("describe_network_acls",
                                    self.where(association__subnet_id=subnet))])

    def gateway(self, gateway):
        return self.ask(self.ec2, [("describe_internet_gateways",
                                    dict(InternetGatewayIds=[gateway]))])

    def table(self, table):
        return self.ask(self.ec2, [("describe_route_tables", dict(RouteTableIds=[table]))])

    def association(self, association):
        return self.ask(self.ec2, [("describe_route_tables", self.where(
            association__route_table_association_id=association))])

    def group(self, group):
        return self.ask(self.ec2, [
            ("describe_security_groups", dict(GroupIds=[group])),
            ("describe_security_group_rules", self.where(group_id=group))])

    def instance(self, instance):
        there = self.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]
        there = there["Instances"][0]
        attributes = [(f"describe_instance_attribute {name}",
                       dict(InstanceId=instance, Attribute=name))
                      for name in ("disableApiStop", "disableApiTermination", "userData",
                                   "instanceInitiatedShutdownBehavior", "sourceDestCheck")]
        return self.ask(self.ec2, attributes + [
            ("describe_instances", dict(InstanceIds=[instance])),
            ("describe_instance_types", dict(InstanceTypes=[there["InstanceType"]])),
            ("describe_images", dict(ImageIds=[there["ImageId"]])),
            ("describe_volumes", self.where(attachment__instance_id=instance)),
            ("describe_network_interfaces", self.where(attachment__instance_id=instance)),
            ("describe_instance_credit_specifications", dict(InstanceIds=[instance])),
            ("describe_iam_instance_profile_associations", self.where(instance_id=instance)),
            ("describe_tags", self.where(resource_id=instance))])

    def key_pair(self, name):
        return self.ask(self.ec2, [("describe_key_pairs", dict(KeyNames=[name]))])

    def load_balancer(self, arn):
        return self.ask(self.elb, [
            ("describe_load_balancers", dict(LoadBalancerArns=[arn])),
            ("describe_load_balancer_attributes", dict(LoadBalancerArn=arn)),
            ("describe_capacity_reservation", dict(LoadBalancerArn=arn)),
            ("describe_tags", dict(ResourceArns=[arn]))])

    def target_group(self, arn):
        return self.ask(self.elb, [
            ("describe_target_groups", dict(TargetGroupArns=[arn])),
            ("describe_target_group_attributes", dict(TargetGroupArn=arn)),
            ("describe_tags", dict(ResourceArns=[arn]))])

    def listener(self, arn):
        return self.ask(self.elb, [
            ("describe_listeners", dict(ListenerArns=[arn])),
            ("describe_listener_attributes", dict(ListenerArn=arn)),
            ("describe_listener_certificates", dict(ListenerArn=arn)),
            ("describe_tags", dict(ResourceArns=[arn]))])

    def rule(self, arn):
        return self.ask(self.elb, [("describe_rules", dict(RuleArns=[arn])),
                                   ("describe_tags", dict(ResourceArns=[arn]))])

    def attachment(self, group, target):
        return self.ask(self.elb, [("describe_target_health",
                                    dict(TargetGroupArn=group, Targets=[target]))])

    def file_system(self, fs):
        return self.ask(self.efs, [
            ("describe_file_systems", dict(FileSystemId=fs)),
            ("describe_lifecycle_configuration", dict(FileSystemId=fs)),
            ("describe_backup_policy", dict(FileSystemId=fs)),
            ("list_tags_for_resource", dict(ResourceId=fs))])

    def mount_target(self, mount):
        return self.ask(self.efs, [
            ("describe_mount_targets", dict(MountTargetId=mount)),
            ("describe_mount_target_security_groups", dict(MountTargetId=mount))])

    def role(self, name):
        return self.ask(self.iam, [
            ("get_role", dict(RoleName=name)),
            ("list_role_policies", dict(RoleName=name)),
            ("list_attached_role_policies", dict(RoleName=name)),
            ("list_role_tags", dict(RoleName=name)),
            ("list_instance_profiles_for_role", dict(RoleName=name))])

    def profile(self, name):
        return self.ask(self.iam, [
            ("get_instance_profile", dict(InstanceProfileName=name)),
            ("list_instance_profile_tags", dict(InstanceProfileName=name))])


def flat(value, path=""):
    """Every leaf of a tree of dictionaries and lists, by its path."""
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        return {path: value}
    leaves = {path: type(value)()} if not value else {}
    for key, below in pairs:
        leaves.update(flat(below, f"{path}/{key}"))
    return leaves


def changes(before, after):
    """The last names of the paths that differ, lists left out: what a plan would show."""
    old, new = flat(before), flat(after)
    paths = {p for p in old.keys() | new.keys() if old.get(p) != new.get(p)}
    return {"/".join(part for part in p.split("/") if not part.isdigit()) for p in paths}
