#pragma once

#include "albatross/http/message.hpp"
#include "albatross/sim/faults.hpp"
#include "albatross/sim/options.hpp"

#include <compare>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace albatross::sim {

/// One thing that the account holds.
struct Item {
  /// "vpc", "subnet", "instance", "load-balancer", "target-group", "listener", "listener-rule",
  /// "target", "file-system", "mount-target", "role", "instance-profile", "network-interface", …
  std::string type;
  /// Id, or ARN where AWS has no shorter one; IAM names.
  std::string id;
  /// The name, or the Name tag, or empty.
  std::string name;
  std::string state;
  std::vector<std::pair<std::string, std::string>> tags;

  friend auto operator<=>(const Item&, const Item&) = default;
};

/// One call as it was answered.
struct CallRecord {
  std::uint64_t number = 0;
  TimePoint at;
  WallTime wall;
  std::string service;
  std::string action;
  /// The parameters that tell calls apart, "Key=value" joined by spaces, shortened; no secrets.
  std::string parameters;
  int status = 0;
  /// Empty when it succeeded.
  std::string error_code;
  std::string error_message;
  std::string request_id;
  std::string access_key_id;
  /// The fault that was injected, or empty.
  std::string fault;
};

/// What comes back, and what a transport is to do with it.
struct Exchange {
  http::Response response;
  /// Set when a transport fault (reset_before … truncated_body) is to be carried out.
  std::optional<FaultRule> fault;
};

/// What a health check of the data plane found (CloudOptions::external_health).
struct Probe {
  bool passed = false;
  /// "Target.ResponseCodeMismatch", "Target.Timeout" or "Target.FailedHealthChecks".
  std::string reason;
  std::string description;
};

/// What a port of an instance does once the instance has booted. Untouched ones answer 200.
struct ServiceState {
  /// False: connections are refused, as when the program has ended.
  bool listening = true;
  /// Takes connections and says nothing.
  bool hangs = false;
  /// The status of every answer.
  int status = 200;

  friend bool operator==(const ServiceState&, const ServiceState&) = default;
};

/// A region of a simulated AWS: EC2, ELBv2, EFS, IAM, STS and SSM as far as a load-balanced
/// deployment touches them, with AWS's states, delays, dependency rules and error codes.
///
/// A pure state machine: no I/O, no threads, no clock; time comes in with each call, and must not
/// go back. States that change by themselves are computed from timestamps when somebody looks. The
/// same seed and the same calls at the same times give the same bytes.
class Cloud {
 public:
  /// A fresh account.
  /// @throws std::invalid_argument when the options' policy or quotas are of no use.
  explicit Cloud(CloudOptions options = {});
  Cloud(Cloud&&) noexcept;
  Cloud& operator=(Cloud&&) noexcept;
  ~Cloud();

  /// One signed HTTP exchange of any service, as AWS would answer it. The service is taken from
  /// the credential scope, else from the host name. Faults of the way are passed over.
  /// @param request as it came off the wire
  /// @param now drives every state change
  /// @param wall AWS's clock: dates and signature checks
  http::Response handle(const http::Request& request, TimePoint now, WallTime wall);

  /// As handle(), with the faults of the way: for transports and servers.
  Exchange exchange(const http::Request& request, TimePoint now, WallTime wall);

  /// All that exists at `now`, sorted; what is deleted or terminated is not there. Two inventories
  /// are equal if and only if the account holds the same.
  std::vector<Item> inventory(TimePoint now) const;

  /// What goes wrong; may be changed at any time.
  FaultPlan& faults();
  /// What goes wrong, and how often it did.
  const FaultPlan& faults() const;

  /// The last calls (CloudOptions::call_history of them), oldest first.
  const std::deque<CallRecord>& calls() const;
  /// Calls answered so far, those no longer in calls() included.
  std::uint64_t total_calls() const;

  /// As it was made.
  const CloudOptions& options() const;
  /// The first access key: what a client of this Cloud may sign with.
  const Credentials& credentials() const;

  /// Changes what a port of an instance does (control endpoint, tests); port 0 stands for all of
  /// them. False when there is no such instance.
  bool set_service(std::string_view instance_id, std::uint16_t port, const ServiceState& state,
                   TimePoint now);
  /// Starts or stops what listens there.
  bool set_service(std::string_view instance_id, std::uint16_t port, bool listening, TimePoint now);
  /// Feeds the result of one health check (external_health only); unknown targets are ignored.
  void report_probe(std::string_view target_group_arn, std::string_view target_id,
                    std::uint16_t port, const Probe& probe, TimePoint now);

  /// The model itself, for the rest of this layer.
  struct World& world();
  /// The model itself, for the rest of this layer.
  const struct World& world() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace albatross::sim
