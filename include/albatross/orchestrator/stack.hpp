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

/// Where the stack lives.
struct NetworkSpec {
  /// Whose network it is.
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

/// What the instances share: one EFS file system, or none.
struct FileSystemSpec {
  bool enabled = false;
  /// fs-…: use this one, and never change or delete it; empty: one is made.
  std::string existing_id;
  /// Where instances mount it.
  std::string mount_path = "/mnt/efs";
  bool encrypted = true;
  /// "generalPurpose" or "maxIO".
  std::string performance_mode = "generalPurpose";
  /// "elastic" or "bursting".
  std::string throughput_mode = "elastic";
};

/// The machines.
struct InstancesSpec {
  int count = 1;
  std::string type = "t3.small";
  /// ami-…, or resolve:ssm:PARAMETER.
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
  /// Existing security groups for every instance; empty: the stack makes one.
  std::vector<std::string> security_groups;
  /// Instances that exist and are used as they are, instead of launching any: by id, or all that
  /// run and have these tags.
  std::vector<std::string> existing_ids;
  std::map<std::string, std::string> existing_tags;

  /// Are instances used that are there already?
  bool existing() const { return !existing_ids.empty() || !existing_tags.empty(); }
};

/// How the load balancer finds out whether a target works.
struct HealthCheckSpec {
  /// "HTTP" or "HTTPS"; empty in the file: the service's own.
  std::string protocol = "HTTP";
  std::string path = "/";
  /// 0: the service's own port.
  std::uint16_t port = 0;
  std::chrono::seconds interval{30};
  std::chrono::seconds timeout{5};
  int healthy_threshold = 2;
  int unhealthy_threshold = 3;
  /// "200", "200,202", "200-299"; of GRPC services gRPC's own codes: "0", "0-99".
  std::string codes = "200";
};

/// Which requests are meant: all of the conditions that are given, of each any of its values. As a
/// service's own route: these go to it; none given: only a listener's default leads there.
struct RouteSpec {
  std::vector<std::string> paths;
  std::vector<std::string> hosts;
  /// "GET", "POST", …
  std::vector<std::string> methods;
  /// By header name; values with * and ?.
  std::map<std::string, std::vector<std::string>> headers;
  /// By key of the query string; values with * and ?.
  std::map<std::string, std::vector<std::string>> query;
  /// CIDR blocks.
  std::vector<std::string> source_ips;
  /// 1–50000; 0: chosen when the rule is made, and kept from then on.
  int priority = 0;

  /// Is there no condition at all?
  bool empty() const {
    return paths.empty() && hosts.empty() && methods.empty() && headers.empty() && query.empty() &&
           source_ips.empty();
  }
};

/// A service, and its share of the requests.
struct WeightedService {
  std::string service;
  /// 0–999; a share of the sum of all.
  int weight = 1;
};

/// A redirect's parts keep what the request had where they hold AWS's placeholders.
struct RedirectSpec {
  std::string protocol = "#{protocol}";
  std::string port = "#{port}";
  std::string host = "#{host}";
  std::string path = "/#{path}";
  std::string query = "#{query}";
  /// 301 or 302.
  int status = 301;
};

/// An answer of the load balancer's own.
struct FixedResponseSpec {
  /// 200–299 or 400–599.
  int status = 404;
  std::string content_type = "text/plain";
  std::string body;
};

/// What a listener or a rule does with a request.
struct ActionSpec {
  /// What is done.
  enum class Type : std::uint8_t { forward, redirect, fixed_response };
  Type type = Type::forward;
  /// Type::forward: one to five services.
  std::vector<WeightedService> forward;
  /// How long a client stays with the service that its first request came to; 0: not at all.
  std::chrono::seconds stickiness{0};
  RedirectSpec redirect;
  FixedResponseSpec fixed_response;

  /// Can a request come to that service by it?
  bool leads_to(const std::string& service) const;
};

/// Whether a client stays on one instance, and by whose cookie.
struct StickinessSpec {
  /// "lb_cookie" or "app_cookie"; empty: none.
  std::string type;
  /// Of app_cookie: the application's own cookie.
  std::string cookie_name;
  std::chrono::seconds duration{86400};
};

/// Settings of a target group; what is absent stays as AWS has it.
struct TargetGroupAttributesSpec {
  StickinessSpec stickiness;
  /// 0, or 30–900 seconds.
  std::optional<std::chrono::seconds> slow_start;
  std::optional<std::chrono::seconds> deregistration_delay;
  /// "round_robin", "least_outstanding_requests" or "weighted_random".
  std::optional<std::string> algorithm;
  std::optional<bool> anomaly_mitigation;
  std::optional<bool> cross_zone;
};

/// Something that listens on a port of every instance.
struct ServiceSpec {
  std::string name;
  std::uint16_t port = 80;
  /// "HTTP" or "HTTPS", from the load balancer to the instances.
  std::string protocol = "HTTP";
  /// "HTTP1", "HTTP2" or "GRPC".
  std::string protocol_version = "HTTP1";
  HealthCheckSpec health_check;
  RouteSpec route;
  TargetGroupAttributesSpec attributes;
};

/// A port of the load balancer.
struct ListenerSpec {
  std::uint16_t port = 80;
  /// "HTTP" or "HTTPS".
  std::string protocol = "HTTP";
  /// Of HTTPS: the default one first, then those that SNI chooses from.
  std::vector<std::string> certificates;
  std::string ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  /// The service that gets what no rule matches, when it is one alone; else empty.
  std::string default_service;
  /// What happens to what no rule matches; with a default_service: a forward to it.
  ActionSpec default_action;
  /// It is there already, on a load balancer that exists: only rules are added to it.
  bool existing = false;

  /// Whether services' routes are tried here; not where everything is redirected.
  bool takes_rules() const { return existing || default_action.type != ActionSpec::Type::redirect; }
};

/// A rule of the load balancer's listeners that is no service's own route.
struct RuleSpec {
  std::string name;
  RouteSpec route;
  ActionSpec action;
  /// Ports of the listeners that have it; empty: all but those that redirect everything.
  std::vector<std::uint16_t> listeners;

  /// Is the rule on that listener?
  bool is_for(const ListenerSpec& listener) const;
};

/// Where logs go; no bucket: nowhere.
struct LogsSpec {
  std::string bucket;
  std::string prefix;
};

/// Settings of a load balancer; what is absent stays as AWS has it.
struct LoadBalancerAttributesSpec {
  std::optional<std::chrono::seconds> idle_timeout;
  std::optional<std::chrono::seconds> client_keep_alive;
  std::optional<bool> deletion_protection;
  LogsSpec access_logs;
  LogsSpec connection_logs;
  /// "defensive", "strictest" or "monitor".
  std::optional<std::string> desync_mitigation_mode;
  std::optional<bool> drop_invalid_header_fields;
  std::optional<bool> http2;
  std::optional<bool> preserve_host_header;
  std::optional<bool> xff_client_port;
  /// "append", "preserve" or "remove".
  std::optional<std::string> xff_header_processing;
  std::optional<bool> tls_version_and_cipher_headers;
  std::optional<bool> waf_fail_open;
};

/// The load balancer in front of the services.
struct LoadBalancerSpec {
  bool enabled = false;
  /// Name or ARN of one that exists: it gets listeners and rules, nothing of its own is changed.
  std::string existing;
  /// Derived from the stack's name when the file gives none; at most 32 characters.
  std::string name;
  /// "internet-facing" or "internal".
  std::string scheme = "internet-facing";
  /// "ipv4" or "dualstack".
  std::string ip_address_type = "ipv4";
  std::vector<ListenerSpec> listeners;
  /// In the order of the file.
  std::vector<RuleSpec> rules;
  /// CIDR blocks that may reach the listeners.
  std::vector<std::string> allow_from = {"0.0.0.0/0"};
  /// Existing security groups for it; empty: the stack makes one.
  std::vector<std::string> security_groups;
  LoadBalancerAttributesSpec attributes;
  /// Whether a deploy asks each service through the load balancer before it calls the stack ready.
  /// Absent: where the file itself opens the load balancer to everybody (see is_asked()).
  std::optional<bool> probe;

  /// What `probe` says, else whether it can be reached from anywhere as far as the file tells.
  bool is_asked() const;
};

/// What a failure of a first deployment removes.
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
  /// For an answer of a service through the load balancer, once its targets are healthy.
  std::chrono::seconds answer{180};
  /// For removing any one resource, waits for what depends on it included.
  std::chrono::seconds destroy{900};
  /// For the whole run, whatever single steps may take; 0: no limit. What a failure leads to
  /// afterwards (rollback) is not part of it.
  std::chrono::seconds run{0};
};

/// A whole stack file.
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

  /// The service of that name; null when there is none.
  const ServiceSpec* service(const std::string& service_name) const;
};

}  // namespace albatross
