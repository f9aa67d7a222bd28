#include "orchestrator/removal_command.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace albatross {
namespace {

struct Line {
  std::string_view type;
  std::string_view command;
};

// What stands alone: the id follows.
constexpr std::array things{
    Line{"vpc", "ec2 delete-vpc --vpc-id"},
    Line{"subnet", "ec2 delete-subnet --subnet-id"},
    Line{"internet-gateway", "ec2 delete-internet-gateway --internet-gateway-id"},
    Line{"route-table", "ec2 delete-route-table --route-table-id"},
    Line{"security-group", "ec2 delete-security-group --group-id"},
    Line{"instance", "ec2 terminate-instances --instance-ids"},
    Line{"volume", "ec2 delete-volume --volume-id"},
    Line{"network-interface", "ec2 delete-network-interface --network-interface-id"},
    Line{"load-balancer", "elbv2 delete-load-balancer --load-balancer-arn"},
    Line{"target-group", "elbv2 delete-target-group --target-group-arn"},
    Line{"listener", "elbv2 delete-listener --listener-arn"},
    Line{"rule", "elbv2 delete-rule --rule-arn"},
    Line{"file-system", "efs delete-file-system --file-system-id"},
    Line{"mount-target", "efs delete-mount-target --mount-target-id"},
    Line{"route-table-association", "ec2 disassociate-route-table --association-id"},
    Line{"role", "iam delete-role --role-name"},
    Line{"instance-profile", "iam delete-instance-profile --instance-profile-name"},
};

/// What stands between two things: each option and the property that it takes.
struct Option {
  std::string_view name;
  const char* property;
};
struct Relation {
  std::string_view kind;
  std::string_view command;
  std::array<Option, 2> options;
};

constexpr std::array relations{
    Relation{
        "internet_gateway_attachment",
        "ec2 detach-internet-gateway",
        {Option{"--internet-gateway-id", "internet_gateway_id"}, Option{"--vpc-id", "vpc_id"}}},
    Relation{"route",
             "ec2 delete-route",
             {Option{"--route-table-id", "route_table_id"},
              Option{"--destination-cidr-block", "destination"}}},
    Relation{"role_policy",
             "iam delete-role-policy",
             {Option{"--role-name", "role"}, Option{"--policy-name", "policy_name"}}},
    Relation{
        "instance_profile_role",
        "iam remove-role-from-instance-profile",
        {Option{"--instance-profile-name", "instance_profile"}, Option{"--role-name", "role"}}},
};

std::string aws(std::string command, const std::string& region) {
  // IAM is global.
  if (!command.starts_with("iam ")) command += " --region " + region;
  return "aws " + command;
}

std::string deregistration(const ResourceRecord& record) {
  std::string out =
      "elbv2 deregister-targets --target-group-arn " + record.property("target_group_arn");
  out += " --targets";
  for (const std::string& id : record.property_list("instances")) {
    out += " Id=" + id + ",Port=" + record.property("port");
  }
  return out;
}

}  // namespace

std::string type_of_kind(std::string_view kind) {
  std::string out(kind);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

std::string removal_command(std::string_view type, const std::string& id,
                            const std::string& region) {
  if (id.empty()) return {};
  for (const Line& line : things) {
    if (line.type == type) return aws(std::string(line.command) + " " + id, region);
  }
  return {};
}

std::string removal_command(const ResourceRecord& record, const std::string& region) {
  if (record.kind == "registration") return aws(deregistration(record), region);
  for (const Relation& relation : relations) {
    if (relation.kind != record.kind) continue;
    std::string command(relation.command);
    for (const Option& option : relation.options) {
      command += " " + std::string(option.name) + " " + record.property(option.property);
    }
    return aws(std::move(command), region);
  }
  return removal_command(type_of_kind(record.kind), record.id, region);
}

}  // namespace albatross
