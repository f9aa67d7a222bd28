#pragma once

#include "albatross/sim/cloud.hpp"
#include "albatross/sim/faults.hpp"
#include "albatross/sim/options.hpp"

#include "sim/core/cidr.hpp"
#include "sim/core/ids.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace albatross::sim {

/// Ordered by key, so that everything that is listed comes in the same order every time.
template <class T>
using Table = std::map<std::string, T, std::less<>>;
using Tags = std::map<std::string, std::string, std::less<>>;

struct Vpc {
  std::string id;
  Cidr cidr;
  bool is_default = false;
  std::string tenancy = "default";
  TimePoint available_at;
  bool dns_support = true;
  bool dns_hostnames = false;
  bool address_usage_metrics = false;
  std::string cidr_association;
  std::string main_table;
  std::string default_group;
  std::string acl;
};

struct Subnet {
  std::string id;
  std::string vpc;
  Cidr cidr;
  /// Empty: IPv4 only.
  std::string ipv6_cidr;
  std::size_t zone = 0;
  TimePoint available_at;
  bool default_for_az = false;
  bool public_ip_on_launch = false;
  bool resource_name_dns = false;
  std::string hostname_type = "ip-name";
  std::string acl_association;
  std::set<std::uint32_t> used;

  std::uint64_t free_addresses() const { return cidr.size() - 5 - used.size(); }
};

struct InternetGateway {
  std::string id;
  std::string vpc;  // empty while detached
};

struct Route {
  std::string destination;  // IPv4 or IPv6 network
  std::string target;       // "local", igw-…, nat-…, eni-…
  std::string origin = "CreateRoute";
};

struct RouteAssociation {
  std::string id;
  std::string subnet;  // empty for the main one
};

struct RouteTable {
  std::string id;
  std::string vpc;
  std::vector<Route> routes;
  std::vector<RouteAssociation> associations;
};

struct SecurityRule {
  std::string id;
  bool egress = false;
  std::string protocol;  // tcp, udp, icmp, icmpv6, -1 or a number
  int from = -1;
  int to = -1;
  // Exactly one of these four is set.
  std::string ipv4;
  std::string ipv6;
  std::string prefix_list;
  std::string group;
  std::string description;

  /// Two rules are the same rule when all but id and description agree.
  bool same(const SecurityRule& other) const {
    return egress == other.egress && protocol == other.protocol && from == other.from &&
           to == other.to && ipv4 == other.ipv4 && ipv6 == other.ipv6 &&
           prefix_list == other.prefix_list && group == other.group;
  }
};

struct SecurityGroup {
  std::string id;
  std::string name;
  std::string description;
  std::string vpc;
  bool is_default = false;
  std::vector<SecurityRule> rules;
};

struct NetworkInterface {
  std::string id;
  std::string subnet;
  std::string vpc;
  std::size_t zone = 0;
  std::string description;
  std::string interface_type = "interface";
  std::uint32_t address = 0;
  std::uint32_t public_address = 0;  // 0 for none
  std::string mac;
  std::vector<std::string> groups;
  /// Who made it: empty for the account itself, "amazon-elb", "amazon-efs".
  std::string requester;
  std::string attachment;  // empty while available
  std::string instance;    // of the attachment
  int device_index = 0;
  bool delete_on_termination = false;
  bool source_dest_check = true;
  WallTime attached;
};

/// What ModifyVolume found; the volume has the new values at once.
struct VolumeChange {
  std::string type;
  int size = 0;
  int iops = 0;
  int throughput = 0;
  WallTime began;
  TimePoint optimizing_at;  // modifying until then
  TimePoint completed_at;
};

struct Volume {
  std::string id;
  std::string instance;
  std::string device;
  std::string zone;
  std::string type = "gp3";
  std::string snapshot;
  int size = 8;
  int iops = 3000;
  int throughput = 125;
  bool encrypted = false;
  bool delete_on_termination = true;
  WallTime created;
  std::optional<VolumeChange> change;  // the last ModifyVolume
};

enum class InstanceState { pending, running, shutting_down, terminated, stopping, stopped };

struct Instance {
  std::string id;
  std::string reservation;
  int launch_index = 0;
  std::string image;
  std::string type;
  std::string key_name;
  std::string client_token;
  std::string user_data;  // base64 as given
  std::string profile;    // instance profile's name, or empty
  std::string profile_association;
  std::string shutdown_behavior = "stop";
  std::string http_tokens = "required";
  int hop_limit = 2;
  bool metadata_tags = false;
  bool http_endpoint = true;
  bool termination_protection = false;
  bool stop_protection = false;
  bool monitoring = false;
  bool ebs_optimized = false;
  std::string auto_recovery = "default";
  std::string credits = "unlimited";
  std::string tenancy = "default";
  std::string subnet;
  std::string vpc;
  std::size_t zone = 0;
  std::vector<std::string> interfaces;
  std::vector<std::string> volumes;
  bool auto_public_ip = false;
  std::uint32_t address = 0;
  WallTime launched_wall;
  WallTime ended_wall;

  // The state is a function of these and of now.
  TimePoint started;                     // RunInstances or StartInstances
  TimePoint running_at;                  // pending until then
  std::optional<TimePoint> stopping;     // StopInstances
  TimePoint stopped_at;                  // stopping until then
  std::optional<TimePoint> terminating;  // TerminateInstances, or by itself
  TimePoint terminated_at;               // shutting-down until then
  bool released = false;                 // interfaces and volumes are gone
  std::string reason_code;               // stateReason
  std::string reason;
  /// By port, as changed through set_service; 0 for all ports.
  std::map<std::uint16_t, ServiceState> services;

  ServiceState service(std::uint16_t port) const {
    const auto own = services.find(port);
    const auto any = own == services.end() ? services.find(0) : own;
    return any == services.end() ? ServiceState{} : any->second;
  }
  InstanceState state(TimePoint now) const {
    if (terminating && now >= *terminating)
      return now >= terminated_at ? InstanceState::terminated : InstanceState::shutting_down;
    if (stopping) return now >= stopped_at ? InstanceState::stopped : InstanceState::stopping;
    return now >= running_at ? InstanceState::running : InstanceState::pending;
  }
};
std::string_view to_string(InstanceState state);
int state_code(InstanceState state);

struct KeyPair {
  std::string id;
  std::string name;
  std::string type;
  std::string material;  // the public key, as imported
  std::string fingerprint;
  WallTime created;
};

/// What a RunInstances token stands for.
struct LaunchToken {
  std::uint64_t digest = 0;
  std::string reservation;
  std::vector<std::string> instances;
};

struct LoadBalancer {
  std::string arn;
  std::string name;
  std::string suffix;  // "app/<name>/<16 hex>"
  std::string dns_name;
  std::string scheme = "internet-facing";
  std::string type = "application";
  std::string ip_address_type = "ipv4";
  std::string vpc;
  std::vector<std::string> subnets;
  std::vector<std::string> groups;
  std::vector<std::string> interfaces;
  WallTime created;
  TimePoint active_at;
  std::string failure;  // reason, when provisioning ends in failed
  std::optional<TimePoint> deleted_at;
  Tags attributes;
  Tags tags;
};

struct WeightedGroup {
  std::string arn;
  int weight = 1;
  friend bool operator==(const WeightedGroup&, const WeightedGroup&) = default;
};

struct ListenerAction {
  std::string type;
  int order = 0;
  std::vector<WeightedGroup> groups;
  bool by_arn = false;  // given as TargetGroupArn
  bool sticky = false;
  int sticky_seconds = 0;
  std::string status_code, message_body, content_type;     // fixed-response
  std::string protocol, port, host, path, query;           // redirect
  std::vector<std::pair<std::string, std::string>> other;  // authenticate-*: kept as given
  friend bool operator==(const ListenerAction&, const ListenerAction&) = default;
};

struct Listener {
  std::string arn;
  std::string load_balancer;
  int port = 80;
  std::string protocol = "HTTP";
  std::string ssl_policy;
  std::vector<std::string> certificates;  // the first is the default one
  std::vector<ListenerAction> actions;
  std::string default_rule;
  Tags attributes;
  Tags tags;
};

struct RuleCondition {
  std::string field;
  std::string header_name;
  std::vector<std::pair<std::string, std::string>> values;  // key (query-string only), value
  bool plain = false;                                       // given as Values
  friend bool operator==(const RuleCondition&, const RuleCondition&) = default;
};

struct ListenerRule {
  std::string arn;
  std::string listener;
  int priority = 0;  // 0 for the default rule
  std::vector<RuleCondition> conditions;
  std::vector<ListenerAction> actions;
  Tags tags;
};

enum class Health { initial, healthy, unhealthy };

/// A registered target, and what health checks have found so far.
struct Target {
  std::string id;
  int port = 0;
  std::string zone;
  TimePoint registered_at;
  std::optional<TimePoint> deregistered_at;
  TimePoint drained_at;

  Health health = Health::initial;
  std::optional<TimePoint> checking_since;
  TimePoint next_check;
  int passed = 0;  // in a row
  int failed = 0;
  bool checked = false;
  Probe last;
};

struct TargetGroup {
  std::string arn;
  std::string name;
  std::string protocol = "HTTP";
  std::string protocol_version = "HTTP1";
  std::string target_type = "instance";
  std::string ip_address_type = "ipv4";
  std::string vpc;
  int port = 80;
  bool health_enabled = true;
  std::string health_protocol = "HTTP";
  std::string health_port = "traffic-port";
  std::string health_path = "/";
  int interval = 30;
  int timeout = 5;
  int healthy_threshold = 5;
  int unhealthy_threshold = 2;
  std::string matcher = "200";
  std::string grpc_matcher;
  Tags attributes;
  Tags tags;
  std::map<std::pair<std::string, int>, Target> targets;

  std::string load_balancer;  // whose listeners or rules forward here; empty for nobody
  TimePoint attached_at;
  TimePoint in_use_until;  // lag after the last reference
};

struct FileSystem {
  std::string id;
  std::string arn;
  std::string token;
  bool encrypted = false;
  std::string kms_key;
  std::string performance_mode = "generalPurpose";
  std::string throughput_mode = "bursting";
  double provisioned_throughput = 0;
  std::string zone_name;  // One Zone
  bool backup = false;
  std::string policy;
  std::vector<std::pair<std::string, std::string>> lifecycle;
  bool replication_protection = true;
  WallTime created;
  TimePoint available_at;
  TimePoint updated_at;  // when its last change is done
  std::optional<WallTime> mode_changed;
  std::optional<TimePoint> deleted_at;
  Tags tags;

  std::string_view state(TimePoint now) const {
    if (deleted_at) return "deleting";
    if (now < available_at) return "creating";
    return now < updated_at ? "updating" : "available";
  }
};

struct MountTarget {
  std::string id;
  std::string file_system;
  std::string subnet;
  std::string vpc;
  std::size_t zone = 0;
  std::uint32_t address = 0;
  std::string interface;
  TimePoint available_at;
  std::optional<TimePoint> deleted_at;

  std::string_view state(TimePoint now) const {
    if (deleted_at) return "deleting";
    return now < available_at ? "creating" : "available";
  }
};

struct Role {
  std::string name;
  std::string id;
  std::string arn;
  std::string path = "/";
  std::string trust;
  std::string description;
  int max_session = 3600;
  std::string boundary;
  WallTime created;
  Table<std::string> policies;
  Table<std::string> attached;  // arn to name
  Tags tags;
};

struct InstanceProfile {
  std::string name;
  std::string id;
  std::string arn;
  std::string path = "/";
  std::string role;
  WallTime created;
  TimePoint usable_at;
  Tags tags;
};

/// One of ACM.
struct Certificate {
  std::string arn;
  std::string domain;
  std::vector<std::string> names;
  std::string method = "DNS";
  std::string token;
  WallTime created;
  TimePoint issued_at;
  bool deleted = false;
  Tags tags;
};

struct KeyAttribute {
  std::string name;  // empty for a table without sort key
  std::string type;  // S, N or B
};

struct DynamoTable {
  std::string name;
  std::string id;
  KeyAttribute hash;
  KeyAttribute range;
  std::string billing;
  bool protection = false;
  WallTime created;
  TimePoint active_at;
  std::optional<TimePoint> deleted_at;  // when it will be gone
  Table<Table<std::string>> items;      // JSON texts, by partition and sort key
  Tags tags;
};

/// Credentials handed out by STS.
struct Session {
  Credentials credentials;
  std::string arn;
  std::string user_id;
  std::string role;  // empty for the user's own
  WallTime expires;
};

/// What will happen by itself.
enum class Due {
  release_interface,
  release_instance,
  forget_instance,
  forget_load_balancer,
  forget_target,
  forget_file_system,
  forget_mount_target,
};

struct World {
  explicit World(CloudOptions given);

  CloudOptions options;
  Ids ids;
  FaultPlan faults;

  Table<Vpc> vpcs;
  Table<Subnet> subnets;
  Table<InternetGateway> gateways;
  Table<RouteTable> route_tables;
  Table<SecurityGroup> groups;
  Table<NetworkInterface> interfaces;
  Table<Volume> volumes;
  Table<Instance> instances;
  Table<KeyPair> key_pairs;  // by name
  Table<LaunchToken> launch_tokens;
  Table<std::pair<std::uint64_t, std::string>> tokens;  // ClientToken of other creates
  Table<Tags> tags;                                     // EC2 resources, by id

  Table<LoadBalancer> load_balancers;
  Table<Listener> listeners;
  Table<ListenerRule> rules;
  Table<TargetGroup> target_groups;

  Table<FileSystem> file_systems;
  Table<MountTarget> mount_targets;

  Table<Role> roles;
  Table<InstanceProfile> profiles;
  Table<Certificate> certificates;
  Table<DynamoTable> dynamo_tables;  // by name
  Table<Session> sessions;           // by access key id
  std::set<std::string, std::less<>> expired_keys;

  /// Lets everything happen that is due at `now`.
  void settle(TimePoint now);
  void schedule(TimePoint at, Due what, std::string id, std::string extra = {});

  /// Marks a new id as not yet known to other calls (eventual consistency).
  void created(const std::string& id, TimePoint now);
  bool visible(std::string_view id) const {
    return hidden_.empty() || hidden_.find(id) == hidden_.end();
  }
  template <class T>
  T* find(Table<T>& table, std::string_view id) {
    const auto it = table.find(id);
    return it == table.end() || !visible(id) ? nullptr : &it->second;
  }

  const std::string& zone_name(std::size_t zone) const { return zones_[zone].name; }
  const std::string& zone_id(std::size_t zone) const { return zones_[zone].id; }
  std::optional<std::size_t> zone_index(std::string_view name_or_id) const;
  std::string arn(std::string_view service, std::string_view rest) const;
  /// What the account may have at most (core/quotas.hpp).
  double quota(std::string_view code) const;
  /// A duration that the caller chose in seconds, on this Cloud's scale.
  Duration caller_seconds(int seconds) const;

  const Tags& tags_of(std::string_view id) const;

  /// Makes a VPC with its main route table, default group and network ACL.
  Vpc& make_vpc(Cidr cidr, bool is_default, TimePoint now);
  Subnet& make_subnet(const Vpc& vpc, Cidr cidr, std::size_t zone, TimePoint now);
  SecurityGroup& make_group(const std::string& vpc, std::string name, std::string description);
  /// Makes a network interface on a free address (or `wanted`); null when the subnet is full.
  NetworkInterface* make_interface(const std::string& subnet, std::vector<std::string> groups,
                                   std::optional<std::uint32_t> wanted = {});
  void release_interface(const std::string& id);
  void give_public_address(NetworkInterface& interface);

  const Vpc* default_vpc() const;
  const RouteTable* effective_table(const Subnet& subnet) const;
  bool has_gateway(std::string_view vpc) const;
  const SecurityGroup* group_named(std::string_view vpc, std::string_view name) const;

  /// Brings every target's health up to `now` under the conditions that hold until now; called
  /// before anything changes that a health check would notice.
  void advance_health(TimePoint now);
  /// Recomputes who forwards to which target group.
  void refresh_forwarding(TimePoint now);

 private:
  struct Event {
    Due what;
    std::string id;
    std::string extra;
  };
  void happen(const Event& event);
  void make_default_vpc();

  struct Zone {
    std::string name;
    std::string id;
  };
  std::vector<Zone> zones_;

  std::multimap<TimePoint, Event> due_;
  Table<TimePoint> hidden_;
  std::uint32_t public_given_ = 0;
};

}  // namespace albatross::sim
