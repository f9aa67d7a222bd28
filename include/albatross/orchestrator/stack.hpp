#pragma once

#include "albatross/sigv4/credentials.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What a stack file says, checked and with every default filled in. Plain values: whoever reads a
/// Stack never has to know that there was YAML. docs/stack-file.md describes each member.
namespace albatross {

struct NetworkSpec {
  enum class Mode : std::uint8_t { default_vpc, existing, create };
  Mode mode = Mode::default_vpc;
  /// Mode::existing: the VPC; may be empty when subnet ids are given.
  std::string vpc_id;
  /// Mode::existing and default_vpc: use exactly these; empty: one per zone is chosen.
  std::vector<std::string> subnet_ids;
  /// Mode::create.
  std::string cidr = "10.42.0.0/16";
  /// Zones to use, in this order; empty: the first two that qualify.
  std::vector<std::string> zones;
};

struct FileSystemSpec {
  bool enabled = false;
  /// Where instances mount it.
  std::string mount_path = "/mnt/efs";
  bool encrypted = true;
  /// "generalPurpose" or "maxIO".
  std::string performance_mode = "generalPurpose";
  /// "elastic" or "bursting".
  std::string throughput_mode = "elastic";
};

struct InstancesSpec {
  int count = 1;
  std::string type = "t3.small";
  /// ami-…, or resolve:ssm:<parameter>.
  std::string image =
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
  std::string key_name;
  /// 0: as the image has it.
  int root_volume_gib = 0;
  bool public_ip = true;
  /// The user's own script, run after the file system is mounted. May hold secrets.
  Secret user_data;
  /// CIDR blocks that may reach port 22; empty: none.
  std::vector<std::string> ssh_from;
};

struct HealthCheckSpec {
  std::string path = "/";
  /// 0: the service's own port.
  std::uint16_t port = 0;
  std::chrono::seconds interval{30};
  std::chrono::seconds timeout{5};
  int healthy_threshold = 2;
  int unhealthy_threshold = 3;
  /// "200", "200,202", "200-299".
  std::string codes = "200";
};

/// Which requests go to a service. No path and no host: only the listener's default leads there.
struct RouteSpec {
  std::vector<std::string> paths;
  std::vector<std::string> hosts;
  /// 1–50000; 0: assigned by position in the file.
  int priority = 0;

  bool empty() const { return paths.empty() && hosts.empty(); }
};

/// Something that listens on a port of every instance.
struct ServiceSpec {
  std::string name;
  std::uint16_t port = 80;
  HealthCheckSpec health_check;
  RouteSpec route;
};

struct ListenerSpec {
  std::uint16_t port = 80;
  /// "HTTP" or "HTTPS".
  std::string protocol = "HTTP";
  std::string certificate_arn;
  std::string ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  /// The service that gets what no rule matches; always names one of Stack::services.
  std::string default_service;
};

struct LoadBalancerSpec {
  bool enabled = false;
  /// Derived from the stack's name when the file gives none; at most 32 characters.
  std::string name;
  /// "internet-facing" or "internal".
  std::string scheme = "internet-facing";
  std::vector<ListenerSpec> listeners;
  /// CIDR blocks that may reach the listeners.
  std::vector<std::string> allow_from = {"0.0.0.0/0"};
};

enum class FailurePolicy : std::uint8_t {
  rollback_load_balancer,  ///< "rollback-alb": load-balancing resources go, instances stay
  rollback_all,            ///< "rollback-all": all that the stack created goes
  keep,                    ///< "keep": everything stays for inspection
};

/// How long each step may take. In the file: timeouts.network and so on.
struct TimeoutsSpec {
  std::chrono::seconds network{120};
  std::chrono::seconds security_groups{120};
  std::chrono::seconds storage{900};
  std::chrono::seconds instances{600};
  std::chrono::seconds load_balancer{600};
  std::chrono::seconds target_groups{120};
  std::chrono::seconds registration{600};
  std::chrono::seconds health{300};
  /// For removing any one resource, waits for what depends on it included.
  std::chrono::seconds destroy{900};
  /// For the whole run, whatever single steps may take; 0: no limit. What a failure leads to
  /// afterwards (rollback) is not part of it.
  std::chrono::seconds run{0};
};

struct Stack {
  std::string name;
  /// Empty: from the environment or profile.
  std::string region;
  /// 1 or 2. A stack without an enabled load balancer is Tier 1.
  int tier = 1;
  std::map<std::string, std::string> tags;
  NetworkSpec network;
  FileSystemSpec file_system;
  InstancesSpec instances;
  /// In the order of the file.
  std::vector<ServiceSpec> services;
  LoadBalancerSpec load_balancer;
  TimeoutsSpec timeouts;
  /// The longest pause between two looks at something that is awaited.
  std::chrono::milliseconds poll_interval{5000};
  FailurePolicy on_failure = FailurePolicy::rollback_load_balancer;

  const ServiceSpec* service(const std::string& service_name) const;
};

}  // namespace albatross
