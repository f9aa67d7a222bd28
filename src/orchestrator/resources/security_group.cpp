#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

/// "sgr-0a1… tcp 22-22 from 0.0.0.0/0"
std::string text_of(const ec2::SecurityGroupRule& rule) {
  const std::string& block = rule.cidr_ipv4.empty() ? rule.cidr_ipv6 : rule.cidr_ipv4;
  const std::string& source = block.empty() ? rule.referenced_group_info.group_id : block;
  const std::string ports = rule.from_port.value_or(-1) == -1
                                ? std::string("all ports")
                                : std::to_string(*rule.from_port) + "-" +
                                      std::to_string(rule.to_port.value_or(*rule.from_port));
  return rule.security_group_rule_id + " " + rule.ip_protocol + " " + ports + " from " + source;
}

/// Ingress rules of one of our groups that no stack of ours has put there.
Task<std::vector<std::string>> strangers_rules(Session& session, std::string group_id) {
  ec2::DescribeSecurityGroupRulesRequest request;
  request.filters = {ec2::Filter{"group-id", {std::move(group_id)}}};
  request.max_results = 1000;
  auto call = session.aws.ec2.all_security_group_rules(std::move(request), session.options);
  auto rules = co_await if_found(std::move(call));
  std::vector<std::string> out;
  if (!rules) co_return out;
  for (const ec2::SecurityGroupRule& rule : *rules) {
    const std::string* owner = find_tag(rule.tags, tag_deployment);
    const bool ours = owner != nullptr && *owner == session.identity.deployment_id;
    if (!rule.is_egress && !ours) out.push_back(text_of(rule));
  }
  co_return out;
}

/// AWS::EC2::SecurityGroup without its rules. Properties: name, description, vpc_id, added_outside
/// (ingress rules that are not the stack's; wanted are none).
class SecurityGroup final : public Kind {
 public:
  std::string_view name() const override { return "security_group"; }
  Tagging tagging() const override { return Tagging::ec2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    ec2::DescribeSecurityGroupsRequest request;
    if (record.id.empty()) {
      request.filters = node_filters(session, record);
    } else {
      request.group_ids = {record.id};
    }
    auto call = session.aws.ec2.describe_security_groups(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer || answer->security_groups.empty()) co_return out;
    const ec2::SecurityGroup& group = answer->security_groups.front();
    out.emplace();
    out->id = group.group_id;
    out->actual["name"] = group.group_name;
    out->actual["vpc_id"] = group.vpc_id;
    out->actual["description"] = group.description;
    out->actual["tags"] = tags_seen(group.tags, session, record);
    if (session.thorough) {
      auto strangers = co_await strangers_rules(session, group.group_id);
      out->actual["added_outside"] = std::move(strangers);
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::CreateSecurityGroupRequest request;
    request.group_name = record.property("name");
    request.description = record.property("description");
    request.vpc_id = record.property("vpc_id");
    request.tag_specifications = tag_specifications(session, record, "security-group");
    auto answer =
        co_await session.aws.ec2.create_security_group(std::move(request), session.options);
    Observed out;
    out.id = answer.group_id;
    co_return out;
  }

  Task<> update(Session& session, ResourceRecord record, Observed now,
                std::vector<std::string>) const override {
    ec2::RevokeSecurityGroupIngressRequest request;
    request.group_id = record.id;
    for (const std::string& rule : texts_of(now.actual.at("added_outside")))
      request.security_group_rule_ids.push_back(rule.substr(0, rule.find(' ')));
    auto call = session.aws.ec2.revoke_security_group_ingress(std::move(request), session.options);
    // Gone already: all the better.
    co_await if_found(std::move(call));
  }

  ChangeEffect effect_of(std::string_view property) const override {
    return property == "added_outside" ? ChangeEffect::in_place : ChangeEffect::replace;
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DeleteSecurityGroupRequest request;
    request.group_id = record.id;
    co_await session.aws.ec2.delete_security_group(std::move(request), session.options);
  }
};

}  // namespace

const Kind& security_group() {
  static const SecurityGroup kind;
  return kind;
}

}  // namespace albatross::resources
