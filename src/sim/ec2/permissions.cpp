#include "sim/ec2/security_rules.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {
namespace {

std::string canonical_protocol(std::string_view text) {
  if (text == "tcp" || text == "TCP" || text == "6") return "tcp";
  if (text == "udp" || text == "UDP" || text == "17") return "udp";
  if (text == "icmp" || text == "1") return "icmp";
  if (text == "icmpv6" || text == "58") return "icmpv6";
  if (text == "-1" || text == "all") return "-1";
  const bool number = !text.empty() && text.size() <= 3 &&
                      text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!number) {
    refuse("InvalidParameterValue", cat("Invalid value '", text,
                                        "' for IP protocol. Unknown "
                                        "protocol."));
  }
  return std::string(text);
}

void check_ports(const SecurityRule& rule) {
  if (rule.protocol != "tcp" && rule.protocol != "udp") return;
  const auto bad = [](int port) { return port < 0 || port > 65535; };
  if (bad(rule.from) || bad(rule.to)) {
    refuse("InvalidParameterValue",
           cat("Invalid value '", std::to_string(bad(rule.from) ? rule.from : rule.to),
               "' for portRange. Must be in the range 0-65535."));
  }
  if (rule.from > rule.to) {
    refuse("InvalidParameterValue", cat("Invalid TCP/UDP port range (", std::to_string(rule.from),
                                        ":", std::to_string(rule.to), ")"));
  }
}

std::string check_ipv4(std::string_view text) {
  const auto cidr = parse_cidr(text);
  if (!cidr || !cidr->strict()) {
    refuse("InvalidParameterValue", cat("CIDR block ", text, " is malformed"));
  }
  return cidr->str();
}

std::string description_of(Param peer) {
  const auto text = peer["Description"].text();
  if (text.size() > 255) {
    refuse("InvalidParameterValue",
           "Invalid rule description. Valid descriptions are strings less "
           "than 256 characters");
  }
  return std::string(text);
}

std::string group_named_in(Call& call, Param pair) {
  if (const Param id = pair["GroupId"]) return group_of(call, id.text()).id;
  const Vpc* vpc = call.world.default_vpc();
  const auto name = pair["GroupName"].text();
  const SecurityGroup* group = vpc == nullptr ? nullptr : call.world.group_named(vpc->id, name);
  if (group == nullptr) not_found("InvalidGroup", "security group", name);
  return group->id;
}

class Parser {
 public:
  Parser(Call& call, bool egress) : call_(call), egress_(egress) {}

  void permission(Param permission) {
    SecurityRule base;
    base.egress = egress_;
    const Param protocol = permission["IpProtocol"];
    if (!protocol) {
      refuse("MissingParameter", "The request must contain the parameter ipProtocol");
    }
    base.protocol = canonical_protocol(protocol.text());
    if (base.protocol != "-1") {
      base.from = static_cast<int>(permission["FromPort"].number_or(-1));
      base.to = static_cast<int>(permission["ToPort"].number_or(-1));
      check_ports(base);
    }
    const auto before = rules_.size();
    for (const Param peer : permission["IpRanges"].items()) {
      add(base, peer, &SecurityRule::ipv4, check_ipv4(peer["CidrIp"].text()));
    }
    for (const Param peer : permission["Ipv6Ranges"].items()) {
      const auto text = peer["CidrIpv6"].text();
      if (!looks_like_ipv6_cidr(text)) {
        refuse("InvalidParameterValue", cat("CIDR block ", text, " is malformed"));
      }
      add(base, peer, &SecurityRule::ipv6, std::string(text));
    }
    for (const Param peer : permission["PrefixListIds"].items()) {
      add(base, peer, &SecurityRule::prefix_list, peer["PrefixListId"].str());
    }
    for (const Param peer : permission["Groups"].items()) {
      add(base, peer, &SecurityRule::group, group_named_in(call_, peer));
    }
    if (rules_.size() == before) {
      refuse("InvalidPermission.Malformed", "The permission names no peer");
    }
  }

  /// IpProtocol, FromPort, ToPort and CidrIp directly in the request, as the CLI's short form
  /// sends.
  void top_level(Param root) {
    SecurityRule base;
    base.egress = egress_;
    base.protocol = canonical_protocol(root["IpProtocol"].text());
    if (base.protocol != "-1") {
      base.from = static_cast<int>(root["FromPort"].number_or(-1));
      base.to = static_cast<int>(root["ToPort"].number_or(-1));
      check_ports(base);
    }
    if (const Param cidr = root["CidrIp"]) {
      add(base, Param{}, &SecurityRule::ipv4, check_ipv4(cidr.text()));
    } else if (const Param name = root["SourceSecurityGroupName"]) {
      const SecurityGroup& group = group_of(call_, root["GroupId"].text());
      const SecurityGroup* peer = call_.world.group_named(group.vpc, name.text());
      if (peer == nullptr) not_found("InvalidGroup", "security group", name.text());
      add(base, Param{}, &SecurityRule::group, peer->id);
    } else {
      refuse("MissingParameter", "The request must contain the parameter cidrIp");
    }
  }

  std::vector<SecurityRule> take() { return std::move(rules_); }

 private:
  void add(SecurityRule rule, Param peer, std::string SecurityRule::*field, std::string value) {
    rule.*field = std::move(value);
    rule.description = description_of(peer);
    const bool twice =
        std::any_of(rules_.begin(), rules_.end(), [&](const auto& r) { return r.same(rule); });
    if (twice) {
      refuse("InvalidParameterValue", "The same permission must not appear multiple times");
    }
    rules_.push_back(std::move(rule));
  }

  Call& call_;
  bool egress_;
  std::vector<SecurityRule> rules_;
};

}  // namespace

std::vector<SecurityRule> parse_permissions(Call& call, bool egress) {
  Parser parser(call, egress);
  const auto permissions = call.params["IpPermissions"].items();
  for (const Param permission : permissions)
    parser.permission(permission);
  if (permissions.empty() && call.params["IpProtocol"]) parser.top_level(call.params);
  return parser.take();
}

}  // namespace albatross::sim::ec2
