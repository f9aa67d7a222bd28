#pragma once

#include "albatross/runtime/clock.hpp"
#include "albatross/sigv4/credentials.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace albatross::sim {

/// How long AWS takes for what it does. Every duration counts from the call that started it.
/// realistic() holds typical values of a busy region; fast() keeps the same order of events at
/// about a fiftieth of the time.
struct TimeCourse {
  Duration vpc_available = std::chrono::seconds{1};
  Duration subnet_available = std::chrono::seconds{1};
  /// Until a new id is known to other calls, when CloudOptions::eventual_consistency is on: evenly
  /// distributed between zero and this.
  Duration visibility_lag = std::chrono::seconds{3};
  Duration profile_propagation = std::chrono::seconds{8};
  Duration instance_running = std::chrono::seconds{12};
  /// From running until the software on the instance answers.
  Duration instance_boot = std::chrono::seconds{45};
  /// From running until both status checks say ok.
  Duration status_checks = std::chrono::seconds{150};
  Duration instance_stopped = std::chrono::seconds{30};
  Duration instance_terminated = std::chrono::seconds{40};
  /// How long a terminated instance is still described.
  Duration terminated_visible = std::chrono::hours{1};
  /// From ModifyVolume until the volume has its new size; as long again until it is optimised.
  Duration volume_modified = std::chrono::seconds{20};
  Duration load_balancer_active = std::chrono::seconds{150};
  /// From DeleteLoadBalancer until it is no longer described.
  Duration load_balancer_gone = std::chrono::seconds{2};
  /// From DeleteLoadBalancer (or leaving a subnet) until its network interfaces are released.
  Duration load_balancer_interfaces = std::chrono::seconds{25};
  /// From RegisterTargets until the load balancer sends its first check.
  Duration target_registration = std::chrono::seconds{10};
  /// How long a target group counts as in use after the last listener or rule let go of it.
  Duration target_group_release = std::chrono::seconds{3};
  Duration file_system_available = std::chrono::seconds{6};
  Duration file_system_deleted = std::chrono::seconds{5};
  Duration mount_target_available = std::chrono::seconds{85};
  Duration mount_target_deleted = std::chrono::seconds{20};
  Duration mount_target_resolvable = std::chrono::seconds{30};
  /// From CreateTable until the DynamoDB table is active; as long to delete it.
  Duration table_active = std::chrono::seconds{8};
  /// From RequestCertificate until the certificate is issued.
  Duration certificate_issued = std::chrono::seconds{60};
  /// Divides what a caller chose in seconds (health-check intervals, deregistration delay), so that
  /// a fast profile is fast there too. 1 is real time.
  int caller_seconds_divisor = 1;

  /// As a busy region of AWS.
  static TimeCourse realistic() { return {}; }
  /// About fifty times as fast.
  static TimeCourse fast();
};

/// The documented access key of a fresh Cloud. It opens nothing anywhere else.
inline constexpr const char* default_access_key_id = "AKIAALBATROSSEXAMPLE";
inline constexpr const char* default_secret_access_key = "albatross/simulator/EXAMPLE/secret+key00";

/// What a simulated account is like; the defaults suit most tests.
struct CloudOptions {
  std::string region = "us-east-1";
  std::string account = "123456789012";
  std::string partition = "aws";
  /// Who may call. Empty stands for the default pair above.
  std::vector<Credentials> access_keys;
  /// Letters of the region's zones: "a" becomes us-east-1a.
  std::vector<std::string> zones = {"a", "b", "c"};
  TimeCourse times;
  /// 172.31.0.0/16 with a subnet in each zone, internet gateway and default route.
  bool default_vpc = true;
  std::uint64_t seed = 1;
  /// Check every request's signature and date as AWS does.
  bool verify_signatures = true;
  std::chrono::seconds max_clock_skew = std::chrono::minutes{5};
  /// An IAM policy document that says what the access keys' user may do. Empty: everything. What it
  /// does not allow is refused as AWS does, with DryRun too, and SimulatePrincipalPolicy says so.
  /// One that cannot be held to (no JSON, no Statement, …) is refused by Cloud's constructor.
  std::string caller_policy;
  /// Quotas that differ from AWS's defaults, by their Service Quotas code: {"L-1216C47A", 32} lets
  /// the account run 32 vCPUs. Launches and creations are held to them. Cloud's constructor refuses
  /// codes that are not known.
  std::map<std::string, double> quotas;
  /// Token buckets as EC2 and ELBv2 have them.
  bool throttling = false;
  /// New ids are unknown to other calls for a moment.
  bool eventual_consistency = false;
  /// Target health is decided by report_probe() instead of by the model (data plane).
  bool external_health = false;
  /// What load balancers' host names end in: "<name>-<number>.<region>.<domain>".
  std::string load_balancer_domain = "elb.amazonaws.com";
  /// The first public address that is given out.
  std::string public_addresses = "198.18.0.1";
  /// Calls remembered in Cloud::calls().
  std::size_t call_history = 4096;
};

}  // namespace albatross::sim
