#include "orchestrator/doctor/target_facts.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <vector>

namespace albatross {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : ", ") + word;
  return out;
}

bool covers_port(const ec2::IpPermission& permission, int port) {
  if (permission.ip_protocol == "-1") return true;
  return permission.ip_protocol == "tcp" && permission.from_port.value_or(0) <= port &&
         port <= permission.to_port.value_or(65535);
}

/// Whether peers are let in (or out) that are no security group: those may be the other side's
/// addresses, so nothing is to be said against them.
bool names_addresses(const ec2::IpPermission& permission) {
  return !permission.ip_ranges.empty() || !permission.ipv6_ranges.empty() ||
         !permission.prefix_list_ids.empty();
}

class Diagnosis {
 public:
  Diagnosis(const TargetState& target, const GroupFacts& facts) : target_(target), facts_(facts) {
    const auto found = facts.instances.find(target.instance_id);
    if (found != facts.instances.end()) instance_ = &found->second;
    const auto boot = facts.boots.find(target.instance_id);
    if (boot != facts.boots.end()) boot_ = boot->second;
  }

  std::string run() const {
    const std::string& reason = target_.reason;
    if (reason == "Target.InvalidState") return stopped();
    if (reason == "Target.NotInUse") return not_in_use();
    if (reason == "Target.ResponseCodeMismatch") return wrong_status();
    if (reason == "Target.Timeout") return first_of({closed(), boot_trouble(), silent()});
    if (reason == "Target.FailedHealthChecks") return first_of({boot_trouble(), refused()});
    return {};
  }

 private:
  static std::string first_of(std::initializer_list<std::string> causes) {
    for (const std::string& cause : causes) {
      if (!cause.empty()) return cause;
    }
    return {};
  }

  std::string service_member(const char* member) const {
    return "services." + target_.service + "." + member;
  }

  /// The port that is checked.
  int port() const {
    if (facts_.group && facts_.group->health_check_port != "traffic-port") {
      const int own = std::atoi(facts_.group->health_check_port.c_str());
      if (own > 0) return own;
    }
    return target_.port;
  }

  std::string on_port() const {
    const std::string text = "port " + std::to_string(port());
    return port() == target_.port ? text : text + " (" + service_member("health.port") + ")";
  }

  std::string asked() const {
    if (!facts_.group || facts_.group->health_check_path.empty()) return "the check";
    return "GET " + facts_.group->health_check_path + " on " + on_port();
  }

  std::string stopped() const {
    if (instance_ == nullptr || instance_->state.name == "running") return {};
    std::string out = "The instance is " + instance_->state.name;
    if (instance_->state_reason && !instance_->state_reason->message.empty())
      out += " (" + instance_->state_reason->message + ")";
    if (instance_->state.name == "stopped" || instance_->state.name == "stopping")
      return out + ": start it again, or terminate it and deploy: another takes its place.";
    return out + ": deploy again, and another takes its place.";
  }

  std::string not_in_use() const {
    if (instance_ == nullptr || !facts_.balancer) return {};
    std::vector<std::string> zones;
    for (const elbv2::AvailabilityZone& zone : facts_.balancer->availability_zones)
      zones.push_back(zone.zone_name);
    const std::string& zone = instance_->placement.availability_zone;
    if (zones.empty() || std::find(zones.begin(), zones.end(), zone) != zones.end()) return {};
    return "The instance is in " + zone + ", the load balancer in " + joined(zones) +
           " only: give it a subnet there (network.subnets).";
  }

  /// Which of the security groups keeps checks out.
  std::string closed() const {
    if (instance_ == nullptr || !facts_.balancer || facts_.balancer->security_groups.empty())
      return {};
    std::vector<std::string> own;
    for (const ec2::GroupIdentifier& group : instance_->security_groups)
      own.push_back(group.group_id);
    const std::vector<std::string>& theirs = facts_.balancer->security_groups;
    const std::string number = std::to_string(port());
    if (is_closed(own, theirs, &ec2::SecurityGroup::ip_permissions)) {
      return "Security group " + joined(own) + " of the instance has no rule that lets " +
             joined(theirs) + " (the load balancer) reach " + on_port() +
             ": deploy again to put the stack's rules right, or add the rule yourself where the "
             "group is your own.";
    }
    if (is_closed(theirs, own, &ec2::SecurityGroup::ip_permissions_egress)) {
      return "Security group " + joined(theirs) +
             " of the load balancer has no outbound rule that lets it reach " + joined(own) +
             " on port " + number + ": add one.";
    }
    return {};
  }

  /// True only when every group is known and none has a rule that could fit.
  bool is_closed(const std::vector<std::string>& groups, const std::vector<std::string>& peers,
                 std::vector<ec2::IpPermission> ec2::SecurityGroup::*rules) const {
    for (const std::string& id : groups) {
      const auto group = facts_.security_groups.find(id);
      if (group == facts_.security_groups.end()) return false;
      for (const ec2::IpPermission& permission : group->second.*rules) {
        if (!covers_port(permission, port())) continue;
        const auto& pairs = permission.user_id_group_pairs;
        const bool named = std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
          return std::find(peers.begin(), peers.end(), pair.group_id) != peers.end();
        });
        if (named || names_addresses(permission)) return false;
      }
    }
    return !groups.empty();
  }

  std::string boot_trouble() const {
    switch (boot_) {
      case BootStage::booting:
        return "The instance still boots: its user data has not begun.";
      case BootStage::awaiting_storage:
        return "The user data waits for the file system: no mount target answers yet.";
      case BootStage::user_data:
        return "The user data is still at work (cloud-init has not finished): the service comes "
               "after it. If it takes longer than that, raise timeouts.health.";
      case BootStage::storage_failed:
        return "The file system could not be mounted, so the user data was not run: see the "
               "console output (aws ec2 get-console-output --instance-id " +
               target_.instance_id + ").";
      case BootStage::user_data_failed:
        return "The user data ended with an error, so the service may never have been started: "
               "see /var/log/cloud-init-output.log on the instance.";
      case BootStage::unknown:
      case BootStage::finished:
        break;
    }
    return {};
  }

  /// Security groups are open: something is there and does not answer.
  std::string silent() const {
    if (!facts_.group) return {};
    const int timeout = facts_.group->health_check_timeout_seconds;
    const int interval = facts_.group->health_check_interval_seconds;
    if (boot_ != BootStage::finished && instance_ == nullptr) return {};
    std::string out = "Security groups let it through, but " + asked() + " gets no answer within " +
                      std::to_string(timeout) +
                      " s: the service hangs, a firewall on the "
                      "instance drops it, or it needs longer (" +
                      service_member("health.timeout");
    if (interval > 0 && timeout + 1 >= interval)
      out += " and .interval, now " + std::to_string(interval) + " s";
    return out + ").";
  }

  std::string refused() const {
    if (boot_ != BootStage::finished) return {};
    return "Boot and user data have finished, but nothing takes connections on " + on_port() +
           ": is the service started, does it listen on 0.0.0.0 and on this port?";
  }

  /// AWS puts it in brackets: "Health checks failed with these codes: [404]".
  std::string status() const {
    const std::size_t at = target_.description.find('[');
    if (at == std::string::npos) return {};
    return target_.description.substr(at + 1, target_.description.find(']', at) - at - 1);
  }

  std::string wrong_status() const {
    if (!facts_.group || status().empty()) return {};
    const elbv2::Matcher& matcher = facts_.group->matcher;
    const std::string& codes = matcher.http_code.empty() ? matcher.grpc_code : matcher.http_code;
    return asked() + " answers " + status() + ", and healthy is " + codes + meaning() +
           " Correct " + service_member("health") + " (path, codes), or the service.";
  }

  std::string meaning() const {
    const std::string code = status();
    if (code == "401" || code == "403") return ": it asks for a login. Check a path without one.";
    if (code == "404") return ": it does not know the path.";
    if (code.starts_with("3")) return ": it redirects. Check where it leads, or allow the code.";
    if (code.starts_with("5")) return ": it fails by itself, see its own log.";
    return ".";
  }

  const TargetState& target_;
  const GroupFacts& facts_;
  const ec2::Instance* instance_ = nullptr;
  BootStage boot_ = BootStage::unknown;
};

}  // namespace

std::string likely_cause(const TargetState& target, const GroupFacts& facts) {
  return Diagnosis(target, facts).run();
}

}  // namespace albatross
