#include "sim/core/quotas.hpp"
#include "sim/elbv2/common.hpp"

#include <algorithm>
#include <set>

namespace albatross::sim::elbv2 {
namespace {

Tags default_attributes(const TargetGroup& group) {
  Tags attributes = {
      {"deregistration_delay.timeout_seconds", "300"},
      {"load_balancing.cross_zone.enabled", "use_load_balancer_configuration"},
      {"stickiness.enabled", "false"},
      {"stickiness.type", "lb_cookie"},
      {"target_group_health.dns_failover.minimum_healthy_targets.count", "1"},
      {"target_group_health.dns_failover.minimum_healthy_targets.percentage", "off"},
      {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1"},
      {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off"},
  };
  if (group.protocol == "HTTP" || group.protocol == "HTTPS") {
    attributes.insert({{"load_balancing.algorithm.anomaly_mitigation", "off"},
                       {"load_balancing.algorithm.type", "round_robin"},
                       {"slow_start.duration_seconds", "0"},
                       {"stickiness.app_cookie.cookie_name", ""},
                       {"stickiness.app_cookie.duration_seconds", "86400"},
                       {"stickiness.lb_cookie.duration_seconds", "86400"}});
  } else {
    attributes["stickiness.type"] = "source_ip";
    attributes["deregistration_delay.connection_termination.enabled"] = "false";
    attributes["preserve_client_ip.enabled"] = "true";
    attributes["proxy_protocol_v2.enabled"] = "false";
  }
  return attributes;
}

bool is_http(std::string_view protocol) {
  return protocol == "HTTP" || protocol == "HTTPS";
}

void write_group(Call& call, const TargetGroup& group) {
  Xml& out = call.out;
  out.leaf("TargetGroupArn", group.arn);
  out.leaf("TargetGroupName", group.name);
  out.leaf("Protocol", group.protocol);
  if (is_http(group.protocol)) out.leaf("ProtocolVersion", group.protocol_version);
  out.leaf("Port", group.port);
  out.leaf("VpcId", group.vpc);
  out.leaf("HealthCheckProtocol", group.health_protocol);
  out.leaf("HealthCheckPort", group.health_port);
  out.leaf("HealthCheckEnabled", group.health_enabled);
  out.leaf("HealthCheckIntervalSeconds", group.interval);
  out.leaf("HealthCheckTimeoutSeconds", group.timeout);
  out.leaf("HealthyThresholdCount", group.healthy_threshold);
  out.leaf("UnhealthyThresholdCount", group.unhealthy_threshold);
  if (is_http(group.health_protocol)) {
    out.leaf("HealthCheckPath", group.health_path);
    out.in("Matcher", [&] {
      if (group.protocol_version == "GRPC") {
        out.leaf("GrpcCode", group.grpc_matcher);
      } else {
        out.leaf("HttpCode", group.matcher);
      }
    });
  }
  std::vector<std::string> used_by;
  if (!group.load_balancer.empty()) used_by.push_back(group.load_balancer);
  write_list(call, "LoadBalancerArns", used_by);
  out.leaf("TargetType", group.target_type);
  out.leaf("IpAddressType", group.ip_address_type);
}

/// "200", "200,202" or "200-299", within 200–499.
void check_matcher(std::string_view text) {
  const auto refuse_matcher = [&] {
    refuse("ValidationError",
           cat("Health check matcher HTTP code '", text, "' must be within '200-499' inclusive"));
  };
  std::string digits;
  for (const char c : std::string(text) + ",") {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
      continue;
    }
    if ((c != ',' && c != '-') || digits.size() != 3 || digits < "200" || digits > "499") {
      refuse_matcher();
    }
    digits.clear();
  }
}

void read_health_check(Call& call, TargetGroup& group) {
  const Param p = call.params;
  const auto number = [&](const char* name, int& into) {
    into = static_cast<int>(p[name].number_or(into));
  };
  if (const Param enabled = p["HealthCheckEnabled"]) group.health_enabled = enabled.is_true();
  group.health_protocol = p["HealthCheckProtocol"].text_or(group.health_protocol);
  group.health_port = p["HealthCheckPort"].text_or(group.health_port);
  group.health_path = p["HealthCheckPath"].text_or(group.health_path);
  number("HealthCheckIntervalSeconds", group.interval);
  number("HealthCheckTimeoutSeconds", group.timeout);
  number("HealthyThresholdCount", group.healthy_threshold);
  number("UnhealthyThresholdCount", group.unhealthy_threshold);
  group.matcher = p["Matcher"]["HttpCode"].text_or(group.matcher);
  group.grpc_matcher = p["Matcher"]["GrpcCode"].text_or(group.grpc_matcher);
  if (group.interval <= group.timeout) {
    refuse("ValidationError", "Health check interval must be greater than the timeout.");
  }
  if (!group.health_path.starts_with("/")) {
    refuse("ValidationError",
           cat("Health check path '", group.health_path, "' must begin with a '/'"));
  }
  const auto port = p["HealthCheckPort"];
  if (port && port.text() != "traffic-port" &&
      (port.number_or(0) < 1 || port.number_or(0) > 65535)) {
    refuse("ValidationError", cat("Health check port '", port.text(),
                                  "' must be 'traffic-port' or "
                                  "in the range '1-65535'"));
  }
  if (p["Matcher"]["HttpCode"]) check_matcher(group.matcher);
  if (p["Matcher"]["GrpcCode"] && group.protocol_version != "GRPC") {
    refuse("ValidationError",
           "A gRPC code can only be matched with the target group protocol version GRPC");
  }
  if (is_http(group.protocol) && !is_http(group.health_protocol)) {
    refuse("ValidationError",
           cat("Health check protocol '", group.health_protocol,
               "' must be one of 'HTTP, HTTPS' for target group protocol '", group.protocol, "'"));
  }
}

TargetGroup read_group(Call& call) {
  const Param p = call.params;
  TargetGroup group;
  group.name = p["Name"].str();
  check_name(group.name, "Target group");
  group.target_type = p["TargetType"].text_or("instance");
  if (group.target_type == "lambda" || group.target_type == "alb") {
    refuse("InvalidConfigurationRequest",
           cat("Target type '", group.target_type, "' is not simulated"));
  }
  if (!p["Protocol"]) refuse("ValidationError", "A protocol must be specified");
  if (!p["Port"]) refuse("ValidationError", "A port must be specified");
  if (!p["VpcId"]) refuse("ValidationError", "A VPC ID must be specified");
  group.protocol = p["Protocol"].str();
  group.port = static_cast<int>(p["Port"].number_or(0));
  group.vpc = p["VpcId"].str();
  if (call.world.find(call.world.vpcs, group.vpc) == nullptr) {
    refuse("ValidationError", cat("The VPC ID '", group.vpc, "' is not found"));
  }
  group.protocol_version = p["ProtocolVersion"].text_or("HTTP1");
  group.ip_address_type = p["IpAddressType"].text_or("ipv4");
  if (!is_http(group.protocol)) {
    group.health_protocol = "TCP";
    group.timeout = 10;
  } else if (group.protocol_version == "GRPC") {
    group.grpc_matcher = "12";
    group.health_path = "/AWS.ALB/healthcheck";
  }
  read_health_check(call, group);
  group.tags = read_tags(p["Tags"]);
  group.attributes = default_attributes(group);
  return group;
}

bool same_settings(const TargetGroup& a, const TargetGroup& b) {
  return a.protocol == b.protocol && a.port == b.port && a.vpc == b.vpc &&
         a.target_type == b.target_type && a.protocol_version == b.protocol_version &&
         a.health_protocol == b.health_protocol && a.health_port == b.health_port &&
         a.health_path == b.health_path && a.interval == b.interval && a.timeout == b.timeout &&
         a.healthy_threshold == b.healthy_threshold &&
         a.unhealthy_threshold == b.unhealthy_threshold && a.matcher == b.matcher &&
         a.health_enabled == b.health_enabled;
}

void answer(Call& call, const TargetGroup& group) {
  call.out.in("TargetGroups", [&] { call.out.in("member", [&] { write_group(call, group); }); });
}

void create(Call& call) {
  World& world = call.world;
  TargetGroup group = read_group(call);
  for (const auto& [arn, other] : world.target_groups) {
    if (other.name != group.name) continue;
    if (same_settings(other, group)) return answer(call, other);
    refuse("DuplicateTargetGroupName", cat("A target group with the same name '", group.name,
                                           "' exists, but with different settings"));
  }
  if (static_cast<double>(world.target_groups.size()) >= world.quota(quota::target_groups)) {
    refuse("TooManyTargetGroups", "The maximum number of target groups has been reached");
  }
  group.arn =
      world.arn("elasticloadbalancing", cat("targetgroup/", group.name, "/", world.ids.hex(16)));
  world.created(group.arn, call.now);
  answer(call, world.target_groups.emplace(group.arn, std::move(group)).first->second);
}

void describe(Call& call) {
  World& world = call.world;
  const auto arns = call.params["TargetGroupArns"].texts();
  const auto names = call.params["Names"].texts();
  const Param lb = call.params["LoadBalancerArn"];
  if (lb) load_balancer_of(call, lb.text());
  const auto has = [](const std::vector<std::string_view>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  std::set<std::string_view> found;
  for (const auto& [arn, group] : world.target_groups) {
    if (!world.visible(arn)) continue;
    found.insert(arn);
    found.insert(group.name);
  }
  for (const auto& list : {arns, names}) {
    for (const auto wanted : list) {
      if (!found.contains(wanted)) {
        refuse("TargetGroupNotFound", "One or more target groups not found");
      }
    }
  }
  const auto matches = [&](const TargetGroup& group) {
    if (lb && group.load_balancer != lb.text()) return false;
    return (arns.empty() && names.empty()) || has(arns, group.arn) || has(names, group.name);
  };
  page(call, world.target_groups, "TargetGroups", matches,
       [&](const TargetGroup& group) { write_group(call, group); });
}

void remove(Call& call) {
  const auto arn = call.params["TargetGroupArn"].text();
  const auto it = call.world.target_groups.find(arn);
  if (it == call.world.target_groups.end()) return;  // deleting what is not there succeeds
  if (!it->second.load_balancer.empty() || call.now < it->second.in_use_until) {
    refuse("ResourceInUse",
           cat("Target group '", arn, "' is currently in use by a listener or a rule"));
  }
  call.world.target_groups.erase(it);
}

void modify(Call& call) {
  TargetGroup& group = target_group_of(call, call.params["TargetGroupArn"].text());
  TargetGroup changed = group;
  read_health_check(call, changed);
  group = std::move(changed);
  answer(call, group);
}

void describe_attributes(Call& call) {
  write_attributes(call, target_group_of(call, call.params["TargetGroupArn"].text()).attributes);
}

void modify_group_attributes(Call& call) {
  modify_attributes(call, target_group_of(call, call.params["TargetGroupArn"].text()).attributes);
}

constexpr Action actions[] = {
    {"CreateTargetGroup", create},
    {"DescribeTargetGroups", describe},
    {"DeleteTargetGroup", remove},
    {"ModifyTargetGroup", modify, true},
    {"DescribeTargetGroupAttributes", describe_attributes},
    {"ModifyTargetGroupAttributes", modify_group_attributes},
};

}  // namespace

std::span<const Action> target_group_actions() {
  return actions;
}

}  // namespace albatross::sim::elbv2
