#include "sim/elbv2/common.hpp"

#include <algorithm>

namespace albatross::sim {

std::span<const std::span<const Action>> elbv2_actions() {
  static const std::span<const Action> lists[] = {
      elbv2::load_balancer_actions(), elbv2::target_group_actions(), elbv2::target_actions(),
      elbv2::listener_actions(),      elbv2::rule_actions(),         elbv2::certificate_actions(),
      elbv2::account_actions(),
  };
  return lists;
}

}  // namespace albatross::sim

namespace albatross::sim::elbv2 {

LoadBalancer* find_load_balancer(World& world, std::string_view arn) {
  LoadBalancer* found = world.find(world.load_balancers, arn);
  return found == nullptr || found->deleted_at ? nullptr : found;
}

LoadBalancer& load_balancer_of(Call& call, std::string_view arn) {
  if (LoadBalancer* found = find_load_balancer(call.world, arn)) return *found;
  if (!arn.starts_with("arn:") || arn.find(":loadbalancer/") == std::string_view::npos) {
    refuse("ValidationError", cat("'", arn, "' is not a valid load balancer ARN"));
  }
  refuse("LoadBalancerNotFound", cat("Load balancer '", arn, "' not found"));
}

TargetGroup& target_group_of(Call& call, std::string_view arn) {
  if (TargetGroup* found = call.world.find(call.world.target_groups, arn)) return *found;
  if (!arn.starts_with("arn:") || arn.find(":targetgroup/") == std::string_view::npos) {
    refuse("ValidationError", cat("'", arn, "' is not a valid target group ARN"));
  }
  refuse("TargetGroupNotFound", "One or more target groups not found");
}

Listener& listener_of(Call& call, std::string_view arn) {
  if (Listener* found = call.world.find(call.world.listeners, arn)) return *found;
  if (!arn.starts_with("arn:") || arn.find(":listener/") == std::string_view::npos) {
    refuse("ValidationError", cat("'", arn, "' is not a valid listener ARN"));
  }
  refuse("ListenerNotFound", "One or more listeners not found");
}

ListenerRule& rule_of(Call& call, std::string_view arn) {
  if (ListenerRule* found = call.world.find(call.world.rules, arn)) return *found;
  if (!arn.starts_with("arn:") || arn.find(":listener-rule/") == std::string_view::npos) {
    refuse("ValidationError", cat("'", arn, "' is not a valid listener rule ARN"));
  }
  refuse("RuleNotFound", "One or more rules not found");
}

Tags read_tags(Param given) {
  Tags tags;
  for (const Param tag : given.items()) {
    const auto key = tag["Key"].text();
    if (key.starts_with("aws:")) {
      refuse("ValidationError", "Tag keys beginning with 'aws:' are reserved");
    }
    if (!tags.emplace(key, tag["Value"].str()).second) {
      refuse("DuplicateTagKeys", cat("Tag key '", key, "' was specified more than once"));
    }
  }
  if (tags.size() > 50) {
    refuse("TooManyTags", "You've reached the limit on the number of tags per resource");
  }
  return tags;
}

void check_name(std::string_view name, std::string_view what) {
  const bool plain =
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
      std::string_view::npos;
  if (name.empty() || !plain) {
    refuse("ValidationError", cat(what, " name '", name,
                                  "' can only contain characters that are alphanumeric "
                                  "characters or hyphens(-)"));
  }
  if (name.size() > 32) {
    refuse("ValidationError",
           cat(what, " name '", name, "' cannot be longer than '32' characters"));
  }
  if (name.front() == '-' || name.back() == '-') {
    refuse("ValidationError", cat(what, " name '", name, "' cannot begin or end with '-'"));
  }
}

void check_marker(std::string_view marker) {
  if (marker.starts_with("arn:")) return;
  refuse("ValidationError", cat("Marker '", marker, "' is not valid"));
}

void write_attributes(Call& call, const Tags& attributes) {
  call.out.in("Attributes", [&] {
    for (const auto& [key, value] : attributes) {
      call.out.in("member", [&, &k = key, &v = value] {
        call.out.leaf("Key", k);
        call.out.leaf("Value", v);
      });
    }
  });
}

namespace {

struct Range {
  const char* key;
  std::int64_t low;
  std::int64_t high;
};

constexpr Range ranges[] = {
    {"idle_timeout.timeout_seconds", 1, 4000},
    {"client_keep_alive.seconds", 60, 604800},
    {"deregistration_delay.timeout_seconds", 0, 3600},
    {"stickiness.lb_cookie.duration_seconds", 1, 604800},
    {"stickiness.app_cookie.duration_seconds", 1, 604800},
};

void check_attribute(std::string_view key, Param value) {
  const auto bad = [&] {
    refuse("ValidationError",
           cat("'", value.text(), "' is not a valid value for the attribute '", key, "'"));
  };
  if (key.ends_with(".enabled") && key != "load_balancing.cross_zone.enabled" &&
      value.text() != "true" && value.text() != "false")
    bad();
  for (const Range& range : ranges) {
    if (key != range.key) continue;
    const auto number = value.number();
    if (!number || *number < range.low || *number > range.high) bad();
  }
  if (key == "slow_start.duration_seconds") {
    const auto number = value.number();
    if (!number || (*number != 0 && (*number < 30 || *number > 900))) bad();
  }
}

}  // namespace

void modify_attributes(Call& call, Tags& attributes) {
  const auto wanted = call.params["Attributes"].items();
  for (const Param attribute : wanted) {
    const auto key = attribute["Key"].text();
    if (!attributes.contains(key)) {
      refuse("ValidationError",
             cat("Load balancer or target group attribute key '", key, "' is not recognized"));
    }
    check_attribute(key, attribute["Value"]);
  }
  Tags changed = attributes;
  for (const Param attribute : wanted)
    changed[attribute["Key"].str()] = attribute["Value"].str();
  for (const char* logs : {"access_logs.s3", "connection_logs.s3", "health_check_logs.s3"}) {
    const std::string bucket = cat(logs, ".bucket");
    const auto enabled = changed.find(cat(logs, ".enabled"));
    if (enabled != changed.end() && enabled->second == "true" && changed[bucket].empty()) {
      refuse("InvalidConfigurationRequest", cat("The value of '", bucket, "' cannot be blank"));
    }
  }
  attributes = std::move(changed);
  write_attributes(call, attributes);
}

void write_list(Call& call, const char* element, const std::vector<std::string>& values) {
  call.out.in(element, [&] {
    for (const auto& value : values)
      call.out.leaf("member", value);
  });
}

std::string rule_arn(World& world, std::string_view listener_arn) {
  const auto at = listener_arn.find(":listener/");
  return cat(listener_arn.substr(0, at), ":listener-rule/", listener_arn.substr(at + 10), "/",
             world.ids.hex(16));
}

void remove_listener(World& world, const std::string& arn) {
  std::erase_if(world.rules, [&](const auto& entry) { return entry.second.listener == arn; });
  world.listeners.erase(arn);
}

}  // namespace albatross::sim::elbv2
