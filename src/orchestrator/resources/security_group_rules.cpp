#include "orchestrator/looks.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

#include <algorithm>
#include <set>

namespace albatross::resources {
namespace {

using Texts = std::vector<std::string>;

std::vector<ec2::IpPermission> permissions(const Texts& ports, const Texts& sources,
                                           const std::string& description) {
  std::vector<ec2::IpPermission> out;
  for (const std::string& port : ports) {
    ec2::IpPermission permission;
    permission.ip_protocol = "tcp";
    permission.from_port = number(port);
    permission.to_port = number(port);
    for (const std::string& source : sources) {
      if (source.starts_with("sg-")) {
        permission.user_id_group_pairs.push_back({source, "", description});
      } else if (source.find(':') != std::string::npos) {
        permission.ipv6_ranges.push_back({source, description});
      } else {
        permission.ip_ranges.push_back({source, description});
      }
    }
    out.push_back(std::move(permission));
  }
  return out;
}

std::string source_of(const ec2::SecurityGroupRule& rule) {
  if (!rule.cidr_ipv4.empty()) return rule.cidr_ipv4;
  if (!rule.cidr_ipv6.empty()) return rule.cidr_ipv6;
  return rule.referenced_group_info.group_id;
}

Task<> unless_there(Task<> call) {
  try {
    co_await std::move(call);
  } catch (const ApiError& error) {
    if (error.error_class() != ErrorClass::already_exists) throw;
  }
}

/// Ingress rules of one security group that belong together: every port from every source.
/// Properties: group_id, ports, sources (CIDR blocks or group ids), description.
class SecurityGroupRules final : public Kind {
 public:
  std::string_view name() const override { return "security_group_rules"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    std::vector<ec2::SecurityGroupRule> rules = co_await ours(session, record);
    std::optional<Observed> out;
    if (rules.empty()) co_return out;
    std::set<std::string> ports;
    std::set<std::string> sources;
    for (const ec2::SecurityGroupRule& rule : rules) {
      ports.insert(std::to_string(rule.from_port.value_or(-1)));
      sources.insert(source_of(rule));
    }
    out.emplace();
    out->id = record.property("group_id") + "/" + record.base_node();
    out->actual["ports"] =
        in_wanted_order({ports.begin(), ports.end()}, record.property_list("ports"));
    // A hole in the grid (somebody revoked one rule) must show as a difference.
    const bool complete = rules.size() == ports.size() * sources.size();
    out->actual["sources"] = complete ? in_wanted_order({sources.begin(), sources.end()},
                                                        record.property_list("sources"))
                                      : Texts{"incomplete"};
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    const Texts ports = record.property_list("ports");
    const Texts sources = record.property_list("sources");
    co_await authorize(session, record,
                       permissions(ports, sources, record.property("description")));
    Observed out;
    out.id = record.property("group_id") + "/" + record.base_node();
    co_return out;
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string>) const override {
    std::vector<ec2::SecurityGroupRule> rules = co_await ours(session, record);
    const Texts ports = record.property_list("ports");
    const Texts sources = record.property_list("sources");
    std::set<std::pair<std::string, std::string>> missing;
    for (const std::string& port : ports) {
      for (const std::string& source : sources)
        missing.emplace(port, source);
    }
    Texts surplus;
    for (const ec2::SecurityGroupRule& rule : rules) {
      const auto key = std::pair(std::to_string(rule.from_port.value_or(-1)), source_of(rule));
      if (missing.erase(key) == 0) surplus.push_back(rule.security_group_rule_id);
    }
    // Opened before closed: a service that moves is never unreachable in between.
    for (const auto& [port, source] : missing) {
      auto added = permissions({port}, {source}, record.property("description"));
      auto call = authorize(session, record, std::move(added));
      // There already: an earlier try added it, and AWS does not show it yet.
      co_await unless_there(std::move(call));
    }
    co_await revoke(session, record, std::move(surplus));
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    std::vector<ec2::SecurityGroupRule> rules = co_await ours(session, record);
    Texts ids;
    for (const ec2::SecurityGroupRule& rule : rules)
      ids.push_back(rule.security_group_rule_id);
    co_await revoke(session, record, std::move(ids));
  }

  // Rules that name another group keep that one from being deleted.
  Belonging belonging(const ResourceRecord& record, bool) const override {
    const Texts sources = record.property_list("sources");
    const bool names_group = std::any_of(sources.begin(), sources.end(), [](const auto& source) {
      return source.starts_with("sg-");
    });
    return {names_group ? "" : record.property("group_id"), ""};
  }

  ChangeEffect effect_of(std::string_view property) const override {
    if (property == "description") return ChangeEffect::ignore;
    return property == "group_id" ? ChangeEffect::replace : ChangeEffect::in_place;
  }

 private:
  static Task<std::vector<ec2::SecurityGroupRule>> ours(Session& session, ResourceRecord record) {
    auto all = co_await session.aws.looks->rules_of_group(record.property("group_id"), session);
    std::vector<ec2::SecurityGroupRule> out;
    for (ec2::SecurityGroupRule& rule : all) {
      if (!rule.is_egress && is_ours(rule.tags, session, record)) out.push_back(std::move(rule));
    }
    co_return out;
  }

  static Task<> authorize(Session& session, const ResourceRecord& record,
                          std::vector<ec2::IpPermission> added) {
    ec2::AuthorizeSecurityGroupIngressRequest request;
    request.group_id = record.property("group_id");
    request.ip_permissions = std::move(added);
    request.tag_specifications = tag_specifications(session, record, "security-group-rule");
    co_await session.aws.ec2.authorize_security_group_ingress(std::move(request), session.options);
  }

  static Task<> revoke(Session& session, const ResourceRecord& record, Texts rule_ids) {
    if (rule_ids.empty()) co_return;
    ec2::RevokeSecurityGroupIngressRequest request;
    request.group_id = record.property("group_id");
    request.security_group_rule_ids = std::move(rule_ids);
    co_await session.aws.ec2.revoke_security_group_ingress(std::move(request), session.options);
  }
};

}  // namespace

const Kind& security_group_rules() {
  static const SecurityGroupRules kind;
  return kind;
}

}  // namespace albatross::resources
